import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Course } from '../model/course.ts';
import { describeError, TutorError } from '../model/error.ts';
import type { FolderEvent, GradeRequest } from '../model/grading.ts';
import { makeJob } from './grade.ts';
import { gradeMany } from './pool.ts';

export interface FolderRequest extends Omit<GradeRequest, 'exercise' | 'submission'> {
  /** Absolute: a workspace with a folder an exercise, or with `exercise` one submission. */
  folder: string;
  exercise?: string;
  /** Of a workspace, only these exercises. */
  only?: readonly string[];
  /** How many submissions are graded side by side; the number of processors by default. */
  jobs?: number;
}

/**
 * Grades every submission of a folder, in no fixed order of events.
 * @throws TutorError when the folder is not there or holds no exercise of the course
 */
export async function* gradeFolder(request: FolderRequest): AsyncGenerator<FolderEvent> {
  const submissions = await findSubmissions(request);
  const { course, isolation, database, language, seed, signal } = request;
  const common = {
    course,
    isolation,
    language,
    ...(database && { database }),
    ...(seed === undefined ? {} : { seed }),
  };
  const tasks = submissions.map(({ exercise, submission }) => ({
    tag: { exercise, submission },
    job: () => makeJob({ ...common, exercise, submission: path.join(request.folder, submission) }),
  }));
  const jobs = Math.max(1, Math.min(request.jobs ?? availableParallelism(), tasks.length));
  for await (const { tag, event } of gradeMany({ tasks, jobs, signal })) yield { ...tag, event };
}

/** The submissions of a folder, in the course's order. */
async function findSubmissions({
  course,
  folder,
  exercise,
  only,
}: FolderRequest): Promise<{ exercise: string; submission: string }[]> {
  const names = await readFolder(folder);
  if (exercise !== undefined) return [{ exercise, submission: '.' }];
  const found = course.index.exercises
    .filter(({ id }) => names.has(id) && (only === undefined || only.includes(id)))
    .map(({ id }) => ({ exercise: id, submission: id }));
  if (found.length === 0) throw nothingToGrade(course, folder);
  return found;
}

async function readFolder(folder: string): Promise<Set<string>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
  } catch (error) {
    throw new TutorError(`The folder ${folder} cannot be graded: ${describeError(error)}.`, {
      next: 'Name a workspace, or one submission together with --exercise <id>.',
      cause: error,
    });
  }
}

function nothingToGrade({ index }: Course, folder: string): TutorError {
  const examples = index.exercises.slice(0, 3).map(({ id }) => id);
  return new TutorError(`${folder} holds no folder that is named like an exercise of the course ${index.id}.`, {
    next: `Name a folder that holds ${examples.join(', ')}, …, or one submission together with --exercise <id>.`,
  });
}
