import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { RUN_TOKEN } from './environment.ts';

/** How the processes of a run are found. */
export interface Tree {
  /** Id of the first process, which leads its group. */
  pid: number;
  token: string;
  /** True when nothing can survive the first process: it has a process namespace, or may start nothing. */
  contained: boolean;
}

/** Sends SIGKILL to the first process and its group at once. */
export function killGroup(pid: number): void {
  if (process.platform === 'win32') killTreeOnWindows(pid);
  else kill(-pid);
}

/** How often processes are looked for: they may start others, and one that was killed is there until the system has ended it. */
const MOST_ROUNDS = 20;

/**
 * Ends whatever of a run is left after its first process has ended.
 * @param options.groupIsKilled what is of its group is on its way out, and not counted
 * @returns how many processes were found and killed
 */
export function endSurvivors(tree: Tree, options: { groupIsKilled: boolean }): number {
  if (tree.contained) return 0;
  const killed = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = survivors(tree).filter(({ isOfGroup }) => !(isOfGroup && options.groupIsKilled));
    if (found.length === 0) break;
    for (const { pid } of found) {
      kill(pid);
      killed.add(pid);
    }
  }
  kill(-tree.pid);
  return killed.size;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

interface Survivor {
  pid: number;
  isOfGroup: boolean;
}

function survivors(tree: Tree): Survivor[] {
  if (process.platform === 'linux') return survivorsOnLinux(tree);
  return process.platform === 'win32' ? [] : survivorsByPs(tree);
}

/** Processes of the run's group, or with its token in the environment that they were started with. */
function survivorsOnLinux(tree: Tree): Survivor[] {
  const mark = `${RUN_TOKEN}=${tree.token}`;
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid)
    .flatMap((pid) => survivor(pid, tree.pid, mark));
}

function survivor(pid: number, group: number, mark: string): Survivor[] {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return [];
    const isOfGroup = Number(processGroup) === group;
    return isOfGroup || fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark) ? [{ pid, isOfGroup }] : [];
  } catch {
    return [];
  }
}

function survivorsByPs(tree: Tree): Survivor[] {
  const listing = execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,pgid=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listing.split('\n').flatMap((line) => {
    const [, pid, group, state, rest] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s(.*)$/.exec(line) ?? [];
    if (pid === undefined || state?.startsWith('Z') || Number(pid) === process.pid) return [];
    const isOfGroup = Number(group) === tree.pid;
    return isOfGroup || rest?.includes(`${RUN_TOKEN}=${tree.token}`) ? [{ pid: Number(pid), isOfGroup }] : [];
  });
}

function killTreeOnWindows(pid: number): void {
  try {
    execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  } catch {
    // It is gone already.
  }
}
