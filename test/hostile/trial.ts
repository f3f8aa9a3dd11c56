import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { removeFolder } from '../../src/sandbox/folders.ts';
import { type Arena, graderEnvironment, makeArena } from './arena.ts';
import type { Attack, Evidence } from './attack.ts';
import type { Grader, Install } from './install.ts';
import { externalAddress, type Listeners, listen } from './listeners.ts';
import {
  descriptorCount,
  memoryUsage,
  processesWith,
  residentMemory,
  sharedMemory,
  snapshot,
  usage,
} from './outside.ts';

const MEGABYTE = 1024 * 1024;
/** Beyond these, a limit did not hold. Programs of the suite take far more where nothing stops them, but never all there is. */
const BOUNDS = {
  hang: 60_000,
  /** Without a tutor nothing ends a program. */
  bareHang: 5_000,
  growth: 300 * MEGABYTE,
  memory: 900 * MEGABYTE,
  shared: 200 * MEGABYTE,
  diskBytes: 250 * MEGABYTE,
  diskEntries: 25_000,
  descriptors: 5_000,
} as const;
const LOOK_EVERY = 50;
/** How long what was killed may take to be gone, in milliseconds. */
const GONE_WITHIN = 1_000;
const LIMITS = new Set(['time', 'output', 'memory', 'processes', 'disk', 'descriptors']);

/** `bare`: a plain `node`, which shows that an attack works where nothing stops it. */
export type Hold = 'bare' | 'none' | 'guard' | 'unshare' | 'strict';

export interface Setting {
  hold: Hold;
  grader: Grader;
  install: Install;
  /** The Node.js that grades. */
  node: { version: string; file: string };
}

/** What became of one attack. */
export interface Trial {
  result: 'stopped' | 'limit' | 'escaped' | 'untried';
  /** The evidence, or the limit that it ran into. */
  by?: string;
}

/** Tries one attack and looks at the world afterwards. What the program says of itself counts nothing. */
export async function attempt(attack: Attack, setting: Setting): Promise<Trial> {
  const reason = untried(attack, setting);
  if (reason !== undefined) return { result: 'untried', by: reason };
  const listeners = await listen();
  const arena = makeArena(attack, { ...setting, listeners });
  try {
    const before = snapshot(arena.watched);
    const run = await follow(start(attack, { arena, setting }), { attack, arena, setting });
    const alive = await aliveAfter(arena.mark);
    const after: Aftermath = { run, alive, changed: snapshot(arena.watched) !== before };
    return judge(after, { attack, arena, setting, listeners });
  } finally {
    listeners.close();
    for (const pid of processesWith(arena.mark)) end(pid);
    for (const pid of processesWith(arena.folder)) end(pid);
    removeFolder(arena.folder);
  }
}

function untried(attack: Attack, { hold, node }: Setting): string | undefined {
  if (attack.test !== undefined) return `judged by ${attack.test}`;
  if (hold === 'bare' && attack.control !== undefined) return attack.control;
  if (attack.node !== undefined && isOlder(node.version, attack.node)) return `needs Node.js ${attack.node}`;
  const needsOthers = attack.escaped.includes('reachable') || attack.name.startsWith('egress');
  return needsOthers && externalAddress() === '' ? 'this machine has no address for others' : undefined;
}

export function isOlder(version: string, than: string): boolean {
  const [a = [], b = []] = [version, than].map((text) => text.replace(/^v/, '').split('.').map(Number));
  const index = [0, 1, 2].find((part) => a[part] !== b[part]) ?? 0;
  return (a[index] ?? 0) < (b[index] ?? 0);
}

function start(attack: Attack, { arena, setting }: { arena: Arena; setting: Setting }): ChildProcess {
  const { node, grader, install, hold } = setting;
  const user = grader.uid === undefined ? {} : { uid: grader.uid, gid: grader.uid };
  const env = graderEnvironment(arena, install);
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  if (hold === 'bare') {
    const entry = fs.existsSync(path.join(arena.submission, 'index.mjs')) ? 'index.mjs' : 'index.js';
    const line = '"$0" "$1" one two; status=$?; exit $status';
    const work = path.join(arena.temp, 'work');
    fs.cpSync(arena.submission, work, { recursive: true, verbatimSymlinks: true });
    fs.symlinkSync(path.join(install.folder, 'node_modules'), path.join(arena.temp, 'node_modules'));
    if (grader.uid !== undefined)
      for (const file of [work, ...fs.readdirSync(work).map((name) => path.join(work, name))])
        fs.lchownSync(file, grader.uid, grader.uid);
    return spawn('/bin/sh', ['-c', line, node.file, entry], { cwd: work, env, stdio, ...user, detached: true });
  }
  const course = attack.exercise === undefined ? ['--course', arena.course] : [];
  const args = ['check', attack.exercise ?? 'attacked', ...course, '--submission', arena.submission];
  const options = ['--isolate', hold, '--json', '--yes'];
  return spawn(node.file, [install.bin, ...args, ...options], { cwd: arena.home, env, stdio, ...user, detached: true });
}

/** What was seen of a run from outside. */
interface Seen {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  hung: boolean;
  /** Bounds that did not hold. */
  beyond: ReadonlySet<Evidence>;
}

