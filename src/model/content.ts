import type { FileContent } from './files.ts';
import { randomFrom } from './random.ts';

const CHUNK_BYTES = 1024 * 1024;
/** So many random bytes are drawn; the content repeats them, each time shifted. */
const NOISE_BYTES = 64 * 1024;

/** The bytes of a made file, in pieces of about a megabyte; the same at every call. */
export function* contentChunks(content: FileContent): Generator<Buffer> {
  switch (content.kind) {
    case 'text':
      yield Buffer.from(content.text);
      return;
    case 'bytes':
      yield Buffer.from(content.base64, 'base64');
      return;
    case 'noise':
      yield* noise(content.size);
      return;
    case 'lines':
      yield* inChunks(lines(content));
  }
}

function* noise(size: number): Generator<Buffer> {
  const random = randomFrom('noise');
  const bytes = Buffer.from(Array.from({ length: NOISE_BYTES }, () => Math.floor(random() * 256)));
  let left = size;
  for (let shift = 0; left > 0; shift = (shift + 1) % NOISE_BYTES) {
    const piece = bytes.subarray(shift, shift + left);
    left -= piece.length;
    yield piece;
  }
}

function* lines({ lines: count, line, size }: Extract<FileContent, { kind: 'lines' }>): Generator<string> {
  const textOf = (number: number) => line ?? `line ${number}`;
  let left = size ?? 0;
  for (let number = 1; number <= count; number++) {
    if (size === undefined) {
      yield `${textOf(number)}\n`;
      continue;
    }
    const room = Math.floor(left / (count - number + 1));
    left -= room;
    yield `${textOf(number)
      .padEnd(room - 1, '.')
      .slice(0, Math.max(0, room - 1))}\n`;
  }
}

function* inChunks(pieces: Iterable<string>): Generator<Buffer> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK_BYTES) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
