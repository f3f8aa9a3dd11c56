import type { StepRun } from '../../model/steps.ts';
import type { GoLine } from '../wire.ts';
import { fs } from './builtins.ts';
import { CHANNEL } from './channel.ts';

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
  const buffer = Buffer.allocUnsafe(16 * 1024);
  const chunks: Buffer[] = [];
  for (;;) {
    const length = fs.readSync(CHANNEL, buffer);
    if (length === 0) process.kill(process.pid, 'SIGKILL');
    const chunk = Buffer.from(buffer.subarray(0, length));
    chunks.push(chunk);
    if (chunk[length - 1] === 0x0a) return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  }
}
