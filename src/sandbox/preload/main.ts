// Runs before the learner's code in every process and thread of a run: guards the handles, remaps ports, and waits for `go`.
import type { StepRun } from '../../model/steps.ts';
import { KEEPS_PORTS, LOCALE, WAITS } from '../environment.ts';
import type { Wait } from '../wire.ts';
import { fs, Module } from './builtins.ts';
import { openChannel } from './channel.ts';
import { awaitGo, leaveOutOfUptime } from './go.ts';
import { isDenied, lockHandles } from './guard.ts';
import { blockOutput } from './output.ts';
import { type Reach, remapPorts } from './ports.ts';
import { hideOwnWarnings } from './warnings.ts';

/** Ten frames, the default, may all lie in a package and hide the learner's line. Set here, because a V8 flag at the start costs 15 ms. */
Error.stackTraceLimit = 50;

/** What only some runs need lies in files of its own. */
interface Parts {
  steps: typeof import('./steps/run.ts');
  warm: typeof import('./warm.ts');
}

const wait = readWait();
const guarded = 'permission' in process;
const channel = openChannel(wait !== undefined);
const ports = remapPorts(channel.report, {
  reach: guarded ? guardedReach() : 'anywhere',
  keeps: process.env[KEEPS_PORTS] !== undefined,
});
if (wait) blockOutput();
if (guarded) {
  hideOwnWarnings();
  lockHandles({ outputBlocks: wait !== undefined });
}
if (wait) {
  // Packages are the program's own, whenever they are loaded.
  const maxRss = process.resourceUsage().maxRSS * 1024;
  if (wait.warm === undefined || load('warm').warmUp(wait.warm)) {
    channel.report({ type: 'ready', maxRss });
  } else {
    process.kill(process.pid, 'SIGKILL');
  }
  const work = process.cwd();
  const readyAt = process.uptime();
  const { steps, reachable, databasePort } = awaitGo();
  if (wait.warm) leaveOutOfUptime(process.uptime() - readyAt);
  for (const port of reachable) ports.open(port);
  if (databasePort !== undefined) ports.leadDatabase(databasePort);
  channel.follow(ports.serves);
  if (steps !== undefined) goThrough(steps, work);
}

/** How this process is to wait; undefined in threads and in the program's own children. */
function readWait(): Wait | undefined {
  const wait = process.env[WAITS];
  delete process.env[WAITS];
  if (wait === undefined) return undefined;
  if (process.platform !== 'win32') for (const [name, value] of Object.entries(LOCALE)) process.env[name] ??= value;
  return JSON.parse(wait);
}

/** Node.js leaves to `runMain` how the entry is started, and lets a preload replace it. */
function goThrough(steps: StepRun, work: string): void {
  const { writeSync } = fs;
  const print = (text: string): void => void writeSync(1, text);
  const { runSteps } = load('steps');
  Object.assign(Module, { runMain: () => void runSteps(steps, { tell: channel.tell, print }, work) });
}

/** Loads a part of the preload, and leaves it nowhere that a program could find it. */
function load<Name extends keyof Parts>(name: Name): Parts[Name] {
  const require = Module.createRequire(__filename);
  const file = require.resolve(`./${name}.cjs`);
  const part: Parts[Name] = require(file);
  delete require.cache[file];
  return part;
}

/** Processes and threads of one run do not know each other's ports. */
function guardedReach(): Reach {
  return isDenied('child') && isDenied('worker') ? 'own' : 'loopback';
}
