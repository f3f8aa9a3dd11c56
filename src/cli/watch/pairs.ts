import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Course, Exercise } from '../../model/course.ts';
import type { Pair } from '../../ui/watch/comparison.ts';
import { readSolution } from '../commands/solution.ts';

/** Larger files are not code that somebody wants to compare. */
const LARGEST = 200_000;
const NOT_CODE = /(?:^|\/)(?:README(?:\.[\w-]+)?\.md|package-lock\.json)$/;

/** The files of the solution, each with the learner's own; where the exercise names what may be changed, those alone. */
export async function solutionPairs(course: Course, exercise: Exercise, folder: string): Promise<Pair[]> {
  const solution = await readSolution(course, exercise.id);
  const files = solution.filter(
    ({ path: file, text }) =>
      !NOT_CODE.test(file) && !text.includes('\0') && (exercise.files.length === 0 || exercise.files.includes(file)),
  );
  return Promise.all(
    files.map(async ({ path: file, text }) => ({ file, yours: await yoursOf(file, exercise, folder), ours: text })),
  );
}

/** The learner's file of that name; for an entry, of any name that an entry may have. */
async function yoursOf(file: string, { entry }: Exercise, folder: string): Promise<string | undefined> {
  const names = entry.includes(file) ? [file, ...entry] : [file];
  for (const name of names) {
    const place = path.join(folder, ...name.split('/'));
    const found = await stat(place).catch(() => undefined);
    if (found?.isFile() && found.size <= LARGEST) return readFile(place, 'utf8').catch(() => undefined);
  }
  return undefined;
}
