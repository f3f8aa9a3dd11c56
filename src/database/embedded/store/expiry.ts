import type { Document } from '../values/document.ts';
import { leavesOf } from '../values/path.ts';
import type { Collection } from './collection.ts';
import type { SecondaryIndex } from './secondary-index.ts';
import type { Store } from './store.ts';

/** Deletes the documents whose time is over by a TTL index: its field holds a date, or an array with one. */
export function deleteExpired(store: Store, now: number): void {
  for (const database of store.databases) {
    for (const collection of store.collections(database)) {
      const expired = collection.indexes.flatMap((index) => expiredBy(index, collection, now));
      for (const stored of expired) {
        collection.remove(stored);
      }
      if (expired.length > 0) {
        store.touch({ database, collection: collection.name });
      }
    }
  }
}

function expiredBy(index: SecondaryIndex, collection: Collection, now: number): Document[] {
  const { lifetime } = index;
  const path = index.fields[0]?.split('.');
  if (lifetime === undefined || !path) {
    return [];
  }
  return [...collection.documents.values()].filter((stored) =>
    leavesOf(stored, path)
      .flatMap(({ value }) => value)
      .some((value) => value instanceof Date && value.getTime() + lifetime < now),
  );
}
