import fs from 'node:fs';
import path from 'node:path';
import type { Access, Command, User } from '../model/layer.ts';
import type { LayerName } from '../model/verdict.ts';

/** Ids that systems leave to users who exist only as long as a service runs; systemd gives out the same. */
const FIRST_ID = 61_184;
const IDS = 4_336;

/** The user that learner's programs run as when the grader runs as root; the system must know its name. */
const NOBODY: User = { uid: 65_534, gid: 65_534 };

/**
 * The same where a layer gives it a name: another user in each grader, so that what one submission starts does not count
 * towards another's limit on processes.
 */
export function programUser(): User {
  const id = FIRST_ID + (process.pid % IDS);
  return { uid: id, gid: id };
}

/** True when this process has the rights of root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The owner of what a program may write in a layer; undefined when the program runs as the grader's own user. */
export function ownerIn(layer: LayerName, read: readonly string[]): User | undefined {
  if (layer === 'bubblewrap') return isRoot() ? programUser() : undefined;
  return programOwner(read);
}

/** The same in a layer that gives programs no user of their own. */
export function programOwner(read: readonly string[]): User | undefined {
  return isRoot() && everyoneMayRead(read) ? NOBODY : undefined;
}

/** A root grader's command, run as nobody where everything that it reads is open to everybody. */
export function asOrdinaryUser(command: Command, access: Access): Command {
  const user = programOwner(access.read);
  return user === undefined ? command : { ...command, user };
}

/** True when any user may read these files and enter these folders. */
export function everyoneMayRead(paths: readonly string[]): boolean {
  return paths.every((file) => mayRead(file) && parents(file).every(mayEnter));
}

function mayRead(file: string): boolean {
  const mode = modeOf(file);
  return (mode & 0o004) !== 0 && ((mode & fs.constants.S_IFMT) !== fs.constants.S_IFDIR || (mode & 0o001) !== 0);
}

function mayEnter(folder: string): boolean {
  return (modeOf(folder) & 0o001) !== 0;
}

function modeOf(file: string): number {
  try {
    return fs.statSync(file).mode;
  } catch {
    return 0;
  }
}

function parents(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [folder, ...parents(folder)];
}
