import { statSync } from 'node:fs';
import path from 'node:path';

const ENDINGS = ['', '.js', '.mjs', '.cjs', '.ts', '.json'];
const INDEX = ['index.js', 'index.mjs', 'index.cjs', 'index.ts'];
const SIBLINGS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** The learner's file that a path leads to, as require finds it; relative to the submission, `/` between its parts. */
export function moduleFile(submission: string, written: string): string | undefined {
  const inner = path.posix.normalize(written.replace(/^\.\//, '') || '.');
  if (inner.startsWith('..') || path.posix.isAbsolute(inner)) return undefined;
  const stem = inner.slice(0, inner.length - path.posix.extname(inner).length);
  const candidates = [
    ...ENDINGS.map((ending) => inner + ending),
    ...INDEX.map((name) => path.posix.join(inner, name)),
    ...SIBLINGS.map((ending) => stem + ending),
  ];
  return candidates.find((file) => kindOf(submission, file) === 'file');
}

/** Whether a path of the submission is a file or a folder. */
export function kindOf(submission: string, inner: string): 'file' | 'folder' | undefined {
  const stats = statSync(path.join(submission, ...inner.split('/')), { throwIfNoEntry: false });
  return stats?.isFile() ? 'file' : stats?.isDirectory() ? 'folder' : undefined;
}
