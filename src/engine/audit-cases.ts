import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadExercise } from '../course/exercise.ts';
import { handOut, hasRenamedFiles } from '../course/hand-out.ts';
import { loadLesson } from '../course/lesson.ts';
import type { Course, Exercise, LessonSummary, WrongSpec } from '../model/course.ts';
import type { Example } from '../model/lesson.ts';

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
}

/** The cases of an exercise: its starter once, its solution and each wrong solution under every seed. */
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
  const make = (variant: string, seed: number, demand: Demand): AuditCase => ({
    exercise: id,
    variant,
    seed: `audit-${seed}`,
    submission: submissions.get(variant) ?? '',
    manifest: exercise,
    demand,
  });
  const cases = [make('starter', 1, { kind: 'fails' })];
  for (let seed = 1; seed <= seeds; seed++) {
    cases.push(make('solution', seed, { kind: 'passes' }));
    for (const [name, wrong] of Object.entries(exercise.wrong)) {
      cases.push(make(`wrong/${name}`, seed, { kind: 'fails-at', wrong }));
    }
  }
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
  const exercises = await Promise.all(lesson.exercises.map((id) => loadExercise(course, id)));
  const packages = [...new Set(exercises.flatMap((exercise) => exercise.packages))];
  const hasDatabase = exercises.some(({ database }) => database !== undefined);
  for (const language of Object.keys(lesson.files)) {
    const { examples } = await loadLesson({ course, id: lesson.id, language });
    for (const example of examples) {
      if (example.output === undefined) continue;
      const variant = `example at line ${example.line}${language === 'en' ? '' : ` (${language})`}`;
      const submission = path.join(folder, `${lesson.id}-${language}-${example.line}`);
      await mkdir(submission);
      await writeFile(path.join(submission, exampleFile(example)), example.code);
      const manifest = exampleManifest(
        { lesson: lesson.id, packages, hasDatabase },
        { ...example, output: example.output },
      );
      cases.push({ exercise: lesson.id, variant, seed: 'audit-1', submission, manifest, demand: { kind: 'passes' } });
    }
  }
  return cases;
}

/** The file of an example; Node.js tells the kind of module in a `.js` by its content. */
function exampleFile({ language }: Pick<Example, 'language'>): string {
  return language === 'mjs' ? 'example.mjs' : 'example.js';
}

/** An example as an exercise; it may import what the exercises of its lesson may, and finds an empty database where one of them has one. Its output is a given, so that braces in it are not read as a template. */
function exampleManifest(
  { lesson, packages, hasDatabase }: { lesson: string; packages: readonly string[]; hasDatabase: boolean },
  { args, output, language }: Example & { output: string },
): Exercise {
  const fixed = (value: string) => ({ generator: 'choice', options: { from: [value] } });
  return {
    id: lesson,
    title: lesson,
    entry: [exampleFile({ language })],
    files: [],
    packages,
    run: { kind: 'program', nodeArgs: [], env: {}, certificate: false, limits: {}, grants: [] },
    given: { output: fixed(output) },
    services: {},
    ...(hasDatabase && { database: { name: 'test', seed: {} } }),
    checks: [
      {
        id: 'prints',
        title: 'prints what the lesson shows',
        points: 1,
        hints: [],
        parts: [{ kind: 'program', spec: { args: [...args], stdout: { equals: '{{ output }}' }, exitCode: 'any' } }],
      },
    ],
    wrong: {},
  };
}
