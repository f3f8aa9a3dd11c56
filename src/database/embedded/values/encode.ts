import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { MAX_DEPTH } from './decode.ts';

const INT32_MAX = 0x7fffffff;

/**
 * Writes a document, or a plain object that the server built, as BSON. Fields that are `undefined` are left out;
 * a number is an int32 where it can be one and a double otherwise.
 */
export function encode(value: object): Buffer {
  const writer = new Writer();
  writer.document(value, 0);
  return writer.done();
}

/** Bytes that a document takes as BSON. */
export function sizeOf(value: object): number {
  return encode(value).length;
}

/** Whether a number is stored as an int32. */
export function isInt32(value: number): boolean {
  return Number.isInteger(value) && value <= INT32_MAX && value >= -INT32_MAX - 1 && !Object.is(value, -0);
}

/** A document that is already written, to be put into another one as it is. */
export class EncodedDocument {
  readonly bytes: Buffer;

  constructor(value: object) {
    this.bytes = encode(value);
  }
}

class Writer {
  #bytes = Buffer.allocUnsafe(512);
  #at = 0;

  done(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  document(value: object, depth: number): void {
    if (depth > MAX_DEPTH) {
      throw new CommandError(15, `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
    }
    const start = this.#at;
    this.#int32(0);
    for (const name in value) {
      this.#field(name, (value as Record<string, unknown>)[name], depth);
    }
    this.#byte(0);
    this.#bytes.writeInt32LE(this.#at - start, start);
  }

  #array(values: readonly unknown[], depth: number): void {
    const start = this.#at;
    this.#int32(0);
    for (const [index, value] of values.entries()) {
      this.#field(String(index), value === undefined ? null : value, depth);
    }
    this.#byte(0);
    this.#bytes.writeInt32LE(this.#at - start, start);
  }

  #field(name: string, value: unknown, depth: number): void {
    if (typeof value === 'string') {
      this.#head(0x02, name);
      this.#text(value);
    } else if (typeof value === 'number') {
      this.#number(name, value);
    } else if (typeof value === 'bigint') {
      this.#head(0x12, name);
      this.#int64(value);
    } else if (typeof value === 'boolean') {
      this.#head(0x08, name);
      this.#byte(value ? 1 : 0);
    } else if (value === null) {
      this.#head(0x0a, name);
    } else if (typeof value === 'object') {
      this.#object(name, value, depth);
    }
  }

  #number(name: string, value: number): void {
    if (isInt32(value)) {
      this.#head(0x10, name);
      this.#int32(value);
    } else {
      this.#head(0x01, name);
      this.#double(value);
    }
  }

  #object(name: string, value: object, depth: number): void {
    if (Array.isArray(value)) {
      this.#head(0x04, name);
      this.#array(value, depth + 1);
    } else if (value instanceof ObjectId) {
      this.#head(0x07, name);
      this.#raw(value.id);
    } else if (value instanceof Date) {
      this.#head(0x09, name);
      this.#int64(BigInt(value.getTime()));
    } else if (value instanceof Double) {
      this.#head(0x01, name);
      this.#double(value.value);
    } else if (value instanceof EncodedDocument) {
      this.#head(0x03, name);
      this.#raw(value.bytes);
    } else if (!this.#rare(name, value, depth)) {
      this.#head(0x03, name);
      this.document(value, depth + 1);
    }
  }

  #rare(name: string, value: object, depth: number): boolean {
    if (value instanceof Binary) {
      this.#head(0x05, name);
      this.#int32(value.position);
      this.#byte(value.sub_type);
      this.#raw(value.buffer.subarray(0, value.position));
    } else if (value instanceof BSONRegExp) {
      this.#head(0x0b, name);
      this.#zeroEnded(value.pattern);
      this.#zeroEnded(value.options);
    } else if (value instanceof Decimal128) {
      this.#head(0x13, name);
      this.#raw(value.bytes);
    } else if (value instanceof Timestamp) {
      this.#head(0x11, name);
      this.#int64(value.toBigInt());
    } else if (value instanceof Code) {
      this.#code(name, value, depth);
    } else if (value instanceof BSONSymbol) {
      this.#head(0x0e, name);
      this.#text(value.value);
    } else if (value instanceof MinKey || value instanceof MaxKey) {
      this.#head(value instanceof MinKey ? 0xff : 0x7f, name);
    } else {
      return false;
    }
    return true;
  }

  #code(name: string, value: Code, depth: number): void {
    if (value.scope) {
      this.#head(0x0f, name);
      const start = this.#at;
      this.#int32(0);
      this.#text(String(value.code));
      this.document(value.scope, depth + 1);
      this.#bytes.writeInt32LE(this.#at - start, start);
    } else {
      this.#head(0x0d, name);
      this.#text(String(value.code));
    }
  }

  #head(type: number, name: string): void {
    this.#byte(type);
    this.#zeroEnded(name);
  }

  #room(length: number): void {
    if (this.#at + length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + length));
      this.#bytes.copy(larger, 0, 0, this.#at);
      this.#bytes = larger;
    }
  }

  #byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = value;
  }

  #int32(value: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeInt32LE(value, this.#at);
  }

  #int64(value: bigint): void {
    this.#room(8);
    this.#at = this.#bytes.writeBigInt64LE(BigInt.asIntN(64, value), this.#at);
  }

  #double(value: number): void {
    this.#room(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  #text(value: string): void {
    const start = this.#at;
    this.#int32(0);
    this.#zeroEnded(value);
    this.#bytes.writeInt32LE(this.#at - start - 4, start);
  }

  #zeroEnded(value: string): void {
    this.#room(value.length * 3 + 1);
    this.#at += this.#bytes.write(value, this.#at);
    this.#byte(0);
  }

  #raw(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }
}
