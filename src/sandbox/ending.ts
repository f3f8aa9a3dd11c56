import os from 'node:os';
import type { Ended, Report } from '../model/run.ts';

/** How a child ended, as the system tells it. */
export interface Exit {
  code: number | null;
  signal: string | null;
}

const OUT_OF_PROCESSES =
  /\bspawn(?:Sync)? .*EAGAIN|\bfork failed: Resource|pthread_create: Resource|ERR_WORKER_INIT_FAILED.*EAGAIN/;
const OUT_OF_DISK = /\b(?:EFBIG|ENOSPC|EDQUOT)\b/;
const OUT_OF_DESCRIPTORS = /\bEMFILE\b/;
const OUT_OF_MEMORY = /JavaScript heap out of memory|process out of memory|Array buffer allocation failed|ENOMEM/;

/** A wrapper such as bubblewrap tells a signal as exit code 128 + n; a program that chose that code itself has said so on its way out. */
export function unwrapExit(exit: Exit, reports: readonly Report[]): Exit {
  if (exit.code === null || exit.code <= 128) return exit;
  if (reports.some((report) => report.type === 'exit' && report.code === exit.code)) return exit;
  const number = exit.code - 128;
  const name = Object.entries(os.constants.signals).find(([, value]) => value === number)?.[0];
  return name === undefined ? exit : { code: null, signal: name };
}

/** The limit that a program ran into by itself: Node aborts, or throws, when it gets no more of something. */
export function endedByItself(exit: Exit, stderr: string): Ended {
  if (exit.code === 0) return 'exit';
  if (OUT_OF_PROCESSES.test(stderr)) return 'processes';
  if (OUT_OF_DISK.test(stderr)) return 'disk';
  if (OUT_OF_DESCRIPTORS.test(stderr)) return 'descriptors';
  return OUT_OF_MEMORY.test(stderr) ? 'memory' : 'exit';
}
