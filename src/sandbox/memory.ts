import fs from 'node:fs';
import type { Limits } from '../model/course.ts';

const INTERVAL = 100;

/** Watches what a process and its descendants use. */
export interface MemoryWatch {
  /** Most resident memory seen, in bytes. */
  peak(): number;
  stop(): void;
}

/** Calls `onExcess` once, with what a tree has too much of: memory or processes. Sees nothing where there is no /proc. */
export function watchMemory(
  pid: number,
  limits: Limits,
  onExcess: (what: 'memory' | 'processes') => void,
): MemoryWatch {
  let peak = 0;
  if (process.platform !== 'linux') return { peak: () => peak, stop: () => {} };
  const timer = setInterval(() => {
    const pids = descendants(pid);
    const resident = pids.reduce((sum, each) => sum + residentBytes(each), 0);
    peak = Math.max(peak, resident);
    const what = pids.length > limits.processes ? 'processes' : resident > limits.memory ? 'memory' : undefined;
    if (what === undefined) return;
    clearInterval(timer);
    onExcess(what);
  }, INTERVAL);
  timer.unref();
  return { peak: () => peak, stop: () => clearInterval(timer) };
}

function descendants(root: number): number[] {
  const found = [root];
  for (let index = 0; index < found.length; index++) found.push(...childrenOf(found[index] ?? root));
  return found;
}

function childrenOf(pid: number): number[] {
  try {
    return fs.readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const line = fs.readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').trim();
      return line === '' ? [] : line.split(' ').map(Number);
    });
  } catch {
    return [];
  }
}

function residentBytes(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
