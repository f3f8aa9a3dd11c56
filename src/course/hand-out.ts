import { cp, readdir, rename } from 'node:fs/promises';
import path from 'node:path';

/** npm leaves a .gitignore out of a package, or renames it; so a course holds one under another name. */
const IN_COURSE = '_gitignore';
const HANDED_OUT = '.gitignore';

/** The name under which a learner gets a file of a course; paths with `/` between their parts. */
export function handedOutName(file: string): string {
  return path.posix.basename(file) === IN_COURSE ? path.posix.join(path.posix.dirname(file), HANDED_OUT) : file;
}

/** The name that a course holds a file under which a learner has. */
export function courseName(file: string): string {
  return path.posix.basename(file) === HANDED_OUT ? path.posix.join(path.posix.dirname(file), IN_COURSE) : file;
}

/** Copies a folder of a course as a learner gets it. */
export async function handOut(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  for (const file of await renamedFiles(to)) {
    await rename(path.join(to, file), path.join(to, path.dirname(file), HANDED_OUT));
  }
}

/** Whether a folder of a course holds a file that learners get under another name. */
export async function hasRenamedFiles(folder: string): Promise<boolean> {
  return (await renamedFiles(folder)).length > 0;
}

async function renamedFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => path.basename(file) === IN_COURSE);
}