function follow(child: ChildProcess, { attack, arena, setting }: Omit<Scene, 'listeners'>): Promise<Seen> {
  const beyond = new Set<Evidence>();
  const watches = attack.escaped.filter((evidence) => WATCHED.has(evidence));
  const shared = watches.includes('memory') ? sharedMemory() : 0;
  const look = () => {
    for (const evidence of watches) if (isBeyond(evidence, { child, arena, shared })) beyond.add(evidence);
  };
  const looking = watches.length === 0 ? undefined : setInterval(look, LOOK_EVERY);
  let hung = false;
  const patience = setTimeout(
    () => {
      hung = true;
      for (const pid of [child.pid ?? 0, ...processesWith(arena.folder), ...processesWith(arena.mark)]) end(pid);
    },
    setting.hold === 'bare' ? BOUNDS.bareHang : BOUNDS.hang,
  );
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(patience);
      clearInterval(looking);
      // A program that was left alive may hold the streams open.
      setTimeout(() => resolve({ code, signal, stdout: stdout(), stderr: stderr(), hung, beyond }), 20);
    });
  });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  let kept = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (kept < 4 * MEGABYTE) chunks.push(chunk);
    kept += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

const WATCHED = new Set<Evidence>(['memory', 'growth', 'disk', 'descriptors']);

function isBeyond(
  evidence: Evidence,
  { child, arena, shared }: { child: ChildProcess; arena: Arena; shared: number },
): boolean {
  if (evidence === 'growth') return residentMemory(child.pid ?? 0) > BOUNDS.growth;
  if (evidence === 'disk') {
    const [onDisk, inMemory] = [usage(arena.temp), memoryUsage(processesWith(arena.folder))];
    const [bytes, entries] = [onDisk.bytes + inMemory.bytes, onDisk.entries + inMemory.entries];
    return bytes > BOUNDS.diskBytes || entries > BOUNDS.diskEntries;
  }
  const pids = processesWith(arena.folder);
  if (evidence === 'descriptors') return pids.some((pid) => descriptorCount(pid) > BOUNDS.descriptors);
  const resident = pids.reduce((sum, pid) => sum + residentMemory(pid), 0);
  return resident > BOUNDS.memory || sharedMemory() - shared > BOUNDS.shared;
}

/** Processes that are left when what was killed has had its time to go. */
async function aliveAfter(mark: string): Promise<number> {
  const until = Date.now() + GONE_WITHIN;
  for (;;) {
    const alive = processesWith(mark).length;
    if (alive === 0 || Date.now() > until) return alive;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

interface Aftermath {
  run: Seen;
  alive: number;
  changed: boolean;
}

interface Scene {
  attack: Attack;
  arena: Arena;
  setting: Setting;
  listeners: Listeners;
}

function judge({ run, alive, changed }: Aftermath, { attack, arena, setting, listeners }: Scene): Trial {
  const said = run.stdout + run.stderr;
  const verdict = setting.hold === 'bare' ? undefined : verdictOf(run.stdout);
  const isBare = setting.hold === 'bare';
  const signs: Readonly<Record<Evidence, () => boolean>> = {
    secret: () => arena.secrets.some((secret) => said.includes(secret)),
    file: () => changed,
    install: () => setting.install.precious.some((file) => fs.readFileSync(file, 'utf8').includes(arena.mark)),
    listener: () => listeners.hits() > 0,
    reachable: () => listeners.wasReached(),
    process: () => alive > 0,
    grader: () => run.signal !== null || (!isBare && verdict === undefined),
    inspector: () => said.includes('Debugger listening'),
    hang: () => run.hung,
    growth: () => run.beyond.has('growth'),
    memory: () => run.beyond.has('memory'),
    disk: () => run.beyond.has('disk'),
    descriptors: () => run.beyond.has('descriptors'),
    verdict: () => verdict?.status === 'passed',
  };
  const seen = attack.escaped.filter((evidence) => signs[evidence]());
  if (seen.length > 0) return { result: 'escaped', by: seen.join(', ') };
  if (isBare) return { result: 'stopped' };
  // Whatever it tried: the tutor must go on, blame the submission and nobody else, and leave nothing running.
  if (run.hung) return { result: 'escaped', by: 'hang' };
  if (alive > 0) return { result: 'escaped', by: 'process' };
  if (verdict === undefined) return { result: 'escaped', by: `no verdict: ${said.slice(0, 300)}` };
  if (verdict.status === 'broken') return { result: 'escaped', by: `blamed on the tutor: ${said.slice(0, 2000)}` };
  const limit = verdict.causes.find((cause) => LIMITS.has(cause));
  return limit === undefined ? { result: 'stopped' } : { result: 'limit', by: limit };
}

/** Status and named causes of a verdict, or of a submission that was refused; undefined when it is neither. */
function verdictOf(stdout: string): { status: string; causes: string[] } | undefined {
  try {
    const data: unknown = JSON.parse(stdout);
    if (typeof data !== 'object' || data === null) return undefined;
    if ('error' in data) return refusal(data.error);
    if (!('status' in data) || typeof data.status !== 'string') return undefined;
    const causes = [...stdout.matchAll(/"cause":\s*\{\s*"name":\s*"([^"]+)"/g)].map(([, name = '']) => name);
    return { status: data.status, causes };
  } catch {
    return undefined;
  }
}

function refusal(error: unknown): { status: string; causes: string[] } | undefined {
  if (typeof error !== 'object' || error === null || !('exitCode' in error)) return undefined;
  return { status: error.exitCode === 1 ? 'failed' : 'broken', causes: [] };
}

function end(pid: number): void {
  try {
    if (pid > 1) process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
