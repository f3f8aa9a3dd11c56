import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { describeError } from '../model/error.ts';
import { diagnosticOf, makeSource, type Source } from './source.ts';

/** Caps on what a course may consist of. */
const COURSE_LIMITS = { files: 20_000, bytes: 128 * 1024 * 1024, depth: 32, textBytes: 256 * 1024 } as const;

/** What lies in a course folder; paths below it with `/` between their parts. */
export interface Tree {
  /** Absolute, real path of the course folder. */
  root: string;
  /** Sizes in bytes by path. */
  files: ReadonlyMap<string, number>;
  folders: ReadonlySet<string>;
}

/** Names of the folders directly in a folder, sorted; hidden ones are left out. */
export function foldersIn(tree: Tree, folder: string): string[] {
  return childrenOf(tree.folders, folder);
}

/** Names of the files directly in a folder, sorted; hidden ones are left out. */
export function filesIn(tree: Tree, folder: string): string[] {
  return childrenOf(tree.files.keys(), folder);
}

function childrenOf(paths: Iterable<string>, folder: string): string[] {
  const names: string[] = [];
  for (const child of paths) {
    const name = path.posix.basename(child);
    if (path.posix.dirname(child) === folder && !name.startsWith('.')) names.push(name);
  }
  return names.sort();
}

/**
 * Lists the given files and folders of a course without following links. A link, a special file and too many or too
 * large files become diagnostics.
 */
export async function walkTree(
  root: string,
  starts: readonly string[],
): Promise<{ tree: Tree; diagnostics: Diagnostic[] }> {
  const walk: Walk = { root, files: new Map(), folders: new Set(), diagnostics: [], bytes: 0, stopped: false };
  for (const start of starts) await visit(walk, start, 0);
  return { tree: walk, diagnostics: walk.diagnostics };
}

interface Walk {
  root: string;
  files: Map<string, number>;
  folders: Set<string>;
  diagnostics: Diagnostic[];
  bytes: number;
  stopped: boolean;
}

async function visit(walk: Walk, file: string, depth: number): Promise<void> {
  const absolute = path.join(walk.root, file);
  const stats = await lstat(absolute).catch(() => undefined);
  if (stats === undefined || walk.stopped) return;
  if (stats.isDirectory()) {
    if (depth > COURSE_LIMITS.depth)
      return stop(walk, file, `folders are nested more than ${COURSE_LIMITS.depth} deep`);
    walk.folders.add(file);
    for (const name of (await list(walk, file)).sort()) await visit(walk, `${file}/${name}`, depth + 1);
  } else if (stats.isFile()) {
    walk.files.set(file, stats.size);
    walk.bytes += stats.size;
    if (walk.files.size > COURSE_LIMITS.files)
      stop(walk, file, `a course has at most ${COURSE_LIMITS.files} files; this is one more`);
    if (walk.bytes > COURSE_LIMITS.bytes)
      stop(walk, file, `with this file the course is larger than ${COURSE_LIMITS.bytes / 1024 ** 2} MB`);
  } else {
    const message = stats.isSymbolicLink()
      ? 'a symbolic link, which could lead out of the course'
      : 'neither a file nor a folder';
    walk.diagnostics.push(
      diagnosticOf(file, { message, fix: 'A course consists of plain files and folders: put the file itself here.' }),
    );
  }
}

async function list(walk: Walk, folder: string): Promise<string[]> {
  try {
    return await readdir(path.join(walk.root, folder));
  } catch (error) {
    walk.diagnostics.push(diagnosticOf(folder, { message: `cannot be read: ${describeError(error)}` }));
    return [];
  }
}

function stop(walk: Walk, file: string, message: string): void {
  if (!walk.stopped) walk.diagnostics.push(diagnosticOf(file, { message }));
  walk.stopped = true;
}

/** Reads a text file of the tree; one that is missing, too large or not UTF-8 text becomes a diagnostic. */
export async function readSource(tree: Tree, file: string): Promise<{ source: Source } | { diagnostic: Diagnostic }> {
  const fault = (message: string, fix?: string) => ({
    diagnostic: diagnosticOf(file, fix === undefined ? { message } : { message, fix }),
  });
  const size = tree.files.get(file);
  if (size === undefined) return fault('this file is missing');
  if (size > COURSE_LIMITS.textBytes) {
    return fault(`the file is larger than ${COURSE_LIMITS.textBytes / 1024} KB (${Math.ceil(size / 1024)} KB)`);
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(path.join(tree.root, file));
  } catch (error) {
    return fault(`cannot be read: ${describeError(error)}`);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return fault('the file is binary, not text');
    return { source: makeSource(file, text) };
  } catch {
    return fault('the file is not text in UTF-8', 'Save it as UTF-8.');
  }
}
