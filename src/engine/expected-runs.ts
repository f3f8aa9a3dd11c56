import type { Exercise, Part } from '../model/course.ts';

/** The kinds that look at the run before them. */
const LOOKS: ReadonlySet<Part['kind']> = new Set(['files', 'requests', 'script', 'mongo']);

/** Runs with options of their own, and runs of tools, cannot be prepared ahead. */
function startsApart(part: Part): boolean {
  if (part.kind === 'npm' || part.kind === 'watch') return true;
  return part.kind === 'program' && part.spec.nodeArgs !== undefined && part.spec.nodeArgs.length > 0;
}

/** What runs will be asked for. */
export interface ExpectedRuns {
  /** How many ordinary ones. */
  expected: number;
  /** They begin with a server. */
  serves: boolean;
  /** A server may run beside the one of the check before it: no database and no service would see them both. */
  startsAhead: boolean;
}

/** What an exercise's checks will ask for of the submission. */
export function expectedRuns(exercise: Exercise): ExpectedRuns {
  const serves = exercise.run.kind === 'server';
  const parts = exercise.checks.flatMap(({ parts: [first, ...rest] }) => {
    // What only looks at a run makes one of its own where it stands alone.
    const more = rest.filter(({ kind }) => !LOOKS.has(kind));
    return [...(first === undefined ? [] : [first]), ...more].filter((part) => !startsApart(part));
  });
  const starts = exercise.checks.filter(({ start }) => start !== undefined).length;
  const isOrdinary = exercise.checks[0]?.start === undefined;
  const { run, database, services } = exercise;
  const isAlone = run.grants.length === 0 && database === undefined && Object.keys(services).length === 0;
  return { expected: serves ? 1 + starts : parts.length, serves: serves && isOrdinary, startsAhead: serves && isAlone };
}

/** The same of the exercise's solution; undefined where no check compares with what that prints. */
export function expectedReferenceRuns({ checks }: Exercise): ExpectedRuns | undefined {
  const compared = checks.flatMap(({ parts }) => parts).filter(comparesWithSolution);
  if (compared.length === 0) return undefined;
  return { expected: compared.filter((part) => !startsApart(part)).length, serves: false, startsAhead: false };
}

function comparesWithSolution(part: Part): boolean {
  return part.kind === 'program' && (part.spec.stdout?.from ?? part.spec.stderr?.from) === 'solution';
}
