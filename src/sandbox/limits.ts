import os from 'node:os';
import type { Limits } from '../model/course.ts';
import type { Command } from '../model/layer.ts';
import { findTool } from './tools.ts';

/** Stacks of threads and the like count as data although they are hardly ever touched. */
const DATA_SLACK = 256 * 1024 * 1024;
/** Tasks of one Node process: its threads count as processes. */
const TASKS_PER_PROCESS = 12;

/**
 * Flags that make V8 keep to the heap limit; none where the system limits all memory.
 * Any such flag makes Node 20 and 22 throw away their compiled built-ins, which costs an Express program 12 ms.
 */
export function heapFlags(limits: Limits): string[] {
  if (limiter() !== undefined) return [];
  return [`--max-old-space-size=${Math.max(16, Math.floor(limits.heap / 1024 / 1024))}`];
}

/**
 * Starts a command under the system's resource limits; the command itself where there are none (macOS, Windows).
 * @param options.countProcesses only where the run is its user's only one: the count is kept by user
 */
export function withLimits(command: Command, limits: Limits, options: { countProcesses: boolean }): Command {
  const prlimit = limiter();
  if (prlimit === undefined) return command;
  const seconds = Math.ceil(limits.time / 1000) * os.availableParallelism() + 1;
  const flags = [
    `--data=${limits.memory + DATA_SLACK}`,
    `--fsize=${limits.fileSize}`,
    `--cpu=${seconds}`,
    '--core=0',
    ...(options.countProcesses ? [`--nproc=${limits.processes * TASKS_PER_PROCESS}`] : []),
  ];
  return { ...command, file: prlimit, args: [...flags, command.file, ...command.args] };
}

function limiter(): string | undefined {
  return process.platform === 'linux' ? findTool('prlimit') : undefined;
}
