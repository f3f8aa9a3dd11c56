import { checkPipeline, runPipeline } from '../aggregate/pipeline.ts';
import { CommandError } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { leavesOf } from '../values/path.ts';
import { sorter } from '../values/sort.ts';
import { toNumber } from '../values/types.ts';
import {
  type Command,
  type CommandContext,
  collationFor,
  collectionName,
  countField,
  documentField,
  letVariables,
} from './context.ts';
import { explainReply } from './explain.ts';
import {
  allDocuments,
  EVERYTHING,
  findDocuments,
  hintedKey,
  pipelineContext,
  pipelineOf,
  refuseBadHint,
  search,
  searchOf,
} from './read.ts';

/** Commands that read documents. */
export const READING: readonly (readonly [string, Command])[] = [
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['count', count],
  ['distinct', distinct],
  ['aggregate', aggregate],
];

function find(context: CommandContext): object {
  const { body, database, server } = context;
  const name = collectionName(body, 'find');
  const found = findDocuments(context, searchOf(context, name, 'filter'));
  return server.cursors.first(found, {
    namespace: `${database}.${name}`,
    size: body.batchSize === undefined ? undefined : countField(body, 'batchSize', 0),
    single: body.singleBatch === true || toNumber(body.limit ?? 0) < 0,
  });
}

function getMore({ body, server }: CommandContext): object {
  const size = countField(body, 'batchSize', 0);
  return server.cursors.next(cursorId(body.getMore), size === 0 ? Number.POSITIVE_INFINITY : size);
}

function cursorId(value: unknown): bigint {
  if (typeof value === 'bigint') {
    return value;
  }
  const number = toNumber(value);
  return Number.isInteger(number) ? BigInt(number) : 0n;
}

function killCursors({ body, server }: CommandContext): object {
  const ids = (Array.isArray(body.cursors) ? body.cursors : []).map(cursorId);
  const killed = ids.filter((id) => server.cursors.kill(id));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
}

function count(context: CommandContext): object {
  const { body } = context;
  const name = collectionName(body, 'count');
  refuseBadHint(context, name, body.hint);
  let found = 0;
  for (const _hit of search(context, searchOf(context, name, 'query'))) {
    found += 1;
  }
  const limit = Math.abs(toNumber(body.limit ?? 0));
  const rest = Math.max(0, found - countField(body, 'skip', 0));
  return { n: limit === 0 ? rest : Math.min(rest, limit) };
}

function distinct(context: CommandContext): object {
  const { body } = context;
  const name = collectionName(body, 'distinct');
  const wanted = searchOf(context, name, 'query');
  const path = String(body.key).split('.');
  const values = new Map<string, unknown>();
  for (const { found } of search(context, wanted)) {
    for (const leaf of leavesOf(found, path).filter(({ missing }) => !missing)) {
      for (const value of Array.isArray(leaf.value) ? leaf.value : [leaf.value]) {
        const key = identity(value, wanted.collation.fold);
        values.set(key, values.has(key) ? values.get(key) : value);
      }
    }
  }
  return { values: [...values.values()].sort((left, right) => compare(left, right, wanted.collation.order)) };
}

function aggregate(context: CommandContext): object {
  const { body, database, server } = context;
  const pipeline = pipelineOf(body);
  if (!isDocument(body.cursor) && body.explain !== true) {
    throw new CommandError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  }
  checkPipeline(pipeline);
  const name = typeof body.aggregate === 'string' ? body.aggregate : '';
  const collation = collationFor(context, name, body.collation);
  if (body.explain === true) {
    return explainReply(context, { collection: name, filter: firstMatch(pipeline), verbosity: 'queryPlanner' });
  }
  refuseBadHint(context, name, body.hint);
  const variables = letVariables(body.let);
  const rows = name === '' ? [] : rowsFor(context, { name, pipeline, collation, variables });
  const index = hintedKey(context, name, body.hint);
  const ordered = index ? [...rows].sort(sorter(index, collation.order)) : rows;
  const found = runPipeline(ordered, pipeline, pipelineContext(context, { database, collation, variables }));
  const cursor = documentField(body, 'cursor');
  return server.cursors.first(found, {
    namespace: `${database}.${name || '$cmd.aggregate'}`,
    size: cursor.batchSize === undefined ? undefined : countField(cursor, 'batchSize', 0),
  });
}

/** A `$match` at the front finds its documents by an index, where there is one. */
function* rowsFor(
  context: CommandContext,
  {
    name,
    pipeline,
    ...options
  }: { name: string; pipeline: readonly unknown[] } & Pick<Parameters<typeof search>[1], 'collation' | 'variables'>,
) {
  const filter = firstMatch(pipeline);
  if (Object.keys(filter).length === 0) {
    yield* allDocuments(context, { database: context.database, collection: name });
    return;
  }
  for (const { found } of search(context, { collection: name, filter, ...options })) {
    yield found;
  }
}

function firstMatch([first]: readonly unknown[]) {
  return isDocument(first) && isDocument(first.$match) ? first.$match : EVERYTHING;
}
