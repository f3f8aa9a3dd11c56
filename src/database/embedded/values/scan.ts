import { CommandError } from '../errors.ts';
import { MAX_DEPTH } from './decode.ts';

/** What a look at a document's bytes tells. */
export interface Scan {
  /** Its `_id` as hexadecimal digits, where that is an ObjectId. */
  objectId: string | undefined;
  /** It has a timestamp at its top, which the server may have to fill in. */
  hasTimestamp: boolean;
}

/** Bytes of the values that always take as many; the others say how long they are. */
const SIZES: Readonly<Record<number, number>> = {
  1: 8,
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};

const STRING_TYPES = [0x02, 0x0d, 0x0e];
const OBJECT_ID = 0x07;
const TIMESTAMP = 0x11;

/**
 * Walks through a document without making its values: what comes out of it can be decoded. Costs a fraction of that.
 *
 * @throws CommandError 22 and 15, as {@link decode} does
 */
export function scan(bytes: Buffer): Scan {
  const found: Scan = { objectId: undefined, hasTimestamp: false };
  const end = walk(bytes, { at: 0, depth: 0, found });
  if (end !== bytes.length) {
    throw invalid('bytes follow the document');
  }
  return found;
}

function invalid(why: string): CommandError {
  return new CommandError(22, `Invalid BSON: ${why}`);
}

function walk(bytes: Buffer, { at: start, depth, found }: { at: number; depth: number; found?: Scan }): number {
  if (depth > MAX_DEPTH) {
    throw new CommandError(15, `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
  }
  const end = start + int32(bytes, start);
  if (end < start + 5 || end > bytes.length || bytes[end - 1] !== 0) {
    throw invalid('a document has a wrong length');
  }
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at] as number;
    const value = nameEnd(bytes, at + 1);
    if (found) {
      note(bytes, { type, name: at + 1, value }, found);
    }
    at = valueEnd(bytes, { type, at: value, depth });
  }
  if (at !== end - 1) {
    throw invalid('a document does not end where it says');
  }
  return end;
}

function note(bytes: Buffer, { type, name, value }: { type: number; name: number; value: number }, found: Scan): void {
  if (type === TIMESTAMP) {
    found.hasTimestamp = true;
  }
  const isId = value - name === 4 && bytes[name] === 0x5f && bytes[name + 1] === 0x69 && bytes[name + 2] === 0x64;
  if (isId && type === OBJECT_ID) {
    found.objectId = bytes.toString('hex', value, value + 12);
  }
}

function valueEnd(bytes: Buffer, { type, at, depth }: { type: number; at: number; depth: number }): number {
  const size = SIZES[type];
  if (size !== undefined) {
    return at + size;
  }
  if (type === 0x03 || type === 0x04) {
    return walk(bytes, { at, depth: depth + 1 });
  }
  if (STRING_TYPES.includes(type)) {
    return textEnd(bytes, at);
  }
  switch (type) {
    case 0x05:
      return at + 5 + positive(int32(bytes, at));
    case 0x0b:
      return nameEnd(bytes, nameEnd(bytes, at));
    case 0x0c:
      return textEnd(bytes, at) + 12;
    case 0x0f:
      return walk(bytes, { at: textEnd(bytes, at + 4), depth: depth + 1 });
    default:
      throw invalid(`there is no type 0x${type.toString(16)}`);
  }
}

function int32(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) {
    throw invalid('it ends too early');
  }
  return bytes.readInt32LE(at);
}

function positive(length: number): number {
  if (length < 0) {
    throw invalid('a value has a wrong length');
  }
  return length;
}

function textEnd(bytes: Buffer, at: number): number {
  const end = at + 4 + int32(bytes, at);
  if (end < at + 5 || end > bytes.length || bytes[end - 1] !== 0) {
    throw invalid('a text has a wrong length');
  }
  return end;
}

function nameEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] !== 0) {
    if (at >= bytes.length) {
      throw invalid('a name does not end');
    }
    at += 1;
  }
  return at + 1;
}
