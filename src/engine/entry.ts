import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Exercise } from '../model/course.ts';
import { suggest } from '../model/suggest.ts';

/** The file that a run starts, or why there is none. Paths are relative to the submission, `/` between their parts. */
export type Entry =
  | { kind: 'found'; file: string }
  | { kind: 'missing'; wanted: string; near?: string }
  | { kind: 'binary'; file: string }
  | { kind: 'empty'; file: string }
  /** TypeScript, on a Node.js that does not strip types. */
  | { kind: 'typescript'; file: string };

/** Endings that an entry may have in place of its own. */
const ENDINGS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/**
 * Finds the first of the exercise's entry files that is there, else `main` of the learner's package.json,
 * else a file named like an entry, with another ending of JavaScript or TypeScript.
 * @param files the submission's folder, and the exercise's own files, which are there in every submission
 */
export function findEntry(exercise: Exercise, files: { folder: string; own: readonly string[] }): Entry {
  const ownEntry = exercise.entry.find((file) => files.own.includes(file));
  if (ownEntry !== undefined) return { kind: 'found', file: ownEntry };
  const candidates = [...exercise.entry, ...packageMain(files.folder), ...exercise.entry.flatMap(otherEndings)];
  for (const file of candidates) {
    if (isFile(path.join(files.folder, file))) return inspect(files.folder, file);
  }
  const names = statSync(files.folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(files.folder) : [];
  const wanted = exercise.entry[0] ?? 'index.js';
  const near = suggest(
    wanted,
    names.filter((name) => name !== 'node_modules' && path.extname(name) !== '.md'),
  )[0];
  return { kind: 'missing', wanted, ...(near ? { near } : {}) };
}

function otherEndings(file: string): string[] {
  const ending = path.extname(file);
  if (!ENDINGS.includes(ending)) return [];
  return ENDINGS.filter((other) => other !== ending).map((other) => file.slice(0, -ending.length) + other);
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function packageMain(submission: string): string[] {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(submission, 'package.json'), 'utf8'));
    const main = typeof manifest === 'object' && manifest !== null && 'main' in manifest ? manifest.main : undefined;
    const isInside = typeof main === 'string' && !path.isAbsolute(main) && !main.split(/[/\\]/).includes('..');
    return isInside ? [main.replace(/^\.\//, '')] : [];
  } catch {
    return [];
  }
}

const INSPECTED_BYTES = 64 * 1024;

function inspect(submission: string, file: string): Entry {
  if (/\.[cm]?ts$/.test(file) && !stripsTypes()) return { kind: 'typescript', file };
  const descriptor = openSync(path.join(submission, file), 'r');
  try {
    const buffer = Buffer.alloc(INSPECTED_BYTES);
    const bytesRead = readSync(descriptor, buffer);
    const start = buffer.subarray(0, bytesRead);
    if (start.includes(0)) return { kind: 'binary', file };
    const code = start
      .toString('utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/^\uFEFF/, '');
    const isWhole = bytesRead < INSPECTED_BYTES;
    return isWhole && code.trim() === '' ? { kind: 'empty', file } : { kind: 'found', file };
  } finally {
    closeSync(descriptor);
  }
}

/** Whether this Node.js, which runs the submissions too, runs TypeScript by itself. */
function stripsTypes(): boolean {
  const features: object = process.features;
  return 'typescript' in features && Boolean(features.typescript);
}
