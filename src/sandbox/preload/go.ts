import type { StepRun } from '../../model/steps.ts';
import type { GoLine } from '../wire.ts';
import { fs } from './builtins.ts';
import { CHANNEL } from './channel.ts';

/** Most lines from the grader fit into this. A buffer of its own, since the pool that buffers share takes 0.1 ms to make. */
const LINE_BYTES = 2048;

/** Blocks until the grader says how to go on, and makes this process look as if it had been started so. Answers the steps to go through instead of the entry, the ports that it may reach, and that of the database. */
export function awaitGo(): { steps: StepRun | undefined; reachable: readonly number[]; databasePort?: number } {
  const { args, env, nodeVersion, cwd, module, ports = [], databasePort } = readLine();
  process.argv.splice(2, process.argv.length, ...args);
  Object.assign(process.env, env);
  if (cwd !== undefined) process.chdir(cwd);
  if (nodeVersion !== undefined) pretendVersion(nodeVersion);
  return { steps: module, reachable: ports, ...(databasePort !== undefined && { databasePort }) };
}

/** Seconds that a program has waited for its code are not its own. Other clocks only count from then on. */
export function leaveOutOfUptime(seconds: number): void {
  const { uptime } = process;
  process.uptime = () => uptime() - seconds;
}

function pretendVersion(version: string): void {
  const fixed = { enumerable: true, writable: false, configurable: true };
  Object.defineProperty(process, 'version', { ...fixed, value: `v${version}` });
  Object.defineProperty(process, 'versions', {
    ...fixed,
    value: Object.freeze({ ...process.versions, node: version }),
  });
}

function readLine(): GoLine {
  let buffer = Buffer.from(new ArrayBuffer(LINE_BYTES));
  let length = 0;
  for (;;) {
    const read = fs.readSync(CHANNEL, buffer, length, buffer.length - length, null);
    if (read === 0) process.kill(process.pid, 'SIGKILL');
    length += read;
    if (buffer[length - 1] === 0x0a) return JSON.parse(buffer.toString('utf8', 0, length));
    if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length);
  }
}
