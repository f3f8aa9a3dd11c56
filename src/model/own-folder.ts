import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from './error.ts';

const PREFIX = 'node-tutor-';
const OWNER = 'owner';
const STALE_AFTER = 60 * 60 * 1000;

/**
 * Makes a temporary folder that says whose it is, in a file `owner`: should this process be killed, it is known to be stale.
 * @param options.kind what it is for, a part of its name
 * @param options.announce told its path before it is made
 * @throws Error of the system when it cannot be made
 */
export function makeOwnFolder(options: { kind?: string; announce?: (folder: string) => void } = {}): string {
  const { kind, announce } = options;
  const random = Math.random().toString(36).slice(2, 10).padEnd(8, '0');
  const prefix = kind === undefined ? PREFIX : `${PREFIX}${kind}-`;
  const folder = path.join(fs.realpathSync(os.tmpdir()), `${prefix}${process.pid.toString(36)}${random}`);
  announce?.(folder);
  // Fails where there is one already.
  fs.mkdirSync(folder, { mode: 0o700 });
  fs.writeFileSync(path.join(folder, OWNER), ownerMark(process.pid));
  return folder;
}

/** Temporary folders that a killed tutor left behind: ours, older than an hour, their owner gone. */
export async function staleFolders(): Promise<string[]> {
  const parent = os.tmpdir();
  const names = await fs.promises.readdir(parent).catch(() => []);
  return names
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => path.join(parent, name))
    .filter(isStale);
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
