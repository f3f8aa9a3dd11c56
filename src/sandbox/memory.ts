import fs from 'node:fs';
import type { Limits } from '../model/course.ts';

const INTERVAL = 100;
/** The system itself keeps the peak of each process, until the process ends: the last look must not be long before that. */
const CLOSE_INTERVAL = 10;

/** Watches what a process and its descendants use. */
export interface MemoryWatch {
  /** Most resident memory seen, in bytes. */
  peak(): number;
  /** Begins. @param closely looks often at the peaks that the system keeps */
  watch(closely: boolean): void;
  stop(): void;
}

/** Calls `onExcess` once, with what a tree has too much of while it is watched: memory or processes. Sees nothing where there is no /proc. */
export function watchMemory(
  pid: number,
  limits: Limits,
  onExcess: (what: 'memory' | 'processes') => void,
): MemoryWatch {
  let peak = 0;
  if (process.platform !== 'linux') return { peak: () => peak, watch: () => {}, stop: () => {} };
  let pids = [pid];
  const look = () => {
    pids = descendants(pid);
    const sizes = pids.map(memoryOf);
    const resident = sizes.reduce((sum, each) => sum + each.resident, 0);
    peak = Math.max(peak, resident, ...sizes.map((each) => each.highest));
    const what = pids.length > limits.processes ? 'processes' : resident > limits.memory ? 'memory' : undefined;
    if (what === undefined) return;
    stop();
    onExcess(what);
  };
  const timers: NodeJS.Timeout[] = [];
  const stop = () => {
    for (const timer of timers) clearInterval(timer);
  };
  return {
    peak: () => peak,
    watch(closely) {
      timers.push(setInterval(look, INTERVAL).unref());
      if (!closely) return;
      look();
      const glance = () => {
        peak = Math.max(peak, ...pids.map((each) => memoryOf(each).highest));
      };
      timers.push(setInterval(glance, CLOSE_INTERVAL).unref());
    },
    stop,
  };
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

/** Resident memory of one process, now and at most so far, in bytes; nothing when it is gone. */
function memoryOf(pid: number): { resident: number; highest: number } {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'latin1');
    const bytesOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return { resident: bytesOf('VmRSS'), highest: bytesOf('VmHWM') };
  } catch {
    return { resident: 0, highest: 0 };
  }
}
