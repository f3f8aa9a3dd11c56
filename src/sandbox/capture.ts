import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { Captured } from '../model/run.ts';

/** What one output stream has given so far. */
export interface Capture {
  /** Output so far, decoded. */
  text(): string;
  /** Everything kept, decoded once. */
  finish(): Captured;
}

/**
 * Keeps the first `cap` bytes of a stream and lets the rest go, so that a flood never grows the grader.
 * @param onOverflow called once, when more than `cap` bytes came
 */
export function capture(stream: Readable, cap: number, onOverflow: () => void): Capture {
  const chunks: Buffer[] = [];
  let kept = 0;
  let truncated = false;
  stream.on('data', (chunk: Buffer) => {
    if (kept + chunk.length <= cap) {
      chunks.push(chunk);
      kept += chunk.length;
      return;
    }
    if (truncated) return;
    truncated = true;
    chunks.push(chunk.subarray(0, cap - kept));
    kept = cap;
    onOverflow();
  });
  stream.on('error', () => stream.destroy());
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    finish() {
      const whole = Buffer.concat(chunks);
      const bytes = truncated ? withoutCutCharacter(whole) : whole;
      return { text: bytes.toString('utf8'), invalidUtf8: !isUtf8(bytes), truncated };
    },
  };
}

/** Without the first bytes of a character whose rest the cap cut off. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let length = bytes.length - 1; length >= bytes.length - 3 && length >= 0; length--) {
    const byte = bytes[length] ?? 0;
    if (byte >= 0xc0) return isUtf8(bytes.subarray(length)) ? bytes : bytes.subarray(0, length);
    if (byte < 0x80) return bytes;
  }
  return bytes;
}
