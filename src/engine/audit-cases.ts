import path from 'node:path';
import { loadExercise } from '../course/exercise.ts';
import { handOut, hasRenamedFiles } from '../course/hand-out.ts';
import { loadLesson } from '../course/lesson.ts';
import type { Course, Exercise, LessonSummary, WrongSpec } from '../model/course.ts';
import { exampleManifest, exampleSurroundings, writeExample } from './example.ts';

/** What must come of a case. */
type Demand = { kind: 'passes' } | { kind: 'fails' } | { kind: 'fails-at'; wrong: WrongSpec };

/** One submission that the audit grades, and what must come of it. */
export interface AuditCase {
  /** Exercise id, or lesson id for an example. */
  exercise: string;
  /** `starter`, `solution`, `wrong/<name>` or `example at line N`. */
  variant: string;
  seed: string;
  submission: string;
  manifest: Exercise;
  demand: Demand;
  /** Graded as after a save, by what stands ready, and not from nothing. */
  warm: boolean;
}

/**
 * The cases of an exercise: its starter once, its solution and each wrong solution under every seed, the last seed warm.
 * Where there is one seed alone, all are graded cold under it, and the solution warm, too.
 */
export async function exerciseCases(options: {
  course: Course;
  id: string;
  seeds: number;
  /** Where a submission is written that a learner gets with other names of files than the course has. */
  folder: string;
}): Promise<{ exercise: Exercise; cases: AuditCase[] }> {
  const { course, id, seeds } = options;
  const exercise = await loadExercise(course, id);
  const submissions = new Map<string, string>();
  for (const variant of ['starter', 'solution', ...Object.keys(exercise.wrong).map((name) => `wrong/${name}`)]) {
    submissions.set(
      variant,
      await asHandedOut(
        path.join(course.folder, 'exercises', id, ...variant.split('/')),
        path.join(options.folder, id, ...variant.split('/')),
      ),
    );
  }
  const make = (variant: string, seed: number, demand: Demand): Omit<AuditCase, 'warm'> => ({
    exercise: id,
    variant,
    seed: `audit-${seed}`,
    submission: submissions.get(variant) ?? '',
    manifest: exercise,
    demand,
  });
  const underSeed = (seed: number) => [
    make('solution', seed, { kind: 'passes' }),
    ...Object.entries(exercise.wrong).map(([name, wrong]) => make(`wrong/${name}`, seed, { kind: 'fails-at', wrong })),
  ];
  const cold = Array.from({ length: Math.max(1, seeds - 1) }, (_, index) => underSeed(index + 1)).flat();
  const cases = [
    ...[make('starter', 1, { kind: 'fails' }), ...cold].map((one) => ({ ...one, warm: false })),
    ...underSeed(seeds)
      .slice(0, seeds === 1 ? 1 : undefined)
      .map((one) => ({ ...one, warm: true })),
  ];
  return { exercise, cases };
}

/** The folder as a learner gets it: itself, or a copy where names of files differ. */
async function asHandedOut(folder: string, copy: string): Promise<string> {
  if (!(await hasRenamedFiles(folder))) return folder;
  await handOut(folder, copy);
  return copy;
}

/** A case for each runnable example of a lesson that shows its output, in each language that the lesson is written in. */
export async function lessonCases(options: {
  course: Course;
  lesson: LessonSummary;
  /** Where the examples are written, each into a folder of its own. */
  folder: string;
}): Promise<AuditCase[]> {
  const { course, lesson, folder } = options;
  const cases: AuditCase[] = [];
  const surroundings = await exampleSurroundings(course, lesson);
  for (const language of Object.keys(lesson.files)) {
    const { examples } = await loadLesson({ course, id: lesson.id, language });
    for (const example of examples) {
      if (example.output === undefined) continue;
      const variant = `example at line ${example.line}${language === 'en' ? '' : ` (${language})`}`;
      const submission = path.join(folder, `${lesson.id}-${language}-${example.line}`);
      await writeExample(submission, example);
      const manifest = exampleManifest(surroundings, example);
      const demand = { kind: 'passes' } as const;
      cases.push({ exercise: lesson.id, variant, seed: 'audit-1', submission, manifest, demand, warm: false });
    }
  }
  return cases;
}
