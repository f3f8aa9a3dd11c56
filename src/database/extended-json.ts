import { Binary, BSONRegExp, Decimal128, Double, ObjectId, Timestamp } from 'bson';
import type { Value } from '../model/course.ts';
import { type Document, document, isDocument } from './embedded/values/document.ts';

/** What a one-word document such as `{ $oid: … }` stands for. */
const READERS: ReadonlyMap<string, (value: Value) => unknown> = new Map<string, (value: Value) => unknown>([
  ['$oid', (value) => new ObjectId(String(value))],
  ['$date', (value) => new Date(value as string | number)],
  ['$numberDecimal', (value) => Decimal128.fromString(String(value))],
  ['$numberLong', (value) => BigInt(String(value))],
  ['$numberDouble', (value) => new Double(Number(value))],
]);

/**
 * JSON-like data as BSON values, with MongoDB's Extended JSON for what JSON has no word for.
 *
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/
 */
export function fromExtendedJson(value: Value): unknown {
  if (Array.isArray(value)) {
    return value.map(fromExtendedJson);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const [only] = entries;
  const read = entries.length === 1 && only ? READERS.get(only[0]) : undefined;
  return read && only ? read(only[1]) : document(entries.map(([name, item]) => [name, fromExtendedJson(item)]));
}

/** BSON values as JSON-like data; numbers as numbers, whatever their type. */
export function toExtendedJson(value: unknown): Value {
  if (Array.isArray(value)) {
    return value.map(toExtendedJson);
  }
  if (isDocument(value)) {
    return documentToJson(value);
  }
  return typeof value === 'object' && value !== null ? objectToJson(value) : scalarToJson(value);
}

/** A document as JSON-like data. */
export function documentToJson(value: Document): { [field: string]: Value } {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toExtendedJson(item)]));
}

function scalarToJson(value: unknown): Value {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : { $numberLong: String(value) };
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function objectToJson(value: object): Value {
  if (value instanceof ObjectId) {
    return { $oid: value.toHexString() };
  }
  if (value instanceof Date) {
    return { $date: Number.isNaN(value.getTime()) ? 'an invalid date' : value.toISOString() };
  }
  if (value instanceof Double) {
    return value.value;
  }
  if (value instanceof Decimal128) {
    return { $numberDecimal: value.toString() };
  }
  if (value instanceof BSONRegExp) {
    return { $regex: value.pattern, $options: value.options };
  }
  if (value instanceof Binary) {
    return { $binary: value.toString('base64') };
  }
  return value instanceof Timestamp ? { $timestamp: String(value.toBigInt()) } : { $type: value.constructor.name };
}
