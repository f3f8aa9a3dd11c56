import { Binary } from 'bson';
import { checkPipeline } from '../aggregate/pipeline.ts';
import { CommandError } from '../errors.ts';
import { compileQuery } from '../query/match.ts';
import type { Collection } from '../store/collection.ts';
import { SecondaryIndex } from '../store/secondary-index.ts';
import { type Namespace, refuseName } from '../store/store.ts';
import { type Document, document, fieldsOf, isDocument } from '../values/document.ts';
import { isSame } from '../values/identity.ts';
import { isTruthy } from '../values/types.ts';
import { type Command, type CommandContext, collectionName, countField, documentField } from './context.ts';
import { collectionStatistics } from './statistics.ts';

/** Commands about collections and databases. */
export const COLLECTIONS: readonly (readonly [string, Command])[] = [
  ['create', create],
  ['collMod', collMod],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['renameCollection', renameCollection],
  ['listCollections', listCollections],
  ['listDatabases', listDatabases],
  ['validate', validate],
];

/** Fields of `create` that are options of the collection. */
const OPTIONS = [
  'capped',
  'size',
  'max',
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'viewOn',
  'pipeline',
  'timeseries',
  'expireAfterSeconds',
  'clusteredIndex',
];

function create({ body, database, server }: CommandContext): object {
  const namespace = { database, collection: collectionName(body, 'create') };
  refuseName(namespace);
  const options = document(OPTIONS.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
  const existing = server.store.get(namespace);
  if (existing) {
    if (isSame(existing.options, options)) {
      return {};
    }
    throw new CommandError(48, `Collection ${database}.${namespace.collection} already exists.`);
  }
  if (options.timeseries !== undefined) {
    throw new CommandError(238, 'This server has no time series collections.');
  }
  if (isTruthy(options.capped) && options.size === undefined) {
    throw new CommandError(72, "the 'size' field is required when 'capped' is true");
  }
  if (isDocument(options.validator)) {
    compileQuery(options.validator);
  }
  if (Array.isArray(options.pipeline)) {
    checkPipeline(options.pipeline);
  }
  server.store.create(namespace, options);
  return {};
}

function existing({ database, server }: CommandContext, name: string): Collection {
  const collection = server.store.get({ database, collection: name });
  if (!collection) {
    throw new CommandError(26, 'ns does not exist');
  }
  return collection;
}

function collMod(context: CommandContext): object {
  const { body, database, server } = context;
  const name = collectionName(body, 'collMod');
  const collection = existing(context, name);
  if (isDocument(body.validator)) {
    compileQuery(body.validator);
  }
  const changed = ['validator', 'validationLevel', 'validationAction', 'viewOn', 'pipeline'].filter(
    (option) => body[option] !== undefined,
  );
  collection.options = fieldsOf(collection.options, document(changed.map((option) => [option, body[option]])));
  if (isDocument(body.index)) {
    changeIndex(collection, body.index);
  }
  server.store.touch({ database, collection: name });
  return {};
}

function changeIndex(collection: Collection, change: Document): void {
  const at = collection.indexes.findIndex(
    ({ spec }) => spec.name === change.name || isSame(spec.key, change.keyPattern),
  );
  const index = collection.indexes[at];
  if (!index) {
    throw new CommandError(27, 'cannot find index to change');
  }
  const options = ['expireAfterSeconds', 'hidden'].filter((name) => change[name] !== undefined);
  const spec = fieldsOf(index.spec, document(options.map((name) => [name, change[name]])));
  const renewed = new SecondaryIndex(spec, collection.namespace);
  for (const [id, stored] of collection.documents) {
    renewed.add(stored, id);
  }
  collection.indexes[at] = renewed;
}

function drop({ body, database, server }: CommandContext): object {
  const name = collectionName(body, 'drop');
  const collection = server.store.get({ database, collection: name });
  if (!collection) {
    return {};
  }
  server.store.drop({ database, collection: name });
  return { nIndexesWas: collection.indexSpecs.length, ns: collection.namespace };
}

function dropDatabase({ database, server }: CommandContext): object {
  const collections = server.store.collections(database);
  for (const { name } of collections) {
    server.store.drop({ database, collection: name });
  }
  return collections.length > 0 ? { dropped: database } : {};
}

function renameCollection({ body, server }: CommandContext): object {
  const from = namespaceOf(body.renameCollection);
  const to = namespaceOf(body.to);
  refuseName(to);
  const source = server.store.get(from);
  if (!source) {
    throw new CommandError(26, `Source collection ${String(body.renameCollection)} does not exist`);
  }
  if (server.store.get(to) && body.dropTarget !== true) {
    throw new CommandError(48, 'target namespace exists');
  }
  server.store.drop(from);
  const target = server.store.create(to, source.options);
  for (const stored of source.documents.values()) {
    target.restore(stored);
  }
  for (const index of source.indexes) {
    target.addIndex(index.spec);
  }
  return {};
}

function namespaceOf(value: unknown): Namespace {
  const text = String(value);
  const dot = text.indexOf('.');
  return { database: text.slice(0, dot), collection: text.slice(dot + 1) };
}

function listCollections({ body, database, server }: CommandContext): object {
  const matches = compileQuery(documentField(body, 'filter'));
  const found = server.store
    .collections(database)
    .map(description)
    .filter((entry) => matches(entry))
    .map((entry) => (body.nameOnly === true ? fieldsOf({ name: entry.name, type: entry.type }) : entry));
  return server.cursors.first(found, {
    namespace: `${database}.$cmd.listCollections`,
    size: countField(documentField(body, 'cursor'), 'batchSize', Number.POSITIVE_INFINITY),
  });
}

function description(collection: Collection): Document {
  const { name, options } = collection;
  if (collection.viewOn !== undefined) {
    return fieldsOf({ name, type: 'view', options, info: fieldsOf({ readOnly: true }) });
  }
  const uuid = new Binary(Buffer.concat([collection.uuid.id, Buffer.alloc(4)]), Binary.SUBTYPE_UUID);
  return fieldsOf({
    name,
    type: 'collection',
    options,
    info: fieldsOf({ readOnly: false, uuid }),
    idIndex: collection.indexSpecs[0],
  });
}

function listDatabases({ body, server }: CommandContext): object {
  const matches = compileQuery(documentField(body, 'filter'));
  const found = server.store.databases
    .map((name) => {
      const sizes = server.store.collections(name).map((collection) => collectionStatistics(collection).totalSize);
      return fieldsOf({ name, sizeOnDisk: sizes.reduce((sum, size) => sum + size, 0), empty: false });
    })
    .filter((entry) => matches(entry));
  if (body.nameOnly === true) {
    return { databases: found.map(({ name }) => ({ name })) };
  }
  const totalSize = found.reduce((sum, { sizeOnDisk }) => sum + Number(sizeOnDisk), 0);
  return { databases: found, totalSize, totalSizeMb: Math.floor(totalSize / 1_048_576) };
}

function validate(context: CommandContext): object {
  const name = collectionName(context.body, 'validate');
  const collection = existing(context, name);
  return {
    ns: collection.namespace,
    nrecords: collection.documents.size,
    nIndexes: collection.indexSpecs.length,
    keysPerIndex: {},
    valid: true,
    errors: [],
    warnings: [],
  };
}
