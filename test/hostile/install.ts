import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './attack.ts';

/** Who grades: the user that runs this, or another where this is root. */
export interface Grader {
  name: string;
  uid?: number;
}

/** A tutor of its own for one user, which that user could change, with a cache of its own. */
export interface Install {
  folder: string;
  bin: string;
  cache: string;
  /** Files that no run may change. */
  precious: readonly string[];
}

/** Package that is copied and not linked, so that an attack on it hurts nobody else. */
const COPIED = 'uuid';

/** Puts the built tutor into a folder as npm would: `dist/`, the course, and `node_modules`. */
export function makeInstall(folder: string, grader: Grader): Install {
  const modules = path.join(folder, 'node_modules');
  fs.mkdirSync(modules, { recursive: true });
  fs.cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true });
  for (const name of ['exercises', 'lessons', 'course.yaml', 'package.json']) {
    fs.symlinkSync(path.join(ROOT, name), path.join(folder, name));
  }
  const installed = fs.realpathSync(path.join(ROOT, 'node_modules'));
  for (const name of fs.readdirSync(installed).filter((entry) => !entry.startsWith('.') && entry !== COPIED)) {
    fs.symlinkSync(path.join(installed, name), path.join(modules, name));
  }
  fs.cpSync(path.join(installed, COPIED), path.join(modules, COPIED), { recursive: true });
  const cache = path.join(folder, 'cache');
  fs.mkdirSync(cache);
  if (grader.uid !== undefined) giveTo(folder, grader.uid);
  return {
    folder,
    bin: path.join(folder, 'dist', 'bin.cjs'),
    cache,
    precious: [path.join(folder, 'dist', 'preload', 'main.cjs'), path.join(modules, COPIED, 'package.json')],
  };
}

/** Gives a folder and all in it to a user; links are not followed. */
export function giveTo(file: string, uid: number): void {
  fs.lchownSync(file, uid, uid);
  if (!fs.lstatSync(file).isDirectory()) return;
  for (const name of fs.readdirSync(file)) giveTo(path.join(file, name), uid);
}
