import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT, errorCode, TutorError } from '../model/error.ts';

/** A file lock that this process holds. */
export interface Lock {
  /** False when somebody took it over because this process had been stopped for long. */
  isHeld(): boolean;
  release(): void;
}

/** After this long a lock is stale whoever holds it: it is held for milliseconds only. */
const STALE_AFTER = 10_000;
/** A lock without its owner's name is one whose owner died, or stood still, between making and signing it. */
const UNSIGNED_STALE_AFTER = 250;
const WAIT_AT_MOST = 15_000;

/**
 * Takes the lock `file`, waiting while another living process holds it; that of a dead one is taken over.
 * @throws {TutorError} when it is held for longer than anything takes
 * @throws the system's error when the folder cannot be written to
 */
export async function acquireLock(file: string): Promise<Lock> {
  const content = JSON.stringify({ pid: process.pid, host: hostname(), token: uniqueName() });
  const deadline = Date.now() + WAIT_AT_MOST;
  while (!create(file, content)) {
    if (isStale(file)) removeStale(file);
    else if (Date.now() > deadline) throw heldTooLong(file);
    else await delay(5 + Math.random() * 15);
  }
  const isHeld = () => readOrUndefined(file) === content;
  return {
    isHeld,
    release() {
      if (isHeld()) removeQuietly(file);
    },
  };
}

function heldTooLong(file: string): TutorError {
  return new TutorError(`Another node-tutor holds ${file}.`, {
    exitCode: EXIT.tutorFailed,
    next: 'End it, or delete that file if there is none.',
  });
}

function create(file: string, content: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    // Windows says EPERM while the file of a released lock is being deleted.
    if (errorCode(error) === 'EEXIST' || (process.platform === 'win32' && errorCode(error) === 'EPERM')) return false;
    throw error;
  }
  try {
    writeSync(descriptor, content);
  } catch (error) {
    removeQuietly(file);
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function isStale(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    if (age > STALE_AFTER) return true;
    const owner = ownerOf(readFileSync(file, 'utf8'));
    if (owner === undefined) return age > UNSIGNED_STALE_AFTER;
    return owner.host === hostname() && !isAlive(owner.pid);
  } catch {
    return false;
  }
}

function ownerOf(content: string): { pid: number; host: string } | undefined {
  try {
    const { pid, host } = JSON.parse(content);
    return Number.isInteger(pid) && typeof host === 'string' ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** Removes a stale lock. The guard lets only one process do so at a time, so that none removes the lock that another has just made. */
function removeStale(file: string): void {
  const guard = `${file}.takeover`;
  if (!create(guard, '')) {
    if (isStale(guard)) removeQuietly(guard);
    return;
  }
  try {
    if (isStale(file)) removeQuietly(file);
  } finally {
    removeQuietly(guard);
  }
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A name that no other process or moment has; without node:crypto, which takes a millisecond to load. */
export function uniqueName(): string {
  return `${process.pid}-${Date.now()}-${Math.random().toString(36).slice(2)}`;
}
