import { CommandError } from '../errors.ts';
import { compileQuery, type Predicate } from '../query/match.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { compare } from '../values/compare.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { show } from '../values/show.ts';
import { isNumeric, toNumber } from '../values/types.ts';
import { indexKeys } from './index-keys.ts';

/** A key in an index with the identity of the document that it belongs to. */
interface Entry {
  key: readonly unknown[];
  id: string;
}

/** From where to where an index is read: a prefix that is equal, then a range of the next field. */
export interface Bounds {
  equal: readonly unknown[];
  from?: unknown;
  to?: unknown;
}

/**
 * An index beside the one of `_id`. Uniqueness is kept in a map; the ordered entries for reading are made when a query
 * first needs them, and kept up from then on.
 */
export class SecondaryIndex {
  readonly spec: Document;
  readonly fields: readonly string[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly collation: Collation;
  /** An array gave more than one key to a document. */
  multikey = false;
  readonly #namespace: string;
  readonly #partial: Predicate | undefined;
  readonly #owners = new Map<string, string>();
  #entries: Entry[] | undefined;
  readonly #added = new Map<string, Entry[]>();
  readonly #removed = new Set<string>();

  constructor(spec: Document, namespace: string) {
    const key = isDocument(spec.key) ? spec.key : document();
    this.spec = spec;
    this.fields = Object.keys(key);
    this.unique = spec.unique === true;
    this.sparse = spec.sparse === true;
    this.collation = collationOf(spec.collation);
    this.#namespace = namespace;
    this.#partial = isDocument(spec.partialFilterExpression)
      ? compileQuery(spec.partialFilterExpression, { collation: this.collation })
      : undefined;
  }

  get name(): string {
    return String(this.spec.name);
  }

  /** Whether each document has its keys here, so that a query may rely on it; text and hashed indexes keep none. */
  get complete(): boolean {
    const { key } = this.spec;
    return !this.sparse && !this.#partial && isDocument(key) && Object.values(key).every(isNumeric);
  }

  /** Milliseconds after which documents of a TTL index go; undefined for another index. */
  get lifetime(): number | undefined {
    const seconds = this.spec.expireAfterSeconds;
    return isNumeric(seconds) ? toNumber(seconds) * 1000 : undefined;
  }

  /** @throws CommandError 11000 when another document has a key of this one */
  refuseDuplicate(candidate: Document, id: string | undefined): void {
    if (!this.unique) {
      return;
    }
    for (const key of this.#keysOf(candidate)) {
      const owner = this.#owners.get(this.#identity(key));
      if (owner !== undefined && owner !== id) {
        throw duplicateKey(this.#namespace, this.spec, key);
      }
    }
  }

  add(added: Document, id: string): void {
    if (!this.unique && !this.#entries) {
      return;
    }
    const keys = this.#keysOf(added);
    if (this.unique) {
      for (const key of keys) {
        this.#owners.set(this.#identity(key), id);
      }
    }
    if (this.#entries) {
      this.#added.set(
        id,
        keys.map((key) => ({ key, id })),
      );
    }
  }

  remove(removed: Document, id: string): void {
    if (this.unique) {
      for (const key of this.#keysOf(removed)) {
        this.#owners.delete(this.#identity(key));
      }
    }
    if (this.#entries) {
      this.#removed.add(id);
      this.#added.delete(id);
    }
  }

  /** Identities of the documents with a key within the bounds, in the order of the index. */
  find(documents: Iterable<[string, Document]>, bounds: Bounds): Set<string> {
    const entries = this.#current(documents);
    const found = new Set<string>();
    for (let at = this.#firstAt(entries, bounds); at < entries.length; at++) {
      const entry = entries[at] as Entry;
      if (this.#beyond(entry, bounds)) {
        break;
      }
      found.add(entry.id);
    }
    return found;
  }

  #keysOf(from: Document): unknown[][] {
    if (this.#partial && !this.#partial(from)) {
      return [];
    }
    const { keys, missing, multikey } = indexKeys(from, this.fields, this.collation.fold);
    this.multikey ||= multikey;
    return this.sparse && missing ? [] : keys;
  }

  #identity(key: readonly unknown[]): string {
    return key.map((value) => identity(value, this.collation.fold)).join('|');
  }

  #current(documents: Iterable<[string, Document]>): Entry[] {
    const order = (left: Entry, right: Entry) => this.#compare(left.key, right.key);
    if (!this.#entries) {
      this.#entries = [...documents]
        .flatMap(([id, from]) => this.#keysOf(from).map((key) => ({ key, id })))
        .sort(order);
    } else if (this.#removed.size > 0 || this.#added.size > 0) {
      const kept = this.#removed.size > 0 ? this.#entries.filter(({ id }) => !this.#removed.has(id)) : this.#entries;
      this.#entries = [...kept, ...[...this.#added.values()].flat()].sort(order);
    }
    this.#added.clear();
    this.#removed.clear();
    return this.#entries;
  }

  #compare(left: readonly unknown[], right: readonly unknown[]): number {
    for (let field = 0; field < Math.min(left.length, right.length); field++) {
      const found = compare(left[field], right[field], this.collation.order);
      if (found) {
        return found;
      }
    }
    return 0;
  }

  #firstAt(entries: readonly Entry[], { equal, from }: Bounds): number {
    const start = from === undefined ? equal : [...equal, from];
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare((entries[middle] as Entry).key, start) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #beyond({ key }: Entry, { equal, to }: Bounds): boolean {
    return (
      this.#compare(key, equal) > 0 || (to !== undefined && compare(key[equal.length], to, this.collation.order) > 0)
    );
  }
}

/** E11000, with `keyPattern` and `keyValue` as drivers and Mongoose read them. */
export function duplicateKey(namespace: string, spec: Document, key: readonly unknown[]): CommandError {
  const pattern = isDocument(spec.key) ? spec.key : document();
  const keyValue = document(Object.keys(pattern).map((field, index) => [field, key[index] ?? null]));
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${String(spec.name)} dup key: ${show(keyValue)}`,
    { keyPattern: pattern, keyValue },
  );
}
