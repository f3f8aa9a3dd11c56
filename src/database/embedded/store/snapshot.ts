import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { decode } from '../values/decode.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { encode } from '../values/encode.ts';
import type { Collection } from './collection.ts';
import type { Namespace, Store } from './store.ts';

/** Milliseconds that a change may wait until it is on disk. */
const DELAY = 200;
const EXTENSION = '.bson';

/**
 * Keeps the collections of a store in a folder, one file each: a description, then the documents, as BSON. A file is
 * written whole beside the old one and renamed into its place, so that it is never half a file.
 */
export class Snapshots {
  readonly #folder: string;
  readonly #changed = new Map<string, Namespace>();
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Has a collection written within {@link DELAY}. */
  later(namespace: Namespace, store: () => Store): void {
    this.#changed.set(fileName(namespace), namespace);
    this.#timer ??= setTimeout(() => this.flush(store()), DELAY);
  }

  /** Writes what has changed, now. */
  flush(store: Store): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [name, namespace] of this.#changed) {
      const collection = store.get(namespace);
      if (collection) {
        replaceFile(join(this.#folder, name), contentOf(collection));
      } else {
        rmSync(join(this.#folder, name), { force: true });
      }
      this.#changed.delete(name);
    }
  }

  /**
   * Fills a store from the folder. A file that is damaged is kept under another name.
   *
   * @returns where the damaged ones are now
   */
  load(store: Store): string[] {
    const damaged: string[] = [];
    for (const name of readdirSync(this.#folder).filter((entry) => entry.endsWith(EXTENSION))) {
      const path = join(this.#folder, name);
      try {
        restore(store, documentsIn(readFileSync(path)));
      } catch {
        const aside = `${path}.damaged-${Date.now()}`;
        renameSync(path, aside);
        damaged.push(aside);
      }
    }
    this.#changed.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return damaged;
  }
}

/** A name that every file system takes, and that differs also where capitals do not count. */
function fileName({ database, collection }: Namespace): string {
  const escaped = [database, collection].map((part) =>
    Buffer.from(part)
      .toString('latin1')
      .replace(/[^a-z0-9_-]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`),
  );
  return `db-${escaped.join('.')}${EXTENSION}`;
}

function* contentOf(collection: Collection): Iterable<Buffer> {
  yield encode({
    formatVersion: 1,
    database: collection.database,
    collection: collection.name,
    options: collection.options,
    indexes: collection.indexes.map(({ spec }) => spec),
  });
  for (const stored of collection.documents.values()) {
    yield encode(stored);
  }
}

function replaceFile(path: string, parts: Iterable<Buffer>): void {
  const fresh = `${path}.new`;
  const file = openSync(fresh, 'w');
  try {
    for (const part of parts) {
      writeSync(file, part);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
}

function documentsIn(bytes: Buffer): Document[] {
  const documents: Document[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readInt32LE(at);
    documents.push(decode(bytes.subarray(at, at + length)));
    at += length;
  }
  return documents;
}

function restore(store: Store, [description, ...documents]: readonly Document[]): void {
  if (description?.formatVersion !== 1) {
    throw new Error('not a file of a collection');
  }
  const { database, collection, options, indexes } = description;
  const restored = store.create(
    { database: String(database), collection: String(collection) },
    isDocument(options) ? options : document(),
  );
  for (const stored of documents) {
    restored.restore(stored);
  }
  for (const spec of Array.isArray(indexes) ? indexes : []) {
    restored.addIndex(spec);
  }
}
