import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFailed, onTestFinished } from 'vitest';

export const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
/** The built program; NODE_TUTOR_BIN names another build of it. */
export const BIN = process.env.NODE_TUTOR_BIN ?? path.join(ROOT, 'dist', 'bin.cjs');
/** Where the tests keep what exercises need from npm, over all runs of the tests. */
export const TEST_CACHE = path.join(ROOT, '.cache');
export const TINY_COURSE = path.join(ROOT, 'fixtures', 'courses', 'tiny');

interface RunOptions {
  stdin?: string;
  env?: Readonly<Record<string, string>>;
  /** Below the rig's folder; the folder itself by default. */
  cwd?: string;
  uid?: number;
}

interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A running command. */
interface Running {
  child: ChildProcess;
  finished: Promise<Finished>;
  /** Resolves when stdout or stderr holds the text. */
  sees(text: string): Promise<void>;
}

/** Parsed JSON of any shape, for reading in assertions. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape itself
export type Answer = any;

/** A folder of its own with the built command in it, gone after the test. */
export interface Rig {
  folder: string;
  env: Readonly<Record<string, string>>;
  run(args: readonly string[], options?: RunOptions): Promise<Finished>;
  start(args: readonly string[], options?: RunOptions): Running;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  /** Puts a shell script on the PATH of the rig, and returns its file. */
  program(name: string, script: string): Promise<string>;
  json(args: readonly string[], options?: RunOptions): Promise<{ code: number | null; answer: Answer }>;
}

/** A rig for the test that runs now. A test that fails prints all that was run and what came out. */
export async function makeRig(): Promise<Rig> {
  const folder = await mkdtemp(path.join(tmpdir(), 'node-tutor-rig-'));
  await chmod(folder, 0o755);
  const home = path.join(folder, '.home');
  await mkdir(home);
  const bin = path.join(home, 'bin');
  await mkdir(bin);
  await writeFile(path.join(bin, 'node-tutor'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`, {
    mode: 0o755,
  });
  const cache = path.join(home, '.cache', 'node-tutor');
  await mkdir(cache, { recursive: true });
  await mkdir(path.join(TEST_CACHE, 'packages'), { recursive: true });
  await symlink(path.join(TEST_CACHE, 'packages'), path.join(cache, 'packages'), 'junction');
  const PATH = [bin, process.env.PATH].join(path.delimiter);
  const env = {
    PATH,
    HOME: home,
    USERPROFILE: home,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
  };
  const transcript: string[] = [];
  const children = new Set<ChildProcess>();
  onTestFailed(() => {
    process.stderr.write(`\n--- transcript ---\n${transcript.join('\n')}\n---\n`);
  });
  onTestFinished(async () => {
    for (const child of children) child.kill('SIGKILL');
    // A tutor whose terminal is gone still saves what it has.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });

  const start = (args: readonly string[], options: RunOptions = {}): Running => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: path.join(folder, options.cwd ?? ''),
      env: { ...env, ...options.env },
      ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
    });
    children.add(child);
    const running = watch(child);
    child.stdin.on('error', () => {});
    child.stdin.end(options.stdin ?? '');
    const finished = running.finished.then((result) => {
      children.delete(child);
      transcript.push(
        `$ node-tutor ${args.join(' ')}`,
        result.stdout,
        result.stderr,
        `[exit ${result.code ?? result.signal}]`,
      );
      return result;
    });
    return { ...running, finished };
  };
  const run = (args: readonly string[], options?: RunOptions) => start(args, options).finished;

  return {
    folder,
    env,
    run,
    start,
    async json(args, options) {
      const { code, stdout } = await run([...args, '--json'], options);
      return { code, answer: JSON.parse(stdout) };
    },
    async write(file, text) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    },
    read: (file) => readFile(path.join(folder, file), 'utf8'),
    async program(name, script) {
      const file = path.join(bin, name);
      await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return file;
    },
  };
}

function watch(child: ChildProcess): Running {
  const output = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const look of waiting) look();
    });
  }
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  const sees = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!output.stdout.includes(text) && !output.stderr.includes(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      finished.then(() => reject(new Error(`it ended without: ${text}\n${output.stdout}${output.stderr}`)), reject);
    });
  return { child, finished, sees };
}
