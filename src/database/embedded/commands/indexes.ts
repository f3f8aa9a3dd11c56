import { CommandError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { type Document, document, fieldsOf, isDocument } from '../values/document.ts';
import { isSame } from '../values/identity.ts';
import { show } from '../values/show.ts';
import { isNumeric, toNumber, typeName } from '../values/types.ts';
import {
  type Command,
  type CommandContext,
  collectionName,
  countField,
  documentField,
  documentsField,
} from './context.ts';

/** Commands about indexes. */
export const INDEXES: readonly (readonly [string, Command])[] = [
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
];

/** Kinds of index that are remembered, so that a schema that asks for one works, but that no query here uses. */
const SPECIAL = ['text', '2dsphere', '2d', 'hashed'];

function createIndexes(context: CommandContext): object {
  const { body, database, server } = context;
  const namespace = { database, collection: collectionName(body, 'createIndexes') };
  const existed = server.store.get(namespace) !== undefined;
  const requests = documentsField(body, 'indexes');
  for (const request of requests) {
    refuseKey(request.key);
  }
  const collection = server.store.target(namespace);
  const before = collection.indexSpecs.length;
  for (const request of requests) {
    createIndex(collection, specOf(request, collection));
  }
  server.store.touch(namespace);
  const after = collection.indexSpecs.length;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: !existed,
    ...(before === after ? { note: 'all indexes already exist' } : {}),
  };
}

function refuseKey(key: unknown): void {
  if (!isDocument(key) || Object.keys(key).length === 0) {
    throw new CommandError(67, 'Index keys cannot be an empty object');
  }
  for (const value of Object.values(key)) {
    const special = typeof value === 'string' && SPECIAL.includes(value);
    if (!special && !(isNumeric(value) && toNumber(value) !== 0)) {
      throw new CommandError(67, wrongDirection(value));
    }
  }
}

function wrongDirection(value: unknown): string {
  if (typeof value === 'string') {
    return `Unknown index plugin '${value}'`;
  }
  return isNumeric(value)
    ? 'Values in the index key pattern cannot be 0.'
    : `Values in v:2 index key pattern cannot be of type ${typeName(value)}. Only numbers > 0, numbers < 0, and strings are allowed.`;
}

function specOf(request: Document, collection: Collection): Document {
  const key = documentField(request, 'key');
  const rest = Object.entries(request).filter(([name]) => !['v', 'key', 'ns', 'background', 'name'].includes(name));
  const name = request.name === undefined ? defaultName(key) : request.name;
  const spec = fieldsOf({ v: 2, key, name }, document(rest));
  if (spec.collation === undefined && collection.options.collation !== undefined) {
    spec.collation = collection.options.collation;
  }
  return spec;
}

function defaultName(key: Document): string {
  return Object.entries(key)
    .map(([field, value]) => `${field}_${isNumeric(value) ? toNumber(value) : String(value)}`)
    .join('_');
}

function createIndex(collection: Collection, spec: Document): void {
  if (isSame(spec.key, collection.indexSpecs[0]?.key)) {
    return;
  }
  const sameName = collection.indexSpecs.find((other) => other.name === spec.name);
  const sameKey = collection.indexSpecs.find((other) =>
    ['key', 'collation', 'partialFilterExpression'].every((field) => isSame(other[field], spec[field])),
  );
  if (sameName && sameName === sameKey && optionsOf(sameName) === optionsOf(spec)) {
    return;
  }
  if (sameName) {
    throw new CommandError(
      86,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(spec)}, existing index: ${show(sameName)}`,
    );
  }
  if (sameKey) {
    throw new CommandError(85, `Index already exists with a different name: ${String(sameKey.name)}`);
  }
  collection.addIndex(spec);
}

function optionsOf(spec: Document): string {
  const seconds = spec.expireAfterSeconds === undefined ? 'none' : toNumber(spec.expireAfterSeconds);
  return [spec.unique === true, spec.sparse === true, seconds].join();
}

function listIndexes({ body, database, server }: CommandContext): object {
  const name = collectionName(body, 'listIndexes');
  const collection = server.store.get({ database, collection: name });
  if (!collection) {
    throw new CommandError(26, `ns does not exist: ${database}.${name}`);
  }
  collection.refuseView();
  const cursor = documentField(body, 'cursor');
  return server.cursors.first(collection.indexSpecs, {
    namespace: collection.namespace,
    size: countField(cursor, 'batchSize', Number.POSITIVE_INFINITY),
  });
}

function dropIndexes({ body, database, server }: CommandContext): object {
  const name = collectionName(body, 'dropIndexes');
  const namespace = { database, collection: name };
  const collection = server.store.get(namespace);
  if (!collection) {
    throw new CommandError(26, `ns not found ${database}.${name}`);
  }
  const before = collection.indexSpecs.length;
  for (const wanted of Array.isArray(body.index) ? body.index : [body.index]) {
    dropIndex(collection, wanted);
  }
  server.store.touch(namespace);
  return { nIndexesWas: before };
}

function dropIndex(collection: Collection, wanted: unknown): void {
  if (wanted === '*') {
    collection.indexes = [];
    return;
  }
  const matches = (spec: Document) => (typeof wanted === 'string' ? spec.name === wanted : isSame(spec.key, wanted));
  if (collection.indexSpecs.findIndex(matches) === 0) {
    throw new CommandError(72, 'cannot drop _id index');
  }
  if (!collection.indexes.some(({ spec }) => matches(spec))) {
    throw new CommandError(
      27,
      typeof wanted === 'string'
        ? `index not found with name [${wanted}]`
        : `can't find index with key: ${show(wanted)}`,
    );
  }
  collection.indexes = collection.indexes.filter(({ spec }) => !matches(spec));
}
