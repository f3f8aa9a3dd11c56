import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeFolder } from '../../src/sandbox/folders.ts';
import { type Arena, graderEnvironment, makeArena } from './arena.ts';
import { type Attack, readAttacks } from './attack.ts';
import { makeInstall } from './install.ts';
import { listen } from './listeners.ts';
import { RUNNING } from './nodes.ts';
import { processesWith } from './outside.ts';
import type { Hold } from './trial.ts';

/** What is there that a run could leave behind. */
export interface Leftovers {
  processes: number;
  listening: number;
  folders: number;
  mounts: number;
  namespaces: number;
}

/** Attacks that leave something behind if they can; those of a hold that cannot stop them are no measure of the cleanup. */
const LEAVERS = [
  'daemon-without-grant',
  'endless-loop',
  'fork-bomb',
  'ignored-signals',
  'stopped',
  'disk-fill',
  'deep-folders',
  'channel-closed',
  'child-memory',
  'daemon',
  'daemon-stdout',
  'cluster-listens-wide',
  'heap-bomb',
  'flood',
];
const GONE_WITHIN = 5_000;

export interface LeakCount {
  hold: Hold;
  runs: number;
  killed: number;
  before: Leftovers;
  after: Leftovers;
}

/**
 * Grades hostile programs one after the other, kills every second tutor with SIGKILL at another moment, and counts what is left.
 * @param runs how many
 */
export async function countLeaks(hold: Hold, runs: number): Promise<LeakCount> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'hostile-leaks-'));
  fs.chmodSync(folder, 0o755);
  const temp = path.join(folder, 'tmp');
  fs.mkdirSync(temp);
  fs.chmodSync(temp, 0o1777);
  const grader = { name: 'leaks' };
  const install = makeInstall(path.join(folder, 'tutor'), grader);
  const attacks = readAttacks().filter(({ name }) => LEAVERS.includes(name));
  const before = leftovers(temp);
  let killed = 0;
  try {
    for (let index = 0; index < runs; index++) {
      const attack = attacks[index % attacks.length];
      if (attack === undefined) throw new Error('There are no attacks that leave something behind.');
      const listeners = await listen();
      const arena = makeArena(withShortTime(attack), { grader, install, listeners });
      const tutor = start(arena, {
        hold,
        bin: install.bin,
        env: { ...graderEnvironment(arena, install), TMPDIR: temp },
      });
      // Round after round, a later moment of its life: while it prepares, while the program runs, while it ends.
      if (index % 2 === 1 && (await killAfter(tutor, 40 + ((index * 37) % 900)))) killed++;
      await endOf(tutor);
      listeners.close();
      removeFolder(arena.folder);
    }
    const until = Date.now() + GONE_WITHIN;
    while (leftovers(temp).processes + leftovers(temp).folders > 0 && Date.now() < until) await pause(50);
    return { hold, runs, killed, before, after: leftovers(temp) };
  } finally {
    for (const pid of processesWith(temp)) process.kill(pid, 'SIGKILL');
    removeFolder(folder);
  }
}

function withShortTime(attack: Attack): Attack {
  return { ...attack, limits: { ...attack.limits, time: '600ms' } };
}

function start(arena: Arena, { hold, bin, env }: { hold: Hold; bin: string; env: NodeJS.ProcessEnv }): ChildProcess {
  const args = [bin, 'check', 'attacked', '--course', arena.course, '--submission', arena.submission];
  return spawn(RUNNING.file, [...args, '--isolate', hold, '--json'], { cwd: arena.home, env, stdio: 'ignore' });
}

/** True when it was killed, false when it ended before. */
async function killAfter(child: ChildProcess, milliseconds: number): Promise<boolean> {
  await Promise.race([pause(milliseconds), endOf(child)]);
  return child.exitCode === null && child.kill('SIGKILL');
}

function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Counts what carries the folder for temporary files in its command line or environment, and what lies in it. */
export function leftovers(temp: string): Leftovers {
  const pids = processesWith(temp);
  const own = new Set(namespacesOf('self'));
  const foreign = new Set(pids.flatMap((pid) => namespacesOf(pid)).filter((name) => !own.has(name)));
  return {
    processes: pids.length,
    listening: pids.filter((pid) => listens(pid)).length,
    folders: fs.readdirSync(temp).length,
    mounts: fs
      .readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter((line) => line.includes(temp)).length,
    namespaces: foreign.size,
  };
}

function namespacesOf(pid: number | 'self'): string[] {
  return ['net', 'pid', 'mnt', 'user'].map((kind) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/ns/${kind}`);
    } catch {
      return '';
    }
  });
}

/** True when a process holds a socket that listens. */
function listens(pid: number): boolean {
  try {
    const listening = ['tcp', 'tcp6'].flatMap((name) =>
      fs
        .readFileSync(`/proc/${pid}/net/${name}`, 'latin1')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[3] === '0A')
        .map((fields) => `socket:[${fields[9]}]`),
    );
    return fs
      .readdirSync(`/proc/${pid}/fd`)
      .some((name) => listening.includes(fs.readlinkSync(`/proc/${pid}/fd/${name}`)));
  } catch {
    return false;
  }
}
