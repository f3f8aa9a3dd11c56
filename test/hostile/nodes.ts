import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** A Node.js that the suite runs the tutor with. */
export interface Node {
  version: string;
  file: string;
}

/** The Node.js that runs this. */
export const RUNNING: Node = { version: process.version, file: fs.realpathSync(process.execPath) };

/** @throws Error when a file is no Node.js */
export function nodeAt(file: string): Node {
  const real = fs.realpathSync(file);
  return { version: execFileSync(real, ['--version'], { encoding: 'utf8' }).trim(), file: real };
}
