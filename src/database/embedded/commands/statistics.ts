import { hostname } from 'node:os';
import { CommandError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { type Document, fieldsOf, isDocument } from '../values/document.ts';
import { sizeOf } from '../values/encode.ts';
import { toNumber } from '../values/types.ts';
import { type Command, type CommandContext, collectionName } from './context.ts';

/** Bytes that an empty collection or index is said to take, as the real server's do. */
const BLOCK = 4096;

/** Commands and stages that count. */
export const STATISTICS: readonly (readonly [string, Command])[] = [
  ['collStats', collStats],
  ['dbStats', dbStats],
];

/** Numbers of a collection; bytes are those of its documents as BSON. */
export function collectionStatistics(collection: Collection) {
  let size = 0;
  for (const stored of collection.documents.values()) {
    size += sizeOf(stored);
  }
  const count = collection.documents.size;
  const indexes = collection.indexSpecs;
  const totalIndexSize = indexes.length * BLOCK;
  const storageSize = Math.max(BLOCK, size);
  return {
    size,
    count,
    avgObjSize: count === 0 ? 0 : Math.floor(size / count),
    storageSize,
    freeStorageSize: 0,
    capped: collection.options.capped === true,
    nindexes: indexes.length,
    totalIndexSize,
    totalSize: storageSize + totalIndexSize,
    indexSizes: fieldsOf(Object.fromEntries(indexes.map((spec) => [String(spec.name), BLOCK]))),
    scaleFactor: 1,
  };
}

function collStats({ body, database, server }: CommandContext): object {
  const name = collectionName(body, 'collStats');
  const collection = server.store.get({ database, collection: name });
  return {
    ns: `${database}.${name}`,
    ...(collection ? collectionStatistics(collection) : { size: 0, count: 0, storageSize: 0, nindexes: 0 }),
  };
}

function dbStats({ body, database, server }: CommandContext): object {
  const all = server.store.collections(database);
  const stored = all.filter((collection) => collection.viewOn === undefined).map(collectionStatistics);
  const scale = body.scale === undefined ? 1 : toNumber(body.scale);
  const sum = (field: 'count' | 'size' | 'storageSize' | 'nindexes' | 'totalIndexSize' | 'totalSize') =>
    stored.reduce((total, statistics) => total + statistics[field], 0);
  return {
    db: database,
    collections: stored.length,
    views: all.length - stored.length,
    objects: sum('count'),
    avgObjSize: sum('count') === 0 ? 0 : sum('size') / sum('count'),
    dataSize: sum('size') / scale,
    storageSize: sum('storageSize') / scale,
    indexes: sum('nindexes'),
    indexSize: sum('totalIndexSize') / scale,
    totalSize: sum('totalSize') / scale,
    scaleFactor: scale,
  };
}

/** The documents that `$collStats`, `$indexStats` and their like give. */
export function statisticsStage({ body, database, server }: CommandContext, stage: string, spec: unknown): Document[] {
  const name = typeof body.aggregate === 'string' ? body.aggregate : '';
  const collection = server.store.get({ database, collection: name });
  if (stage === '$collStats') {
    const wanted = isDocument(spec) ? spec : fieldsOf({});
    const statistics = collection ? collectionStatistics(collection) : { count: 0 };
    return [
      fieldsOf({
        ns: `${database}.${name}`,
        host: hostname(),
        localTime: new Date(),
        ...(wanted.count === undefined ? {} : { count: statistics.count }),
        ...(wanted.storageStats === undefined ? {} : { storageStats: fieldsOf(statistics) }),
        ...(wanted.latencyStats === undefined ? {} : { latencyStats: fieldsOf({}) }),
      }),
    ];
  }
  if (stage === '$indexStats') {
    const since = new Date(server.startedAt);
    return (collection?.indexSpecs ?? []).map((index) =>
      fieldsOf({
        name: index.name,
        key: index.key,
        host: server.address,
        accesses: fieldsOf({ ops: 0n, since }),
        spec: index,
      }),
    );
  }
  if (['$currentOp', '$listSessions', '$listLocalSessions'].includes(stage)) {
    return [];
  }
  throw new CommandError(40324, `Unrecognized pipeline stage name: '${stage}'`);
}
