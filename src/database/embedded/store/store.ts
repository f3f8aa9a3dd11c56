import { CommandError } from '../errors.ts';
import { type Document, document } from '../values/document.ts';
import { Collection } from './collection.ts';

/** Where a collection is. */
export interface Namespace {
  database: string;
  collection: string;
}

/** All databases of the server, and who wants to know when one of their collections changes. */
export class Store {
  readonly #databases = new Map<string, Map<string, Collection>>();
  readonly #changed: (namespace: Namespace) => void;

  constructor(changed: (namespace: Namespace) => void = () => {}) {
    this.#changed = changed;
  }

  get databases(): string[] {
    return [...this.#databases.keys()].sort();
  }

  collections(database: string): Collection[] {
    return [...(this.#databases.get(database)?.values() ?? [])];
  }

  get({ database, collection }: Namespace): Collection | undefined {
    return this.#databases.get(database)?.get(collection);
  }

  /** The collection to write to, made when it is missing. */
  target(namespace: Namespace): Collection {
    const collection = this.get(namespace) ?? this.create(namespace);
    collection.refuseView();
    return collection;
  }

  /** @throws CommandError 73 for a name that MongoDB does not allow */
  create(namespace: Namespace, options: Document = document()): Collection {
    refuseName(namespace);
    const collection = new Collection({ database: namespace.database, name: namespace.collection }, options);
    const siblings = this.#databases.get(namespace.database) ?? new Map<string, Collection>();
    this.#databases.set(namespace.database, siblings.set(namespace.collection, collection));
    this.touch(namespace);
    return collection;
  }

  /** Puts a collection back that {@link create} has replaced. */
  restore(namespace: Namespace, collection: Collection | undefined): void {
    if (collection) {
      this.#databases.get(namespace.database)?.set(namespace.collection, collection);
    } else {
      this.drop(namespace);
    }
  }

  drop(namespace: Namespace): void {
    const siblings = this.#databases.get(namespace.database);
    siblings?.delete(namespace.collection);
    if (siblings?.size === 0) {
      this.#databases.delete(namespace.database);
    }
    this.touch(namespace);
  }

  /** Says that a collection has changed. */
  touch(namespace: Namespace): void {
    this.#changed(namespace);
  }
}

/** @throws CommandError 73 */
export function refuseName({ database, collection }: { database: string; collection: unknown }): void {
  if (typeof collection !== 'string' || /^$|^\.|[$\0]/.test(collection) || /^$|[/\\. "$\0]/.test(database)) {
    throw new CommandError(73, `Invalid namespace specified '${database}.${String(collection)}'`);
  }
}
