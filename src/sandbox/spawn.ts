import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Command } from '../model/layer.ts';

/** A started child and its streams. */
export interface Child {
  process: ChildProcess;
  pid: number;
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Reports come on it, `go` leaves on it. */
  channel: Duplex;
}

/**
 * Starts a command in a process group of its own.
 * @param folder where the contents of its extra descriptors are kept while it starts
 * @throws Error of the system when it cannot be started
 */
export function startChild(command: Command, folder: string): Promise<Child> {
  const descriptors = command.inherit.map((bytes, index) => openBytes(bytes, path.join(folder, `fd-${index}`)));
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...descriptors],
    ...command.user,
  });
  for (const descriptor of descriptors) fs.closeSync(descriptor);
  const { pid, stdin, stdout, stderr } = child;
  if (pid === undefined || stdin === null || stdout === null || stderr === null) {
    return new Promise((_resolve, reject) => child.once('error', reject));
  }
  stdin.on('error', () => stdin.destroy());
  return Promise.resolve({ process: child, pid, stdin, stdout, stderr, channel: child.stdio[3] as Duplex });
}

/** A descriptor to read the bytes from; their file has no name any more. */
function openBytes(bytes: Uint8Array, file: string): number {
  fs.writeFileSync(file, bytes, { mode: 0o600 });
  const descriptor = fs.openSync(file, 'r');
  fs.unlinkSync(file);
  return descriptor;
}
