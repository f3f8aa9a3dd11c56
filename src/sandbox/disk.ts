import fs from 'node:fs';
import path from 'node:path';
import type { Limits } from '../model/course.ts';

/** A program can make some thousand files between two looks. */
const INTERVAL = 25;
/** A look may take this part of the time: large folders are looked at less often. */
const SHARE = 1 / 5;
/** Of files and folders below a run's folder. */
export const MOST_ENTRIES = 10_000;
const BLOCK = 512;

/** Watches what a run writes. */
export interface DiskWatch {
  /** Begins. */
  watch(): void;
  /** Looks now. */
  isBeyond(): boolean;
  stop(): void;
}

/**
 * Calls `onExcess` once, when a run that is watched has written more than its limit, or more files than anybody needs.
 * To count files is quick, to ask how large each is takes ten times as long: that is done less often where there are many.
 */
export function watchDisk(folder: string, limits: Limits, onExcess: () => void): DiskWatch {
  let timer: NodeJS.Timeout | undefined;
  let sizesDue = 0;
  const look = () => {
    const begun = performance.now();
    const files = filesBelow(folder);
    if (files === undefined) return onExcess();
    const counted = performance.now();
    if (counted >= sizesDue) {
      if (areLarger(files, limits.disk)) return onExcess();
      const looked = performance.now();
      sizesDue = looked + (looked - counted) / SHARE;
    }
    plan(Math.max(INTERVAL, (counted - begun) / SHARE));
  };
  const plan = (pause: number) => {
    timer = setTimeout(look, pause).unref();
  };
  return {
    watch: () => plan(INTERVAL),
    isBeyond() {
      const files = filesBelow(folder);
      return files === undefined || areLarger(files, limits.disk);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Undefined when there are more entries than a run may have. */
function filesBelow(folder: string): string[] | undefined {
  const files: string[] = [];
  let entries = 0;
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const found = list(next);
    entries += found.length;
    if (entries > MOST_ENTRIES) return undefined;
    for (const entry of found) (entry.isDirectory() ? pending : files).push(`${next}${path.sep}${entry.name}`);
  }
  return files;
}

/** Looks no further than it must. */
function areLarger(files: readonly string[], most: number): boolean {
  let bytes = 0;
  return files.some((file) => {
    bytes += bytesOnDisk(file);
    return bytes > most;
  });
}

/** What changes while it is looked at, or is out of reach, counts nothing. */
function list(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function bytesOnDisk(file: string): number {
  try {
    const { blocks, size } = fs.lstatSync(file);
    return process.platform === 'win32' ? size : blocks * BLOCK;
  } catch {
    return 0;
  }
}
