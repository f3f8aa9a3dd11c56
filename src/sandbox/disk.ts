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

/** Calls `onExcess` once, when a run that is watched has written more than its limit, or more files than anybody needs. */
export function watchDisk(folder: string, limits: Limits, onExcess: () => void): DiskWatch {
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const begun = performance.now();
    if (isBeyond(folder, limits.disk)) return onExcess();
    plan(Math.max(INTERVAL, (performance.now() - begun) / SHARE));
  };
  const plan = (pause: number) => {
    timer = setTimeout(look, pause).unref();
  };
  return {
    watch: () => plan(INTERVAL),
    isBeyond: () => isBeyond(folder, limits.disk),
    stop: () => clearTimeout(timer),
  };
}

/** Looks no further than it must. */
function isBeyond(folder: string, mostBytes: number): boolean {
  let [bytes, entries] = [0, 0];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const found = list(next);
    entries += found.length;
    // Counting is quick, looking at each file is not.
    if (entries > MOST_ENTRIES) return true;
    for (const entry of found) {
      const file = path.join(next, entry.name);
      if (entry.isDirectory()) pending.push(file);
      else bytes += bytesOnDisk(file);
      if (bytes > mostBytes) return true;
    }
  }
  return false;
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
