import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describeError, EXIT, errorCode, TutorError } from '../model/error.ts';

const PREFIX = 'node-tutor-';
const OWNER = 'owner';
/** Folders below this many others are brought up before they are removed, under names that begin so. */
const DEEPEST = 100;
const DEEP = 'node-tutor-deep-';
const STALE_AFTER = 60 * 60 * 1000;

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
 * @throws TutorError exit code 3 when there is no place for them
 */
export function makeRunFolders(owner?: { uid: number; gid: number }): RunFolders {
  try {
    return makeFolders(owner);
  } catch (error) {
    throw new TutorError(`No folder for the run can be made in ${os.tmpdir()}: ${describeError(error)}.`, {
      exitCode: EXIT.tutorFailed,
      next: 'Free some space there, or set TMPDIR to another folder.',
      cause: error,
    });
  }
}

function makeFolders(owner?: { uid: number; gid: number }): RunFolders {
  const root = fs.mkdtempSync(path.join(tempFolder(), PREFIX));
  if (owner !== undefined) fs.chmodSync(root, 0o711);
  const folders = { root, work: path.join(root, 'work'), temp: path.join(root, 'tmp') };
  for (const folder of [folders.work, folders.temp]) {
    fs.mkdirSync(folder, { mode: 0o700 });
    if (owner !== undefined) fs.chownSync(folder, owner.uid, owner.gid);
  }
  fs.writeFileSync(path.join(root, OWNER), ownerMark(process.pid));
  // Node.js looks upward for a package.json; a stray one above must not decide the kind of the learner's modules.
  fs.writeFileSync(path.join(root, 'package.json'), '{}\n');
  return folders;
}

/**
 * The real path of the folder that the folders of runs are made in.
 * @throws Error of the system when it is not there
 */
export function tempFolder(): string {
  return fs.realpathSync(os.tmpdir());
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

/** Removes run folders that a killed tutor left behind: ours, older than an hour, their owner gone. */
export async function removeStaleFolders(): Promise<void> {
  const parent = os.tmpdir();
  const names = await fs.promises.readdir(parent).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(parent, name);
    if (isStale(folder)) removeFolder(folder);
  }
}

function isStale(folder: string): boolean {
  try {
    const stat = fs.lstatSync(folder);
    if (!stat.isDirectory() || Date.now() - stat.mtimeMs < STALE_AFTER) return false;
    if (process.getuid !== undefined && stat.uid !== process.getuid()) return false;
    const mark = fs.readFileSync(path.join(folder, OWNER), 'utf8');
    return mark !== ownerMark(Number.parseInt(mark, 10));
  } catch {
    return false;
  }
}

/** A process by id and, where the system tells, start time: ids are used again. Empty when there is no such process. */
function ownerMark(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
      return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
    }
    process.kill(pid, 0);
    return String(pid);
  } catch (error) {
    return errorCode(error) === 'EPERM' ? String(pid) : '';
  }
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
