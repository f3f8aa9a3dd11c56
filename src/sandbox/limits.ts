import fs from 'node:fs';
import os from 'node:os';
import type { Limits } from '../model/course.ts';
import type { Access, Command } from '../model/layer.ts';
import { findTool } from './tools.ts';

const MEGABYTE = 1024 * 1024;
/** Stacks of threads and the like count as data although they are hardly ever touched. */
const DATA_SLACK = 256 * MEGABYTE;
/** From Node 23 on, V8 reserves so much for code in every thread, and that counts, too. */
const CODE_RESERVE = 512 * MEGABYTE;
const MOST_WORKERS = 16;
/** Open files and sockets of one process. */
const MOST_DESCRIPTORS = 2_048;
/** Tasks of one Node process: its threads count as processes. */
const TASKS_PER_PROCESS = 12;

/**
 * Flags that make V8 keep to the heap limit.
 * Up to Node 22 any such flag makes it throw away its compiled built-ins, which costs an Express program 12 ms;
 * there the system's limit on all memory stands in, where the system has one.
 */
export function heapFlags(limits: Limits): string[] {
  if (!reservesCode() && limiter() !== undefined) return [];
  return [`--max-old-space-size=${Math.max(16, Math.floor(limits.heap / MEGABYTE))}`];
}

/**
 * Starts a command under the system's resource limits; the command itself where there are none (macOS, Windows).
 * @param options.countProcesses only where the run is its user's only one: the count is kept by user
 */
export function withLimits(command: Command, access: Access, options: { countProcesses: boolean }): Command {
  const { limits } = access;
  const prlimit = limiter();
  if (prlimit === undefined) return command;
  const most = highestLimits();
  const flag = (name: string, resource: string, value: number) => `--${name}=${Math.min(value, most(resource))}`;
  const seconds = Math.ceil(limits.time / 1000) * os.availableParallelism() + 1;
  const flags = [
    flag('data', 'data size', limits.memory + slack(access)),
    flag('fsize', 'file size', limits.fileSize),
    flag('cpu', 'cpu time', seconds),
    '--core=0',
    flag('nofile', 'open files', MOST_DESCRIPTORS),
    ...(options.countProcesses ? [flag('nproc', 'processes', limits.processes * TASKS_PER_PROCESS)] : []),
  ];
  return { ...command, file: prlimit, args: [...flags, command.file, ...command.args] };
}

/** What the system lets this process have of a resource, by its name in proc(5); nobody but root may give a program more. */
function highestLimits(): (resource: string) => number {
  const table = fs.readFileSync('/proc/self/limits', 'utf8');
  const rows = [...table.matchAll(/^Max (.+?) {2,}\S+ +(\S+)/gm)];
  const highest = new Map(rows.map(([, resource, hard]) => [resource, Number(hard)]));
  // "unlimited" is no number.
  return (resource) => highest.get(resource) || Number.POSITIVE_INFINITY;
}

function slack(access: Access): number {
  const threads = access.grants.includes('workers') ? 1 + MOST_WORKERS : 1;
  return DATA_SLACK + (reservesCode() ? threads * CODE_RESERVE : 0);
}

function reservesCode(): boolean {
  return Number.parseInt(process.versions.node, 10) >= 23;
}

function limiter(): string | undefined {
  return process.platform === 'linux' ? findTool('prlimit') : undefined;
}
