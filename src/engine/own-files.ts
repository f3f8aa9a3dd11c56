import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Exercise } from '../model/course.ts';

/** The exercise's own files: all of its starter that the learner may not change. */
export interface OwnFiles {
  /** Absolute folder that they lie in. */
  folder: string;
  /** Relative to it, `/` between their parts. */
  files: readonly string[];
}

/** The own files of an exercise that names what the learner may change; undefined when all of the starter is the learner's. */
export async function ownFiles(exercise: Exercise, courseFolder: string): Promise<OwnFiles | undefined> {
  if (exercise.files.length === 0) return undefined;
  const folder = path.join(courseFolder, 'exercises', exercise.id, 'starter');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => !exercise.files.some((changeable) => file === changeable || file.startsWith(`${changeable}/`)));
  return { folder, files };
}

/** Those of the exercise's own files that the learner changed all the same. */
export async function changedFiles({ folder, files }: OwnFiles, submission: string): Promise<string[]> {
  const isChanged = async (file: string) => {
    const parts = file.split('/');
    const theirs = await readFile(path.join(submission, ...parts), 'utf8').catch(() => undefined);
    const ours = await readFile(path.join(folder, ...parts), 'utf8');
    return theirs !== undefined && theirs.replaceAll('\r\n', '\n') !== ours.replaceAll('\r\n', '\n');
  };
  const changed = await Promise.all(files.map(isChanged));
  return files.filter((_file, index) => changed[index]);
}
