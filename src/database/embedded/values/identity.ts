import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { compare } from './compare.ts';
import { type Document, isDocument } from './document.ts';
import { exact } from './number.ts';
import { isNumeric, type Numeric, toNumber, typeName } from './types.ts';

/** What a collation makes of a text before texts are taken for equal. */
export type TextFold = (text: string) => string;

/**
 * A text that is the same for two values exactly when they are equal to the query language. Keys of maps for `_id`,
 * indexes, `$group`, `distinct` and the set operators.
 */
export function identity(value: unknown, fold?: TextFold): string {
  switch (typeof value) {
    case 'string':
      return text(value, fold);
    case 'undefined':
      return 'z';
    case 'boolean':
      return value ? 't' : 'f';
    case 'number':
    case 'bigint':
      return numberIdentity(value);
    default:
      return value === null ? 'z' : objectIdentity(value as object, fold);
  }
}

function text(value: string, fold: TextFold | undefined): string {
  return `s${JSON.stringify(fold ? fold(value) : value)}`;
}

function numberIdentity(value: Numeric): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return `n${withoutZeros(String(value === 0 ? 0 : value), 0)}`;
  }
  const parts = exact(value);
  return parts ? `n${withoutZeros(String(parts.digits), parts.exponent)}` : `n${toNumber(value)}`;
}

/** One way to write each number: no zeros at the end of the digits. */
function withoutZeros(digits: string, exponent: number): string {
  if (digits === '0') {
    return '0';
  }
  const short = digits.replace(/0+$/, '');
  return `${short}e${exponent + digits.length - short.length}`;
}

function objectIdentity(value: object, fold: TextFold | undefined): string {
  if (value instanceof ObjectId) {
    return `i${value.toHexString()}`;
  }
  if (value instanceof Date) {
    return `d${value.getTime()}`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => identity(item, fold)).join()}]`;
  }
  if (isDocument(value)) {
    return `{${Object.keys(value)
      .map((name) => `${JSON.stringify(name)}:${identity(value[name], fold)}`)
      .join()}}`;
  }
  return isNumeric(value) ? numberIdentity(value) : rareIdentity(value, fold);
}

function rareIdentity(value: object, fold: TextFold | undefined): string {
  if (value instanceof Binary) {
    return `x${value.sub_type}:${value.toString('base64')}`;
  }
  if (value instanceof BSONRegExp) {
    return `r${JSON.stringify(value.pattern)}/${value.options}`;
  }
  if (value instanceof Timestamp) {
    return `T${value.toBigInt()}`;
  }
  if (value instanceof BSONSymbol) {
    return text(value.value, fold);
  }
  return value instanceof Code ? `c${JSON.stringify(value.code)}` : `?${typeName(value)}`;
}

/** Whether two values are the same also in their types: an update that makes 1 of 1.0 changes the document. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (typeName(left) !== typeName(right)) {
    return false;
  }
  if (Array.isArray(left)) {
    const other = right as unknown[];
    return left.length === other.length && left.every((item, index) => isSame(item, other[index]));
  }
  if (isDocument(left)) {
    return isSameDocument(left, right as Document);
  }
  return typeName(left) === 'decimal' ? String(left) === String(right) : compare(left, right) === 0;
}

function isSameDocument(left: Document, right: Document): boolean {
  const [names, others] = [Object.keys(left), Object.keys(right)];
  return (
    names.length === others.length &&
    names.every((name, index) => name === others[index] && isSame(left[name], right[name]))
  );
}
