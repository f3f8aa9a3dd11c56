import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describeError, EXIT, TutorError } from '../model/error.ts';
import type { User } from '../model/layer.ts';
import { makeOwnFolder, staleFolders } from '../model/own-folder.ts';

/** Folders below this many others are brought up before they are removed, under names that begin so. */
const DEEPEST = 100;
const DEEP = 'node-tutor-deep-';

/** The folders of one run, below one temporary folder of its own. */
export interface RunFolders {
  root: string;
  /** The copy of the submission. */
  work: string;
  /** Home and temporary files of the program. */
  temp: string;
}

/**
 * Makes the folders of a run; the ones that the program may write to belong to `owner`.
 * @param announce told the path of their own folder before it is made
 * @throws TutorError exit code 3 when there is no place for them
 */
export function makeRunFolders(owner?: User, announce: (root: string) => void = () => {}): RunFolders {
  try {
    return makeFolders(owner, announce);
  } catch (error) {
    throw new TutorError(`No folder for the run can be made in ${os.tmpdir()}: ${describeError(error)}.`, {
      exitCode: EXIT.tutorFailed,
      next: 'Free some space there, or set TMPDIR to another folder.',
      cause: error,
    });
  }
}

function makeFolders(owner: User | undefined, announce: (root: string) => void): RunFolders {
  const root = makeOwnFolder({ announce });
  if (owner !== undefined) fs.chmodSync(root, 0o711);
  const folders = { root, work: path.join(root, 'work'), temp: path.join(root, 'tmp') };
  for (const folder of [folders.work, folders.temp]) {
    fs.mkdirSync(folder, { mode: 0o700 });
    if (owner !== undefined) fs.chownSync(folder, owner.uid, owner.gid);
  }
  // Node.js looks upward for a package.json; a stray one above must not decide the kind of the learner's modules.
  fs.writeFileSync(path.join(root, 'package.json'), '{}\n');
  return folders;
}

/** Removes a folder with everything in it, also what was made read-only. */
export function removeFolder(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    makeShallow(folder);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  }
}

/** Removes all that lies in a folder. */
export function emptyFolder(folder: string): void {
  for (const name of fs.readdirSync(folder)) removeFolder(path.join(folder, name));
}

/** Removes folders that a killed tutor left behind. */
export async function removeStaleFolders(): Promise<void> {
  for (const folder of await staleFolders()) removeFolder(folder);
}

/** Makes every folder writable, and brings up what is nested so deep that its path or the stack would be too long. */
function makeShallow(root: string): void {
  let moved = 0;
  const pending = [{ folder: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { folder, depth } = next;
    fs.chmodSync(folder, 0o700);
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const child = path.join(folder, entry.name);
      if (depth < DEEPEST) {
        pending.push({ folder: child, depth: depth + 1 });
        continue;
      }
      const up = path.join(root, `${DEEP}${moved++}`);
      fs.chmodSync(child, 0o700);
      fs.renameSync(child, up);
      pending.push({ folder: up, depth: 1 });
    }
  }
}
