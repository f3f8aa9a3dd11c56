// Tries an nginx configuration and runs it, within the sandbox; prints once how that went, and goes on with nginx.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync, writeSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface DriverInput {
  token: string;
  /** nginx's own file. */
  nginx: string;
  /** What belongs into `http { … }`, with `@PORT0@` and so on for the ports. */
  config: string;
  ports: number;
}

/** How nginx took the configuration: the ports that it listens on, or what it said. */
export type DriverAnswer = { ports: readonly number[] } | { invalid: string };

const TRIES = 3;
const { token, nginx, config, ports }: DriverInput = JSON.parse(process.argv[2] ?? '{}');
const folder = path.join(os.tmpdir(), 'nginx');
const main = path.join(folder, 'nginx.conf');
const included = path.join(folder, 'learner.conf');
const args = ['-p', `${process.cwd()}${path.sep}`, '-e', 'stderr', '-c', main];

mkdirSync(folder, { recursive: true });
writeFileSync(main, mainConfig());
start(TRIES);

async function start(tries: number): Promise<void> {
  const free = await Promise.all(Array.from({ length: ports }, freePort));
  writeFileSync(
    included,
    config.replace(/@PORT(\d+)@/g, (_place, index) => String(free[Number(index)])),
  );
  const trial = spawnSync(nginx, ['-t', '-q', ...args], { encoding: 'utf8' });
  if (trial.status !== 0) return answer({ invalid: trial.stderr || String(trial.error ?? '') });
  const child = spawn(nginx, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let said = '';
  let isOver = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    process.stderr.write(text);
  });
  child.on('error', (error) => answer({ invalid: error.message }));
  child.on('close', () => {
    isOver = true;
    // Somebody else was faster to take the port.
    if (/\(98: |Address already in use/.test(said) && tries > 1) void start(tries - 1);
    else answer({ invalid: said });
  });
  for (const port of free) while (!isOver && !(await isListening(port)));
  if (!isOver) answer({ ports: free });
}

function answer(data: DriverAnswer): void {
  writeSync(1, `${token}${JSON.stringify(data)}\n`);
}

/** The grader's own configuration: one worker, all files below the run's own folder, and the learner's in it. */
function mainConfig(): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${quoted(path.join(folder, name))};`,
  );
  return [
    'daemon off;',
    'worker_processes 1;',
    `pid ${quoted(path.join(folder, 'pid'))};`,
    'error_log stderr;',
    'events { worker_connections 128; }',
    'http {',
    ...temp,
    '  access_log off;',
    `  include ${quoted(included)};`,
    '}',
    '',
  ].join('\n');
}

function quoted(file: string): string {
  return `"${file}"`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    const done = (isThere: boolean) => {
      socket.destroy();
      setTimeout(resolve, isThere ? 0 : 5, isThere);
    };
    socket.on('connect', () => done(true)).on('error', () => done(false));
  });
}
