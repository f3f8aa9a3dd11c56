import type { Exercise, Part, ProgramSpec } from '../model/course.ts';

/** The kinds that look at the run before them. */
const LOOKS: ReadonlySet<Part['kind']> = new Set(['files', 'requests', 'script', 'mongo']);

/** Runs with options of their own, and runs of tools, cannot be prepared ahead. */
function startsApart(part: Part): boolean {
  if (part.kind === 'npm' || part.kind === 'watch') return true;
  return part.kind === 'program' && part.spec.nodeArgs !== undefined && part.spec.nodeArgs.length > 0;
}

/** How many ordinary runs an exercise's checks will ask for, and whether they begin with its server. */
export function expectedRuns(exercise: Exercise): { expected: number; serves: boolean } {
  const serves = exercise.run.kind === 'server';
  const parts = exercise.checks.flatMap(({ parts: [first, ...rest] }) => {
    // What only looks at a run makes one of its own where it stands alone.
    const more = rest.filter(({ kind }) => !LOOKS.has(kind));
    return [...(first === undefined ? [] : [first]), ...more].filter((part) => !startsApart(part));
  });
  const starts = exercise.checks.filter(({ start }) => start !== undefined).length;
  const isOrdinary = exercise.checks[0]?.start === undefined;
  return { expected: serves ? 1 + starts : parts.length, serves: serves && isOrdinary };
}

function programSpecs({ checks }: Exercise): ProgramSpec[] {
  return checks.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === 'program' ? [part.spec] : []));
}

/** How many checks compare with what the exercise's solution prints. */
export function expectedReferenceRuns(exercise: Exercise): number {
  return programSpecs(exercise).filter(({ stdout, stderr }) => (stdout?.from ?? stderr?.from) === 'solution').length;
}
