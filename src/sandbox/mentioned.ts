import fs from 'node:fs';
import path from 'node:path';
import type { Setting } from './setting.ts';

const CODE = /\.[cm]?[jt]s$/;
/** Files longer than this are hardly typed by hand. */
const LONGEST_FILE = 256 * 1024;

/** Those of the packages that a run may have whose name stands in the code of the submission as text, and which `require` can load. */
export function mentionedPackages({ submission, options, packages }: Setting): string[] {
  const { fixed = { folder: '', files: [] } } = options;
  const code = [
    ...submission.files.map((file) => path.join(submission.folder, file)),
    ...fixed.files.map((file) => path.join(fixed.folder, ...file.split('/'))),
  ].filter((file) => CODE.test(file));
  const texts = code.map(readShort);
  return [...packages]
    .filter(([name]) => texts.some((text) => mentions(text, name)))
    .filter(([, folder]) => isCommonJs(folder))
    .map(([name]) => name);
}

function mentions(text: string, name: string): boolean {
  return ["'", '"', '`'].some((quote) => text.includes(quote + name + quote));
}

function readShort(file: string): string {
  try {
    return fs.statSync(file).size > LONGEST_FILE ? '' : fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Packages of ES modules load in few milliseconds or not by `require`; they are left to the program. */
function isCommonJs(folder: string): boolean {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).type !== 'module';
  } catch {
    return false;
  }
}
