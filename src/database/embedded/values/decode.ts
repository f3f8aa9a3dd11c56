import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { type Document, document } from './document.ts';

/** As deep as MongoDB lets documents and arrays nest (`maxBSONDepth`). */
export const MAX_DEPTH = 200;

/**
 * Reads BSON into the values that the server works with: int32 as a number, int64 as a bigint, a double as a number
 * when it has a fraction and as bson's `Double` when it is whole (so that types survive), text, boolean, null, Date,
 * arrays, {@link Document}, and bson's classes for the rest.
 *
 * @throws CommandError 22 for bytes that are no BSON, 15 for nesting beyond {@link MAX_DEPTH}
 * @see https://bsonspec.org/spec.html
 */
export function decode(bytes: Buffer): Document {
  const reader = new Reader(bytes);
  try {
    const value = reader.document(0);
    if (reader.at !== bytes.length) {
      throw invalid('bytes follow the document');
    }
    return value;
  } catch (error) {
    throw error instanceof RangeError ? invalid('it ends too early') : error;
  }
}

function invalid(why: string): CommandError {
  return new CommandError(22, `Invalid BSON: ${why}`);
}

class Reader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  document(depth: number): Document {
    const end = this.#open(depth);
    const made = document();
    while (this.at < end - 1) {
      const type = this.#byte();
      const name = this.#name();
      made[name] = this.#value(type, depth);
    }
    this.#close(end);
    return made;
  }

  #array(depth: number): unknown[] {
    const end = this.#open(depth);
    const made: unknown[] = [];
    while (this.at < end - 1) {
      const type = this.#byte();
      this.#skipName();
      made.push(this.#value(type, depth));
    }
    this.#close(end);
    return made;
  }

  #open(depth: number): number {
    if (depth > MAX_DEPTH) {
      throw new CommandError(15, `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
    }
    const start = this.at;
    const end = start + this.#int32();
    if (end < start + 5 || end > this.#bytes.length) {
      throw invalid('a document has a wrong length');
    }
    return end;
  }

  #close(end: number): void {
    if (this.at !== end - 1 || this.#byte() !== 0) {
      throw invalid('a document does not end where it says');
    }
  }

  #value(type: number, depth: number): unknown {
    switch (type) {
      case 0x01:
        return this.#double();
      case 0x02:
        return this.#text();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.#array(depth + 1);
      case 0x07:
        return new ObjectId(this.#take(12));
      case 0x08:
        return this.#byte() === 1;
      case 0x09:
        return new Date(Number(this.#int64()));
      case 0x06:
      case 0x0a:
        return null;
      case 0x10:
        return this.#int32();
      case 0x12:
        return this.#int64();
      default:
        return this.#rare(type, depth);
    }
  }

  #rare(type: number, depth: number): unknown {
    switch (type) {
      case 0x05:
        return this.#binary();
      case 0x0b:
        return regularExpression(this.#name(), this.#name());
      case 0x0c:
        return document([
          ['$ref', this.#text()],
          ['$id', new ObjectId(this.#take(12))],
        ]);
      case 0x0d:
        return new Code(this.#text());
      case 0x0e:
        return new BSONSymbol(this.#text());
      case 0x0f:
        this.#int32();
        return new Code(this.#text(), this.document(depth + 1));
      case 0x11:
        return new Timestamp(this.#int64());
      case 0x13:
        return new Decimal128(this.#take(16));
      case 0xff:
        return new MinKey();
      case 0x7f:
        return new MaxKey();
      default:
        throw invalid(`there is no type 0x${type.toString(16)}`);
    }
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.at++);
  }

  #int32(): number {
    const value = this.#bytes.readInt32LE(this.at);
    this.at += 4;
    return value;
  }

  #int64(): bigint {
    const value = this.#bytes.readBigInt64LE(this.at);
    this.at += 8;
    return value;
  }

  #double(): number | Double {
    const value = this.#bytes.readDoubleLE(this.at);
    this.at += 8;
    return Number.isInteger(value) ? new Double(value) : value;
  }

  #text(): string {
    const length = this.#int32();
    if (length < 1 || this.at + length > this.#bytes.length || this.#bytes[this.at + length - 1] !== 0) {
      throw invalid('a text has a wrong length');
    }
    const value = this.#bytes.toString('utf8', this.at, this.at + length - 1);
    this.at += length;
    return value;
  }

  #binary(): Binary {
    const length = this.#int32();
    const subType = this.#byte();
    return new Binary(this.#take(length), subType);
  }

  /** A copy of the next bytes: a slice would keep the whole message in memory. */
  #take(length: number): Buffer {
    if (length < 0 || this.at + length > this.#bytes.length) {
      throw invalid('a value has a wrong length');
    }
    const value = Buffer.from(this.#bytes.subarray(this.at, this.at + length));
    this.at += length;
    return value;
  }

  #name(): string {
    const start = this.at;
    this.#skipName();
    return this.#bytes.toString('utf8', start, this.at - 1);
  }

  #skipName(): void {
    const end = this.#bytes.indexOf(0, this.at);
    if (end === -1) {
      throw invalid('a name does not end');
    }
    this.at = end + 1;
  }
}

function regularExpression(pattern: string, options: string): BSONRegExp {
  const known = [...options].filter((option) => 'imsxlu'.includes(option)).sort();
  return new BSONRegExp(pattern, known.join(''));
}
