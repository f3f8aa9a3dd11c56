import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { RUN_TOKEN } from './environment.ts';

/** A process that cleans up after runs, should this one be killed. */
export interface Watchdog {
  /** Tells it the folder of a run, which is about to be made: there is no moment at which nobody knows of it. */
  guard(root: string): void;
  /** Tells it the first process of a run, which leads its group. */
  follow(root: string, pid: number): void;
  /** The run's folder is gone, and with it what was to be done; it ends after the last. */
  dismiss(root: string): void;
}

/**
 * Takes the folder that the runs' folders lie in. Reads `name:` and `name:pid` until its stdin closes, however this process
 * ends. Of a run whose folder is still there then, its group, what carries its token, and the folder go.
 */
const SCRIPT = `
runs=
while read -r run; do runs="$runs $run"; done
for run in $runs; do
  [ -z "\${run#*:}" ] || ! [ -d "$1/\${run%:*}" ] || kill -9 "-\${run#*:}"
done
for run in $runs; do
  name=\${run%:*}
  [ -d "$1/$name" ] || continue
  for round in 1 2 3; do
    for environ in $(grep -l "${RUN_TOKEN}=$name" /proc/[0-9]*/environ); do
      id=\${environ#/proc/} && kill -9 "\${id%/environ}"
    done
  done
  chmod -R u+rwx -- "$1/$name"
  rm -rf -- "$1/$name"
done
`;

const NONE: Watchdog = { guard: () => {}, follow: () => {}, dismiss: () => {} };

/**
 * A watchdog of runs: a shell, because that starts in a millisecond.
 * Where there is no POSIX shell, leftovers wait for the next start of the tutor.
 */
export function openWatchdog(): Watchdog {
  if (process.platform === 'win32') return NONE;
  const roots = new Set<string>();
  let child: ChildProcess | undefined;
  const tell = (root: string, pid: string) => void child?.stdin?.write(`${path.basename(root)}:${pid}\n`);
  return {
    guard(root) {
      child ??= startShell(path.dirname(root));
      roots.add(root);
      tell(root, '');
    },
    follow: (root, pid) => tell(root, String(pid)),
    dismiss(root) {
      roots.delete(root);
      if (roots.size > 0) return;
      child?.stdin?.end();
      child = undefined;
    },
  };
}

/** For runs whose processes and files the system takes away with those of this process. */
export function noWatchdog(): Watchdog {
  return NONE;
}

function startShell(folder: string): ChildProcess {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', folder], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  return child;
}
