import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeOwnFolder } from '../model/own-folder.ts';

/** How long a server may take until it listens, in milliseconds. */
const START_TIMEOUT = 15_000;
const HOST = '127.0.0.1';

/** A server that was started for a session. */
export interface DatabaseProcess {
  host: string;
  port: number;
  /** Resolves when it has ended by itself. */
  ended: Promise<string>;
  /** Ends it, and removes what it has written. */
  close(): Promise<void>;
}

/** Starts the embedded server from `database.cjs` in `dist`. @throws Error when it does not come up */
export async function startEmbedded(dist: string): Promise<DatabaseProcess> {
  const { child, hello } = spawnEmbedded(dist, { port: 0, host: HOST });
  const ended = endOf(child);
  const { port } = await Promise.race([hello, ended.then(didNotStart)]);
  return { host: HOST, port, ended, close: () => kill(child) };
}

/** The first line that the server prints. */
export interface Hello {
  port: number;
  damaged: readonly string[];
}

/** Its process has a larger young generation, since documents live long, and a session of its own, so that Ctrl-C does not reach it. */
export function spawnEmbedded(dist: string, options: object): { child: ChildProcess; hello: Promise<Hello> } {
  const args = ['--max-semi-space-size=64', path.join(dist, 'database.cjs'), JSON.stringify(options)];
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {},
    detached: true,
    windowsHide: true,
  });
  child.stdin?.on('error', () => undefined);
  return { child, hello: firstLine(child) };
}

async function firstLine(child: ChildProcess): Promise<Hello> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const said = JSON.parse(line) as Partial<Hello> & { error?: string; code?: string };
    if (said.port !== undefined) return { port: said.port, damaged: said.damaged ?? [] };
    throw Object.assign(new Error(said.error), { code: said.code });
  }
  return didNotStart('it said nothing');
}

/** Starts a private `mongod` on a free port, with a folder of its own. @throws Error when it does not come up */
export async function startMongod(file: string): Promise<DatabaseProcess> {
  const folder = makeOwnFolder({ kind: 'mongod' });
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const port = await freePort();
  const child = spawn(file, ['--dbpath', data, '--port', String(port), '--bind_ip', HOST, '--quiet'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const close = async () => {
    await kill(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const ended = endOf(child);
  try {
    await Promise.race([listens(child), ended.then(didNotStart)]);
  } catch (error) {
    await close();
    throw error;
  }
  child.stdout?.resume();
  return { host: HOST, port, ended, close };
}

async function listens(child: ChildProcess): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT);
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (/waiting for connections/i.test(line)) {
      clearTimeout(timer);
      return;
    }
  }
  clearTimeout(timer);
  didNotStart('it never listened');
}

export function didNotStart(how: string): never {
  throw new Error(`The database did not start: ${how}.`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, HOST, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Resolves when a process has ended, with how. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
