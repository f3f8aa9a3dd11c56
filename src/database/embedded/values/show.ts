import { BSONRegExp, ObjectId } from 'bson';
import { isDocument } from './document.ts';
import { isDouble } from './number.ts';
import { isNullish, toNumber } from './types.ts';

/** A value as MongoDB's messages write it: `{ name: "Ann", age: 30 }`. */
export function show(value: unknown): string {
  if (isNullish(value)) {
    return 'null';
  }
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return value.length > 0 ? `[ ${value.map(show).join(', ')} ]` : '[]';
  }
  if (isDocument(value)) {
    const names = Object.keys(value);
    return names.length > 0 ? `{ ${names.map((name) => `${name}: ${show(value[name])}`).join(', ')} }` : '{}';
  }
  return showScalar(value);
}

function showScalar(value: unknown): string {
  if (value instanceof Date) {
    return `new Date(${value.getTime()})`;
  }
  if (value instanceof ObjectId) {
    return `ObjectId('${value.toHexString()}')`;
  }
  if (value instanceof BSONRegExp) {
    return `/${value.pattern}/${value.options}`;
  }
  if (isDouble(value)) {
    const number = toNumber(value);
    return Number.isInteger(number) ? `${number}.0` : String(number);
  }
  return String(value);
}
