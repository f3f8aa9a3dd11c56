import { type Document, document, fieldsOf, isDocument } from './document.ts';

/** A value that a dotted path leads to. */
export interface Leaf {
  value: unknown;
  missing: boolean;
  /** Position in the first array that the path crossed, for the positional operator `$`; -1 when it crossed none. */
  position: number;
  /** The path named this element by its position, so that an array here is not opened once more. */
  byPosition: boolean;
}

/** Whether a part of a path can be a position in an array. */
export function isPosition(part: string | undefined): boolean {
  return part !== undefined && /^(0|[1-9]\d*)$/.test(part);
}

/**
 * All values that the query language sees at a path: arrays on the way are crossed, by position where the path names
 * one and through each of their documents; an array at the end is a value.
 *
 * @see https://www.mongodb.com/docs/manual/tutorial/query-array-of-documents/
 */
export function leavesOf(from: Document, path: readonly string[]): Leaf[] {
  const leaves: Leaf[] = [];
  new Walk(path, leaves).document(from, 0, -1);
  return leaves;
}

class Walk {
  readonly #path: readonly string[];
  readonly #leaves: Leaf[];

  constructor(path: readonly string[], leaves: Leaf[]) {
    this.#path = path;
    this.#leaves = leaves;
  }

  document(from: Document, at: number, position: number): void {
    const value = from[this.#path[at] as string];
    if (at === this.#path.length - 1) {
      this.#leaves.push({ value, missing: value === undefined, position, byPosition: false });
    } else {
      this.#onward(value, at + 1, position);
    }
  }

  #onward(value: unknown, at: number, position: number): void {
    if (Array.isArray(value)) {
      this.#array(value, at, position);
    } else if (isDocument(value)) {
      this.document(value, at, position);
    } else {
      this.#missing(position);
    }
  }

  #missing(position: number): void {
    this.#leaves.push({ value: undefined, missing: true, position, byPosition: false });
  }

  #array(values: readonly unknown[], at: number, position: number): void {
    const before = this.#leaves.length;
    this.#element(values, at, position);
    const named = this.#leaves.length > before;
    let scalars = false;
    for (const [index, value] of values.entries()) {
      if (isDocument(value)) {
        this.document(value, at, position < 0 ? index : position);
      } else if (!Array.isArray(value)) {
        scalars = true;
      }
    }
    if (!named && (scalars || this.#leaves.length === before)) {
      this.#missing(position);
    }
  }

  #element(values: readonly unknown[], at: number, position: number): void {
    const part = this.#path[at] as string;
    if (!isPosition(part) || Number(part) >= values.length) {
      return;
    }
    const index = Number(part);
    const value = values[index];
    const found = position < 0 ? index : position;
    if (at === this.#path.length - 1) {
      this.#leaves.push({ value, missing: false, position: found, byPosition: true });
    } else if (isDocument(value)) {
      this.document(value, at + 1, found);
    } else if (Array.isArray(value)) {
      this.#array(value, at + 1, found);
    }
  }
}

/** The value at a path of documents only, as `$unwind` and `$merge` read it. */
export function valueAt(from: unknown, path: string): unknown {
  let value = from;
  for (const part of path.split('.')) {
    if (!isDocument(value)) {
      return undefined;
    }
    value = value[part];
  }
  return value;
}

/**
 * A copy of a document with another value at a path, as `$addFields` writes it: documents on the way are made, arrays
 * get it in each element; `undefined` takes the field away.
 */
export function withValueAt(from: Document, path: string, value: unknown): Document {
  return withValue(from, path.split('.'), value) as Document;
}

function withValue(from: unknown, path: readonly string[], value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) {
    return value;
  }
  if (Array.isArray(from)) {
    return from.map((item) => withValue(item, path, value));
  }
  const made = isDocument(from) ? fieldsOf(from) : document();
  if (rest.length > 0 && value === undefined && !isDocument(made[part]) && !Array.isArray(made[part])) {
    return made;
  }
  const next = withValue(made[part], rest, value);
  if (next === undefined) {
    delete made[part];
  } else {
    made[part] = next;
  }
  return made;
}
