import os from 'node:os';
import type { WorkContents } from '../model/files.ts';
import type { LaunchSpec } from '../model/run.ts';
import { readReports } from './channel.ts';
import { putContents } from './contents.ts';
import { unwrapExit } from './ending.ts';
import { KEEPS_PORTS } from './environment.ts';
import { makeRunFolders, removeFolder } from './folders.ts';
import type { SandboxOptions } from './sandbox.ts';
import { copyInto, settle } from './setting.ts';
import { type LiveChild, startLive } from './spawn.ts';
import { wrapLaunch } from './start.ts';
import { endSurvivors, killGroup } from './tree.ts';
import { ASK, type GoLine } from './wire.ts';

/** How long a program may take to end after Ctrl-C, in milliseconds. */
const PATIENCE = 2_000;

export interface LiveRun {
  spec: LaunchSpec;
  args: readonly string[];
  /** Files that it finds besides its own. */
  contents?: WorkContents | undefined;
  /** Where the learner's own database listens. */
  databasePort?: number | undefined;
  /** Told each port on which it listens. */
  onListening?: ((port: number) => void) | undefined;
  /** Ends the program, as Ctrl-C does. */
  signal: AbortSignal;
}

/**
 * Runs a submission with the tutor's own stdin, stdout and stderr, for somebody who sits before it. It runs as long as it
 * likes, and a server listens on the port that it asks for.
 * @returns its exit code, or 128 and the number of the signal that ended it
 * @throws TutorError as `openSandbox` does
 */
export async function runLive(options: Omit<SandboxOptions, 'networkIsPrivate'>, run: LiveRun): Promise<number> {
  const setting = settle({ ...options, networkIsPrivate: true });
  const { watchdog } = setting;
  const folders = makeRunFolders(setting.owner, watchdog.guard);
  const terminal = keepTerminal();
  try {
    copyInto(setting, folders);
    if (run.contents) putContents(run.contents, folders.work, setting.owner);
    const env = { ...run.spec.env, ...terminalEnvironment(), [KEEPS_PORTS]: '1' };
    const { command, tree } = wrapLaunch(setting, { spec: { ...run.spec, env }, folders, wait: {} });
    const child = await startLive(command, folders.root);
    watchdog.follow(folders.root, child.pid);
    const code = await follow(child, run);
    endSurvivors({ pid: child.pid, ...tree }, { groupIsKilled: false });
    return code;
  } finally {
    terminal.restore();
    removeFolder(folders.root);
    watchdog.dismiss(folders.root);
  }
}

function follow(child: LiveChild, { args, signal, onListening, databasePort }: LiveRun): Promise<number> {
  const { channel, process: started, pid } = child;
  const reports: Parameters<typeof unwrapExit>[1][number][] = [];
  let isReady = false;
  readReports(channel, (report) => {
    reports.push(report);
    if (report.type === 'ready') isReady = true;
    if (report.type === 'listening') onListening?.(report.port);
  });
  const database = databasePort === undefined ? {} : { databasePort, ports: [databasePort] };
  channel.write(`${JSON.stringify({ args, env: {}, ...database } satisfies GoLine)}\n`);
  let patience: NodeJS.Timeout | undefined;
  const interrupt = () => {
    // Before it runs the learner's code it listens to nobody.
    if (isReady) channel.write(`${ASK.interrupt}\n`);
    else killGroup(pid);
    patience = setTimeout(() => killGroup(pid), PATIENCE);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  return new Promise((resolve) => {
    started.once('exit', (code, name) => {
      clearTimeout(patience);
      signal.removeEventListener('abort', interrupt);
      channel.destroy();
      const exit = unwrapExit({ code, signal: name }, reports);
      const signals: Readonly<Record<string, number>> = os.constants.signals;
      resolve(exit.code ?? 128 + (signals[exit.signal ?? ''] ?? 0));
    });
  });
}

/** What a program looks at to know the terminal that it writes to. */
function terminalEnvironment(): Record<string, string> {
  const { TERM, COLORTERM, NO_COLOR = '' } = process.env;
  return { NO_COLOR, ...(TERM !== undefined && { TERM }), ...(COLORTERM !== undefined && { COLORTERM }) };
}

/** A program that is killed leaves the terminal as it was then, perhaps without echo. */
function keepTerminal(): { restore(): void } {
  const { stdin } = process;
  if (stdin.isTTY !== true) return { restore: () => {} };
  // libuv remembers the terminal's settings when it first changes them, and goes back to them.
  const remember = () => stdin.setRawMode(true).setRawMode(false);
  remember();
  return { restore: () => void remember().unref() };
}
