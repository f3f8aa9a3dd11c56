import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, TutorError } from '../model/error.ts';
import type { Progress } from '../model/progress.ts';
import { emptyProgress, parseProgress } from './format.ts';
import { acquireLock, type Lock, uniqueName } from './lock.ts';

/** A learner's progress on disk. Every write replaces the whole file at once; processes take turns. */
export interface ProgressStore {
  readonly file: string;
  /** What stands in the file; nothing done when there is none, or when it is damaged. */
  read(): Promise<Progress>;
  /**
   * Replaces the progress by what `change` makes of it, and returns that. `change` may be called again.
   * @throws the system's error when the file cannot be written; it is then as it was
   */
  update(change: (progress: Progress) => Progress): Promise<Progress>;
}

export interface ProgressRequest {
  /** Absolute folder of the workspace. */
  workspace: string;
  /** Id of the course. */
  course: string;
  /** Told the name under which a damaged file was kept, or undefined when it could not be put aside. */
  onDamaged(keptAs: string | undefined): void;
}

/** The store of a workspace. Nothing is read or made before it is used. */
export function openProgress({ workspace, course, onDamaged }: ProgressRequest): ProgressStore {
  const folder = path.join(workspace, '.node-tutor');
  const file = path.join(folder, 'progress.json');
  const lockFile = path.join(folder, 'progress.lock');

  const readWhole = (): Progress | 'damaged' => {
    const text = readText(file);
    if (text === undefined) return emptyProgress(course);
    const parsed = parseProgress(text, file);
    if (parsed.kind === 'damaged') return 'damaged';
    if (parsed.progress.course !== course) throw otherCourse(file, parsed.progress.course, course);
    return parsed.progress;
  };

  /** Under the lock, because the file may have been replaced by a whole one meanwhile. */
  const readLocked = (): Progress => {
    const progress = readWhole();
    if (progress !== 'damaged') return progress;
    const keptAs = path.join(folder, `progress.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
    renameSync(file, keptAs);
    onDamaged(keptAs);
    return emptyProgress(course);
  };

  const withLock = async <T>(work: (lock: Lock) => Promise<T>): Promise<T> => {
    mkdirSync(folder, { recursive: true });
    const lock = await acquireLock(lockFile);
    try {
      return await work(lock);
    } finally {
      lock.release();
    }
  };

  return {
    file,
    async read() {
      const progress = readWhole();
      if (progress !== 'damaged') return progress;
      try {
        return await withLock(async () => readLocked());
      } catch (error) {
        if (error instanceof TutorError) throw error;
        onDamaged(undefined);
        return emptyProgress(course);
      }
    },
    async update(change) {
      for (;;) {
        const written = await withLock(async (lock) => {
          const progress = change(readLocked());
          return (await replaceFile(file, `${JSON.stringify(progress, undefined, 2)}\n`, lock)) ? progress : undefined;
        });
        if (written !== undefined) return written;
      }
    },
  };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts the text in the file's place, whole or not at all; false when the lock was lost before. */
async function replaceFile(file: string, text: string, lock: Lock): Promise<boolean> {
  const folder = path.dirname(file);
  removeLeftovers(folder);
  const temporary = path.join(folder, `${TEMPORARY}${uniqueName()}`);
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!lock.isHeld()) {
      unlinkSync(temporary);
      return false;
    }
    await renameOver(temporary, file);
    return true;
  } catch (error) {
    removeLeftovers(folder);
    throw error;
  }
}

const TEMPORARY = 'progress.writing-';

/** Half-written files of processes that were killed; only the holder of the lock writes, so none of them is in use. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(TEMPORARY)) unlinkSync(path.join(folder, name));
  }
}

/** Windows refuses to replace a file while somebody reads it, for a moment. */
async function renameOver(from: string, to: string, attempts = 10): Promise<void> {
  try {
    renameSync(from, to);
  } catch (error) {
    const busy = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
    if (process.platform !== 'win32' || !busy || attempts === 0) throw error;
    await delay(20);
    await renameOver(from, to, attempts - 1);
  }
}

function otherCourse(file: string, found: string, wanted: string): TutorError {
  return new TutorError(`${file} holds the progress of the course "${found}", not of "${wanted}".`, {
    next: 'Use another workspace for this course: --dir <workspace>',
  });
}
