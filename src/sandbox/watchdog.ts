import { spawn } from 'node:child_process';
import path from 'node:path';
import { RUN_TOKEN } from './environment.ts';

/** A process that cleans up after a run, should this one be killed. */
export interface Watchdog {
  /** Tells it the first process of the run, which leads its group. */
  follow(pid: number): void;
  /** The run's folder is gone, and with it what was to be done. */
  dismiss(): void;
}

/**
 * Reads the id of the run's first process, then waits until its stdin closes, however this process ends. When the folder is still
 * there then, the run has not been ended: its group, what carries its token, and its folder go.
 */
const SCRIPT = `
pid=
read -r pid && read -r rest
[ -d "$1" ] || exit
[ -z "$pid" ] || kill -9 "-$pid"
for round in 1 2 3; do
  for environ in $(grep -l "${RUN_TOKEN}=$2" /proc/[0-9]*/environ); do
    id=\${environ#/proc/} && kill -9 "\${id%/environ}"
  done
done
chmod -R u+rwx -- "$1"
rm -rf -- "$1"
`;

/**
 * Starts the watchdog of a run: a shell, because that starts in a millisecond.
 * Where there is no POSIX shell, leftovers wait for the next start of the tutor.
 */
export function startWatchdog(root: string): Watchdog {
  if (process.platform === 'win32') return { follow: () => {}, dismiss: () => {} };
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', root, path.basename(root)], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const { stdin } = child;
  child.on('error', () => {});
  stdin.on('error', () => {});
  child.unref();
  return {
    follow: (pid) => void stdin.write(`${pid}\n`),
    dismiss: () => void stdin.end(),
  };
}
