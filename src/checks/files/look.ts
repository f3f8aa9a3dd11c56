import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../model/error.ts';

/** What stands at a path of a folder that hostile code has written to. */
export type Seen =
  | { kind: 'absent' }
  | { kind: 'file'; size: number; file: string }
  | { kind: 'folder'; names: readonly string[] }
  /** Something that is not looked into: a link (which is not followed), a pipe, a socket. */
  | { kind: 'link' | 'special' }
  | { kind: 'unreadable'; reason: string };

const MOST_NAMES = 10_000;
const CHUNK_BYTES = 1024 * 1024;

/** Looks at a path below a folder without following any link. */
export function lookAt(folder: string, inner: string): Seen {
  let file = folder;
  const parts = inner.split('/');
  try {
    for (const [index, part] of parts.entries()) {
      file = path.join(file, part);
      const stats = fs.lstatSync(file, { throwIfNoEntry: false });
      if (stats === undefined) return { kind: 'absent' };
      if (stats.isSymbolicLink()) return { kind: 'link' };
      if (stats.isDirectory()) continue;
      if (index < parts.length - 1) return { kind: 'absent' };
      return stats.isFile() ? { kind: 'file', size: stats.size, file } : { kind: 'special' };
    }
    return { kind: 'folder', names: fs.readdirSync(file).slice(0, MOST_NAMES) };
  } catch (error) {
    return { kind: 'unreadable', reason: errorCode(error) ?? String(error) };
  }
}

/** The first `cap` bytes of a file that `lookAt` has seen. @throws Error of the system */
export function readStart(file: string, cap: number): Buffer {
  const chunks: Buffer[] = [];
  let left = cap;
  for (const chunk of readChunks(file)) {
    chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return Buffer.concat(chunks);
}

/** A file's bytes in pieces of its own; opened without following a link and without waiting for a pipe. @throws Error of the system */
export function* readChunks(file: string): Generator<Buffer> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const descriptor = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!fs.fstatSync(descriptor).isFile()) return;
    for (;;) {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = fs.readSync(descriptor, buffer);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Paths of files and folders below a folder, links left out; at most `most`. */
export function listBelow(folder: string, most: number): string[] {
  const found: string[] = [];
  const pending = [''];
  for (let next = pending.pop(); next !== undefined && found.length < most; next = pending.pop()) {
    for (const name of namesIn(path.join(folder, next))) {
      const inner = next === '' ? name : `${next}/${name}`;
      const stats = fs.lstatSync(path.join(folder, inner), { throwIfNoEntry: false });
      if (name === 'node_modules' || stats === undefined || found.length >= most) continue;
      if (stats.isFile() || stats.isDirectory()) found.push(inner);
      if (stats.isDirectory()) pending.push(inner);
    }
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** Where two streams of bytes first differ, counted from 0; undefined when they are the same. */
export function firstDifference(a: Iterable<Buffer>, b: Iterable<Buffer>): number | undefined {
  const [left, right] = [pull(a), pull(b)];
  try {
    for (let offset = 0; ; ) {
      const [x, y] = [left.peek(), right.peek()];
      const length = Math.min(x.length, y.length);
      if (length === 0) return x.length === y.length ? undefined : offset;
      const [start, other] = [x.subarray(0, length), y.subarray(0, length)];
      if (!start.equals(other)) return offset + start.findIndex((byte, index) => byte !== other[index]);
      left.skip(length);
      right.skip(length);
      offset += length;
    }
  } finally {
    left.close();
    right.close();
  }
}

interface Pull {
  /** The bytes at hand; none only at the end. */
  peek(): Buffer;
  skip(length: number): void;
  close(): void;
}

/** Reads pieces of any length from a stream of bytes. */
function pull(source: Iterable<Buffer>): Pull {
  const iterator = source[Symbol.iterator]();
  let rest: Buffer = Buffer.alloc(0);
  return {
    peek() {
      while (rest.length === 0) {
        const next = iterator.next();
        if (next.done) break;
        rest = next.value;
      }
      return rest;
    },
    skip(length) {
      rest = rest.subarray(length);
    },
    close: () => void iterator.return?.(),
  };
}
