import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import type { Command } from '../model/layer.ts';

/** A started child and its streams. */
export interface Child {
  process: ChildProcess;
  pid: number;
  /** File that its stdin is; what is written to it before `go` is its input. */
  input: string;
  stdout: Readable;
  stderr: Readable;
  /** Reports come on it, `go` leaves on it. */
  channel: Duplex;
}

/**
 * Starts a command in a process group of its own. Its stdin is a file, because programs may open a file anew (`/dev/stdin`), but not a socket.
 * @param folder where the contents of its extra descriptors are kept while it starts
 * @throws Error of the system when it cannot be started
 */
export function startChild(command: Command, folder: string): Promise<Child> {
  const descriptors = command.inherit.map((bytes, index) => openOnce(bytes, path.join(folder, `fd-${index}`)));
  const input = path.join(folder, 'stdin');
  const stdin = openBytes(new Uint8Array(), input);
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: [stdin, 'pipe', 'pipe', 'pipe', ...descriptors],
    ...command.user,
  });
  for (const descriptor of [stdin, ...descriptors]) fs.closeSync(descriptor);
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null) {
    return new Promise((_resolve, reject) => child.once('error', reject));
  }
  return Promise.resolve({ process: child, pid, input, stdout, stderr, channel: child.stdio[3] as Duplex });
}

/** A descriptor to read the bytes from; their file has no name any more. */
function openOnce(bytes: Uint8Array, file: string): number {
  const descriptor = openBytes(bytes, file);
  fs.unlinkSync(file);
  return descriptor;
}

/** A descriptor to read the file of these bytes from, now and when it has grown. */
function openBytes(bytes: Uint8Array, file: string): number {
  fs.writeFileSync(file, bytes, { mode: 0o644 });
  return fs.openSync(file, 'r');
}
