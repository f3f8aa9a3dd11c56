import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import type { Kin } from '../model/run.ts';

/** How long a killed process may take to be gone, in milliseconds, and how often it is looked for. */
const GONE = { limit: 2_000, pause: 5 } as const;

interface Member {
  /** As this process knows it. */
  pid: number;
  parent: number;
  /** As the run itself knows it, where it has ids of its own. */
  id: number;
}

/**
 * Ends one process of a run by the id that the run knows it by, unless it is the first one or none of the run's.
 * Resolves when it is gone.
 * @param root id of the process that the run began with
 */
export async function killMember(root: number, id: number): Promise<Kin> {
  const first = firstOf(descendants(root));
  if (first?.id === id) return 'first';
  const member = first && descendants(first.pid).find((one) => one.id === id);
  if (member === undefined) return 'foreign';
  try {
    process.kill(member.pid, 'SIGKILL');
  } catch {
    return 'foreign';
  }
  const end = Date.now() + GONE.limit;
  while (!isGone(member.pid) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, GONE.pause));
  return 'started';
}

/**
 * How many processes a run's first one has started that still run.
 * @param root id of the process that the run began with
 */
export function countMembers(root: number): number {
  const first = firstOf(descendants(root));
  return first === undefined ? 0 : descendants(first.pid).length - 1;
}

/** The learner's program: the one that the run began with, or below a wrapper with ids of its own the first that is not its init. */
function firstOf(members: readonly Member[]): Member | undefined {
  const inner = members.filter(({ pid, id }) => pid !== id && id > 1);
  if (inner.length === 0) return members[0];
  return inner.reduce((least, one) => (one.id < least.id ? one : least));
}

/** A process and all below it, itself first. */
function descendants(root: number): Member[] {
  const all = processes();
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return process.platform === 'linux' ? found.map((one) => ({ ...one, id: innerId(one.pid) })) : found;
}

function processes(): Member[] {
  if (process.platform === 'linux') return processesOnLinux();
  const listing =
    process.platform === 'win32'
      ? execFileSync('powershell', ['-NoProfile', '-Command', LIST_ON_WINDOWS], { encoding: 'utf8', windowsHide: true })
      : execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return listing.split('\n').flatMap((line) => {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    return pid > 0 ? [{ pid, parent, id: pid }] : [];
  });
}

const LIST_ON_WINDOWS = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId)" }';

function processesOnLinux(): Member[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    const [state, parent] = Number.isInteger(pid) ? statOf(pid) : [];
    return parent === undefined || state === 'Z' ? [] : [{ pid, parent: Number(parent), id: pid }];
  });
}

/** The state of a process and its parent's id; nothing where there is no such process. */
function statOf(pid: number): string[] {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ', 2);
  } catch {
    return [];
  }
}

/** The id of a process in its innermost namespace. */
function innerId(pid: number): number {
  try {
    const ids = /^NSpid:(.*)$/m
      .exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
      ?.trim()
      .split(/\s+/);
    return Number(ids?.at(-1) ?? pid);
  } catch {
    return pid;
  }
}

function isGone(pid: number): boolean {
  if (process.platform === 'linux') return ['Z', 'X', undefined].includes(statOf(pid)[0]);
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
