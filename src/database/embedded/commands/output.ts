import { ObjectId } from 'bson';
import type { Merge, Out, Output } from '../aggregate/output.ts';
import { CommandError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { settled } from '../update/apply.ts';
import { type Document, fieldsOf } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { valueAt } from '../values/path.ts';
import type { CommandContext } from './context.ts';
import { insertDocument } from './write.ts';

/** Writes what `$out` or `$merge` has made. */
export function writeOutput(context: CommandContext, output: Output): void {
  if (output.stage === '$out') {
    replaceCollection(context, output);
  } else {
    mergeDocuments(context, output);
  }
}

/** The old collection is there until all of the new one is. */
function replaceCollection(context: CommandContext, { into, documents }: Out): void {
  const { store } = context.server;
  const namespace = { database: into.database ?? context.database, collection: into.collection };
  const old = store.get(namespace);
  old?.refuseView();
  const fresh = store.create(namespace, old?.options);
  try {
    for (const index of old?.indexes ?? []) {
      fresh.addIndex(index.spec);
    }
    for (const made of documents) {
      fresh.insert(made._id === undefined ? fieldsOf({ _id: new ObjectId() }, made) : made);
    }
  } catch (error) {
    store.restore(namespace, old);
    throw error;
  }
}

function mergeDocuments(context: CommandContext, merge: Merge): void {
  const { into, on, documents } = merge;
  const within = { ...context, database: into.database ?? context.database };
  const namespace = { database: within.database, collection: into.collection };
  const collection = context.server.store.target(namespace);
  refuseWithoutIndex(collection, on);
  const known = new Map([...collection.documents.values()].map((stored) => [keyOf(stored, on), stored]));
  for (const incoming of documents) {
    const existing = known.get(keyOf(incoming, on));
    const stored = existing
      ? mergeInto(collection, existing, { merge, incoming })
      : insertMissing(within, { merge, incoming });
    if (stored) {
      known.set(keyOf(stored, on), stored);
    }
  }
  context.server.store.touch(namespace);
}

/** @throws CommandError 51183, as the server does: without such an index there is no telling which document is meant */
function refuseWithoutIndex(collection: Collection, on: readonly string[]): void {
  const wanted = [...on].sort().join();
  const unique = collection.indexes.some((index) => index.unique && [...index.fields].sort().join() === wanted);
  if (wanted !== '_id' && !unique) {
    throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
  }
}

function keyOf(from: Document, on: readonly string[]): string {
  return on.map((path) => identity(valueAt(from, path))).join('|');
}

function mergeInto(
  collection: Collection,
  existing: Document,
  { merge, incoming }: { merge: Merge; incoming: Document },
): Document {
  if (merge.whenMatched === 'fail') {
    throw new CommandError(
      11000,
      `E11000 duplicate key error collection: ${collection.namespace}: $merge found a matching document`,
    );
  }
  if (merge.whenMatched === 'keepExisting') {
    return existing;
  }
  const combined = merge.combine(existing, incoming);
  const after = settled(existing, fieldsOf({ _id: existing._id }, combined, { _id: existing._id }));
  if (after !== existing) {
    collection.put(after);
  }
  return after;
}

function insertMissing(
  context: CommandContext,
  { merge, incoming }: { merge: Merge; incoming: Document },
): Document | undefined {
  if (merge.whenNotMatched === 'fail') {
    throw new CommandError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  }
  return merge.whenNotMatched === 'insert' ? insertDocument(context, merge.into.collection, incoming) : undefined;
}
