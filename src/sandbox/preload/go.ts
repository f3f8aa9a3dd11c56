import type { StepRun } from '../../model/steps.ts';
import type { GoLine } from '../wire.ts';
import { fs } from './builtins.ts';
import { CHANNEL } from './channel.ts';

const { apply } = Reflect;

/** Most lines from the grader fit into this. */
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

/** By what costs the start of every program least: `readSync`, `toString` and the pool of buffers take Node.js 20 0.13 ms more. */
function readLine(): GoLine {
  const { utf8Slice } = Buffer.prototype;
  let bytes = new Uint8Array(LINE_BYTES);
  let length = 0;
  for (;;) {
    const read = fs.readvSync(CHANNEL, [bytes.subarray(length)]);
    if (read === 0) process.kill(process.pid, 'SIGKILL');
    length += read;
    if (bytes[length - 1] === 0x0a) return JSON.parse(apply(utf8Slice, bytes, [0, length]));
    if (length === bytes.length) {
      const more = new Uint8Array(2 * length);
      more.set(bytes);
      bytes = more;
    }
  }
}
