import { MinKey } from 'bson';
import { CommandError } from '../errors.ts';
import { compare, type TextOrder } from './compare.ts';
import { type Document, isDocument } from './document.ts';
import { type Leaf, leavesOf } from './path.ts';
import { show } from './show.ts';
import { isNumeric, toNumber } from './types.ts';

/** Stands for an empty array in a sort: above MinKey, below all else. */
const EMPTY_ARRAY = Symbol('empty array');

/** Orders two documents. */
export type DocumentOrder = (left: Document, right: Document) => number;

/**
 * The order of a sort document such as `{ age: -1, name: 1 }`. An array sorts by its least element upwards and by its
 * greatest downwards; a missing field sorts as null.
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
  const values = leavesOf(from, path).flatMap(candidates);
  return values.reduce((best, value) => (compareKeys(value, best, texts) * direction < 0 ? value : best));
}

function candidates({ value }: Leaf): unknown[] {
  if (!Array.isArray(value)) {
    return [value ?? null];
  }
  return value.length > 0 ? value : [EMPTY_ARRAY];
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
