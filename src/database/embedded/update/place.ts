import { badValue, CommandError } from '../errors.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { isPosition } from '../values/path.ts';
import { show } from '../values/show.ts';

/** The longest gap that a write behind the end of an array fills with nulls, as in the server. */
const MAX_GAP = 1_500_000;

/** A place in a document that may hold a value: a field of a document, or a position in an array. */
export interface Place {
  parent: Document | unknown[];
  key: string;
}

/** What happens on the way to a place where there is no document to go on into. */
export type OnTheWay = 'create' | 'refuse' | 'give up';

/**
 * Finds the place at a path. `create` makes the documents on the way, `refuse` fails where a scalar stands in it,
 * `give up` answers undefined for both.
 *
 * @throws CommandError 28 where a scalar is in the way
 */
export function placeAt(root: Document, path: readonly string[], onTheWay: OnTheWay): Place | undefined {
  let parent: Document | unknown[] = root;
  for (const [index, part] of path.slice(0, -1).entries()) {
    if (!passable(parent, { path, index }, onTheWay)) {
      return undefined;
    }
    const next = childOf(parent, part, onTheWay);
    if (next === undefined) {
      return undefined;
    }
    if (!isDocument(next) && !Array.isArray(next)) {
      if (onTheWay === 'give up') {
        return undefined;
      }
      throw inTheWay(path[index + 1], part, next);
    }
    parent = next;
  }
  return passable(parent, { path, index: path.length - 1 }, onTheWay)
    ? { parent, key: path.at(-1) as string }
    : undefined;
}

function inTheWay(field: string | undefined, name: string | undefined, value: unknown): CommandError {
  return new CommandError(28, `Cannot create field '${field}' in element {${name}: ${show(value)}}`);
}

/** An array has positions only. */
function passable(
  parent: Document | unknown[],
  { path, index }: { path: readonly string[]; index: number },
  onTheWay: OnTheWay,
): boolean {
  if (!Array.isArray(parent) || isPosition(path[index])) {
    return true;
  }
  if (onTheWay === 'give up') {
    return false;
  }
  throw inTheWay(path[index], path[index - 1], parent);
}

function childOf(parent: Document | unknown[], part: string, onTheWay: OnTheWay): unknown {
  const child = read({ parent, key: part });
  if (child !== undefined || onTheWay !== 'create') {
    return child;
  }
  const made = document();
  write({ parent, key: part }, made);
  return made;
}

/** The value at a place, undefined where there is none. */
export function read({ parent, key }: Place): unknown {
  return Array.isArray(parent) ? parent[Number(key)] : parent[key];
}

/** Puts a value at a place; positions behind an array's end are filled with nulls. */
export function write({ parent, key }: Place, value: unknown): void {
  if (!Array.isArray(parent)) {
    parent[key] = value;
    return;
  }
  const position = Number(key);
  if (position - parent.length > MAX_GAP) {
    throw badValue(`can't backfill more than ${MAX_GAP} elements`);
  }
  while (parent.length < position) {
    parent.push(null);
  }
  parent[position] = value;
}

/** Takes a field away; an element becomes null, so that the others keep their positions. */
export function erase({ parent, key }: Place): void {
  if (!Array.isArray(parent)) {
    delete parent[key];
  } else if (Number(key) < parent.length) {
    parent[Number(key)] = null;
  }
}
