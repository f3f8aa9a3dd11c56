import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import type { Command } from '../model/layer.ts';

/** A started child and its streams. */
export interface Child {
  process: ChildProcess;
  pid: number;
  /** The run's own folder, with all that it may write. */
  folder: string;
  /** File that its stdin is; what is written to it before `go` is its input. */
  input: string;
  stdout: Readable;
  stderr: Readable;
  /** Reports come on it, `go` leaves on it. */
  channel: Duplex;
}

/** A child with the tutor's own standard streams. */
export type LiveChild = Pick<Child, 'process' | 'pid' | 'channel'>;

/** Starts a command that reads and writes where the tutor does; see `startChild`. */
export function startLive(command: Command, folder: string): Promise<LiveChild> {
  const child = spawnWith(command, ['inherit', 'inherit', 'inherit'], folder);
  const { pid } = child;
  if (pid === undefined) return new Promise((_resolve, reject) => child.once('error', reject));
  return Promise.resolve({ process: child, pid, channel: child.stdio[3] as Duplex });
}

/**
 * Starts a command in a process group of its own. Its stdin is a file, because programs may open a file anew (`/dev/stdin`), but not a socket.
 * @param folder where the contents of its extra descriptors are kept while it starts
 * @throws Error of the system when it cannot be started
 */
export function startChild(command: Command, folder: string): Promise<Child> {
  const input = path.join(folder, 'stdin');
  const { O_RDONLY, O_CREAT } = fs.constants;
  const stdin = fs.openSync(input, O_RDONLY | O_CREAT, 0o644);
  const child = spawnWith(command, [stdin, 'pipe', 'pipe'], folder);
  fs.closeSync(stdin);
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null) {
    return new Promise((_resolve, reject) => child.once('error', reject));
  }
  return Promise.resolve({ process: child, pid, folder, input, stdout, stderr, channel: child.stdio[3] as Duplex });
}

/** Spawns with these standard streams, the channel, and what the command inherits. */
function spawnWith(command: Command, streams: readonly (number | 'inherit' | 'pipe')[], folder: string): ChildProcess {
  const descriptors = command.inherit.map((bytes, index) => openOnce(bytes, path.join(folder, `fd-${index}`)));
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: [...streams, 'pipe', ...descriptors],
    ...command.user,
  });
  for (const descriptor of descriptors) fs.closeSync(descriptor);
  return child;
}

/** A descriptor to read the bytes from; their file has no name anymore. */
function openOnce(bytes: Uint8Array, file: string): number {
  fs.writeFileSync(file, bytes, { mode: 0o644 });
  const descriptor = fs.openSync(file, 'r');
  fs.unlinkSync(file);
  return descriptor;
}
