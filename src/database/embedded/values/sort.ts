import { MinKey } from 'bson';
import { CommandError } from '../errors.ts';
import { compare, type TextOrder } from './compare.ts';
import { type Document, isDocument } from './document.ts';
import { isPosition } from './path.ts';
import { show } from './show.ts';
import { isNumeric, toNumber } from './types.ts';

/** Stands for an empty array in a sort: above MinKey, below all else. */
const EMPTY_ARRAY = Symbol('empty array');

/** Orders two documents. */
export type DocumentOrder = (left: Document, right: Document) => number;

/**
 * The order of a sort document such as `{ age: -1, name: 1 }`. An array sorts by its least element upwards and by its
 * greatest downwards, but as a `_id` (which only `$group` makes of one) by itself; a missing field sorts as null.
 *
 * @throws CommandError 15974 and 15975 for a direction other than 1 or -1
 * @see https://www.mongodb.com/docs/manual/reference/method/cursor.sort/
 */
export function sorter(spec: Document, texts?: TextOrder): DocumentOrder {
  const keys = Object.keys(spec).map((path) => ({ path: path.split('.'), direction: direction(path, spec[path]) }));
  return (left, right) => {
    for (const { path, direction } of keys) {
      const found = compareKeys(
        sortKey(left, { path, direction, texts }),
        sortKey(right, { path, direction, texts }),
        texts,
      );
      if (found !== 0) {
        return found * direction;
      }
    }
    return 0;
  };
}

function direction(path: string, value: unknown): 1 | -1 {
  if (isDocument(value) && value.$meta !== undefined) {
    return 1;
  }
  if (!isNumeric(value)) {
    throw new CommandError(15974, `Illegal key in $sort specification: ${path}: ${show(value)}`);
  }
  const number = toNumber(value);
  if (number !== 1 && number !== -1) {
    throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  return number;
}

interface Key {
  path: readonly string[];
  direction: 1 | -1;
  texts: TextOrder | undefined;
}

function sortKey(from: Document, { path, direction, texts }: Key): unknown {
  const single = path.length === 1 ? from[path[0] as string] : undefined;
  if (single !== undefined && !Array.isArray(single)) {
    return single;
  }
  const values = path.length === 1 && path[0] === '_id' ? [from._id ?? null] : sortValues(from, path);
  return values.reduce((best, value) => (compareKeys(value, best, texts) * direction < 0 ? value : best));
}

/**
 * The values that a path gives to a sort. A part that is a position of an array names that element alone; any other
 * part is looked for in each of the array's documents, and is null in its other elements.
 */
function sortValues(from: Document, [part = '', ...rest]: readonly string[]): unknown[] {
  return onward(from[part], rest);
}

function onward(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) {
    return path.length === 0 ? elements(value) : throughArray(value, path);
  }
  if (path.length === 0) {
    return [value ?? null];
  }
  return isDocument(value) ? sortValues(value, path) : [null];
}

function elements(values: readonly unknown[]): unknown[] {
  return values.length > 0 ? [...values] : [EMPTY_ARRAY];
}

function throughArray(values: readonly unknown[], path: readonly string[]): unknown[] {
  const [part = '', ...rest] = path;
  if (isPosition(part) && Number(part) < values.length) {
    if (values.some((item) => isDocument(item) && item[part] !== undefined)) {
      throw new CommandError(
        16746,
        `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${part}' for array: ${show(values)}`,
      );
    }
    const element = values[Number(part)];
    if (rest.length === 0 && Array.isArray(element)) {
      return element.length > 0 ? [element] : [EMPTY_ARRAY];
    }
    return onward(element, rest);
  }
  const found = values.flatMap((item) => (isDocument(item) ? sortValues(item, path) : [null]));
  return found.length > 0 ? found : [null];
}

function compareKeys(left: unknown, right: unknown, texts: TextOrder | undefined): number {
  if (left !== EMPTY_ARRAY && right !== EMPTY_ARRAY) {
    return compare(left, right, texts);
  }
  if (left === right) {
    return 0;
  }
  return left === EMPTY_ARRAY ? (right instanceof MinKey ? 1 : -1) : left instanceof MinKey ? -1 : 1;
}
