import fs from 'node:fs';
import path from 'node:path';
import type { Access, Command } from '../model/layer.ts';

/** The user that learner's programs run as when the grader runs as root. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/** True when this process has the rights of root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The owner of what a program may write; undefined when the program runs as the grader's own user. */
export function programOwner(read: readonly string[]): { uid: number; gid: number } | undefined {
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
