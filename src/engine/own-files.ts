import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { handedOutName } from '../course/hand-out.ts';
import type { Exercise } from '../model/course.ts';

/** The exercise's own files: all of its starter that the learner may not change. */
export interface OwnFiles {
  /** Absolute folder that they lie in. */
  folder: string;
  /** Relative to it, `/` between their parts. */
  files: readonly string[];
}

/** The own files of an exercise that names what the learner may change; undefined when all of the starter is the learner's. */
export function ownFiles(exercise: Exercise, courseFolder: string): OwnFiles | undefined {
  if (exercise.files.length === 0) return undefined;
  const folder = path.join(courseFolder, 'exercises', exercise.id, 'starter');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => handedOutName(file) === file)
    .filter((file) => !exercise.files.some((changeable) => file === changeable || file.startsWith(`${changeable}/`)));
  return { folder, files };
}

/** Those of the exercise's own files that the learner changed all the same. */
export function changedFiles({ folder, files }: OwnFiles, submission: string): string[] {
  return files.filter((file) => {
    const [theirs, ours] = [submission, folder].map((place) => readText(path.join(place, ...file.split('/'))));
    return theirs !== undefined && theirs !== ours;
  });
}

/** The text with line feeds alone; undefined where there is none to read. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
