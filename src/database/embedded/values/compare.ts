import { Binary, BSONRegExp, BSONSymbol, Code, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Document, isDocument } from './document.ts';
import { compareNumbers } from './number.ts';
import { isNumeric, type Numeric } from './types.ts';

/** Orders two texts: by bytes, or as a collation says. */
export type TextOrder = (left: string, right: string) => number;

/**
 * The place of a value's type in the order of BSON types; types of one place are compared by value.
 *
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function typeOrder(value: unknown): number {
  switch (typeof value) {
    case 'undefined':
      return ORDER.null;
    case 'number':
    case 'bigint':
      return ORDER.number;
    case 'string':
      return ORDER.text;
    case 'boolean':
      return ORDER.boolean;
    default:
      return value === null ? ORDER.null : objectOrder(value as object);
  }
}

/** Places of the types, with MongoDB's own numbers. */
export const ORDER = {
  minKey: -1,
  null: 5,
  number: 10,
  text: 15,
  document: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  maxKey: 127,
} as const;

const CLASS_ORDER: readonly (readonly [new (...args: never[]) => object, number])[] = [
  [ObjectId, ORDER.objectId],
  [Date, ORDER.date],
  [Binary, ORDER.binary],
  [Timestamp, ORDER.timestamp],
  [BSONRegExp, ORDER.regex],
  [BSONSymbol, ORDER.text],
  [Code, ORDER.code],
  [MinKey, ORDER.minKey],
  [MaxKey, ORDER.maxKey],
];

function objectOrder(value: object): number {
  if (isDocument(value)) {
    return ORDER.document;
  }
  if (Array.isArray(value)) {
    return ORDER.array;
  }
  if (isNumeric(value)) {
    return ORDER.number;
  }
  return CLASS_ORDER.find(([kind]) => value instanceof kind)?.[1] ?? ORDER.document;
}

/** By UTF-8 bytes, as the server compares without a collation; JavaScript's `<` differs above U+D7FF. */
export const byBytes: TextOrder = (left, right) => {
  if (left === right) {
    return 0;
  }
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (a !== b) {
      return a >= 0xd800 && b >= 0xd800 ? Math.sign(byteRank(a) - byteRank(b)) : a < b ? -1 : 1;
    }
  }
  return Math.sign(left.length - right.length);
};

function byteRank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Orders any two values as the server sorts them; missing counts as null. */
export function compare(left: unknown, right: unknown, texts: TextOrder = byBytes): number {
  const order = typeOrder(left);
  const difference = order - typeOrder(right);
  return difference === 0 ? compareWithin(order, [left, right], texts) : Math.sign(difference);
}

function compareWithin(order: number, [left, right]: readonly [unknown, unknown], texts: TextOrder): number {
  switch (order) {
    case ORDER.number:
      return compareNumbers(left as Numeric, right as Numeric);
    case ORDER.text:
      return texts(textOf(left), textOf(right));
    case ORDER.document:
      return compareDocuments(left as Document, right as Document, texts);
    case ORDER.array:
      return compareArrays(left as unknown[], right as unknown[], texts);
    case ORDER.boolean:
      return Number(left) - Number(right);
    case ORDER.date:
      return Math.sign((left as Date).getTime() - (right as Date).getTime());
    default:
      return compareRare(order, left, right);
  }
}

function compareRare(order: number, left: unknown, right: unknown): number {
  switch (order) {
    case ORDER.objectId:
      return Buffer.compare((left as ObjectId).id, (right as ObjectId).id);
    case ORDER.binary:
      return compareBinaries(left as Binary, right as Binary);
    case ORDER.timestamp:
      return Number((left as Timestamp).comp(right as Timestamp));
    case ORDER.regex: {
      const [a, b] = [left as BSONRegExp, right as BSONRegExp];
      return byBytes(a.pattern, b.pattern) || byBytes(a.options, b.options);
    }
    case ORDER.code:
      return byBytes(String((left as Code).code), String((right as Code).code));
    default:
      return 0;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (value as BSONSymbol).value;
}

/** Field by field in their order: first the types, then the names, then the values; the shorter one first. */
function compareDocuments(left: Document, right: Document, texts: TextOrder): number {
  const [leftNames, rightNames] = [Object.keys(left), Object.keys(right)];
  for (let index = 0; index < Math.min(leftNames.length, rightNames.length); index++) {
    const [a, b] = [leftNames[index] as string, rightNames[index] as string];
    const found =
      Math.sign(typeOrder(left[a]) - typeOrder(right[b])) || byBytes(a, b) || compare(left[a], right[b], texts);
    if (found) {
      return found;
    }
  }
  return Math.sign(leftNames.length - rightNames.length);
}

function compareArrays(left: readonly unknown[], right: readonly unknown[], texts: TextOrder): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const found = compare(left[index], right[index], texts);
    if (found) {
      return found;
    }
  }
  return Math.sign(left.length - right.length);
}

function compareBinaries(left: Binary, right: Binary): number {
  const [a, b] = [left.buffer.subarray(0, left.position), right.buffer.subarray(0, right.position)];
  return Math.sign(a.length - b.length) || Math.sign(left.sub_type - right.sub_type) || Buffer.compare(a, b);
}

/** Whether two values are equal to the query language: 1 equals 1.0, documents also need one order of fields. */
export function equals(left: unknown, right: unknown, texts: TextOrder = byBytes): boolean {
  return typeOrder(left) === typeOrder(right) && compare(left, right, texts) === 0;
}
