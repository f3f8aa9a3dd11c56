import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadExercise } from '../course/exercise.ts';
import type { Course, Exercise } from '../model/course.ts';
import { errorCode, TutorError } from '../model/error.ts';
import type { GradeRequest } from '../model/grading.ts';
import type { Printed } from '../model/job.ts';
import type { Example } from '../model/lesson.ts';
import { makeOwnFolder } from '../model/own-folder.ts';
import { drawSeed, gradeJobAnywhere } from './grade.ts';
import { missingPackages } from './packages.ts';

/** What the examples of a lesson find: the packages of its exercises, and an empty database where one of them has one. */
export interface ExampleSurroundings {
  lesson: string;
  packages: readonly string[];
  hasDatabase: boolean;
}

/** @param lesson its id and the ids of its exercises */
export async function exampleSurroundings(
  course: Course,
  lesson: { id: string; exercises: readonly string[] },
): Promise<ExampleSurroundings> {
  const exercises = await Promise.all(lesson.exercises.map((id) => loadExercise(course, id)));
  const packages = [...new Set(exercises.flatMap((exercise) => exercise.packages))];
  const hasDatabase = exercises.some(({ database }) => database !== undefined);
  return { lesson: lesson.id, packages, hasDatabase };
}

/** The file of an example; Node.js tells the kind of module in a `.js` by its content. */
export function exampleFile({ language }: Pick<Example, 'language'>): string {
  return language === 'mjs' ? 'example.mjs' : 'example.js';
}

/** Writes an example and the files that it finds into a folder, where those of the learner's own may stand already. */
export async function writeExample(folder: string, example: Example): Promise<void> {
  for (const [name, text] of [[exampleFile(example), `${example.code}\n`], ...Object.entries(example.files ?? {})]) {
    const file = path.join(folder, ...(name ?? '').split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text ?? '', { flag: 'wx' }).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  }
}

/** An example as an exercise, whose one check is that it prints what the lesson shows. What it prints and what is typed to it are givens, so that braces in them are not read as a template. */
export function exampleManifest(
  { lesson, packages, hasDatabase }: ExampleSurroundings,
  { args, stdin, output, language }: Example,
): Exercise {
  const fixed = (value: string) => ({ generator: 'choice', options: { from: [value] } });
  const stdout = output === undefined ? {} : { stdout: { equals: '{{ output }}' } };
  const typed = stdin === undefined ? {} : { stdin: '{{ stdin }}' };
  return {
    id: lesson,
    title: lesson,
    entry: [exampleFile({ language })],
    files: [],
    packages,
    run: { kind: 'program', nodeArgs: [], env: {}, certificate: false, limits: {}, grants: [] },
    given: {
      ...(output !== undefined && { output: fixed(output) }),
      ...(stdin !== undefined && { stdin: fixed(stdin) }),
    },
    services: {},
    ...(hasDatabase && { database: { name: 'test', seed: {} } }),
    checks: [
      {
        id: 'prints',
        title: 'prints what the lesson shows',
        points: 1,
        hints: [],
        parts: [{ kind: 'program', spec: { args: [...args], ...typed, ...stdout, exitCode: 'any' } }],
      },
    ],
    wrong: {},
  };
}

export interface ExampleRequest extends Omit<GradeRequest, 'exercise' | 'submission' | 'seed'> {
  surroundings: ExampleSurroundings;
  example: Example;
  /** Folder of the learner's own copy of it; as the lesson has it when absent. */
  folder?: string;
}

/** What an example did. */
export interface ExampleRun {
  /** Untrusted. */
  printed: Printed;
  /** Undefined when the lesson shows no output. */
  isAsShown: boolean | undefined;
  /** Why it did not get to its end, such as a time limit. */
  trouble?: string;
  milliseconds: number;
}

/**
 * Runs an example of a lesson in the sandbox.
 * @throws {TutorError} when a package is not installed, or the tutor itself fails
 */
export async function runExample(request: ExampleRequest): Promise<ExampleRun> {
  const { course, surroundings, example, isolation, language, signal } = request;
  const missing = missingPackages(surroundings.packages.filter((name) => name.includes('@', 1)));
  if (missing.length > 0) {
    throw new TutorError(
      `It needs packages that are not installed yet: ${missing.map(({ name }) => name).join(', ')}`,
      {
        next: 'They are installed when you open an exercise of this lesson.',
      },
    );
  }
  const own = makeOwnFolder({ kind: 'example' });
  const folder = path.join(own, 'files');
  try {
    await mkdir(folder);
    await writeExample(folder, example);
    const events = gradeJobAnywhere(
      {
        course: { id: course.index.id, version: course.index.version, folder: course.folder },
        exercise: exampleManifest(surroundings, example),
        submission: request.folder ?? folder,
        seed: drawSeed(),
        isolation,
        language,
        database: request.database ?? { provider: 'embedded' },
        tellsOutput: true,
      },
      signal,
    );
    return await exampleRun(events, example);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

async function exampleRun(events: ReturnType<typeof gradeJobAnywhere>, { output }: Example): Promise<ExampleRun> {
  let printed: Printed = { stdout: '', stderr: '' };
  for await (const event of events) {
    if (event.type === 'error') throw new TutorError(event.message, { exitCode: event.exitCode });
    if (event.type === 'result') {
      printed = event.printed ?? printed;
      continue;
    }
    const [result] = event.verdict.results;
    if (result?.reason?.kind === 'broken') throw new TutorError(result.reason.message, { exitCode: 3 });
    const passed = result?.status === 'passed';
    const failure = result?.failure;
    const isOutput = failure?.differences.some(({ what }) => what === 'stdout') === true;
    const trouble = passed || failure === undefined || isOutput ? undefined : (failure.cause?.text ?? failure.summary);
    return {
      printed,
      isAsShown: output === undefined ? undefined : passed,
      ...(trouble !== undefined && { trouble }),
      milliseconds: result?.milliseconds ?? 0,
    };
  }
  throw new TutorError('The run was ended.', { exitCode: 3 });
}
