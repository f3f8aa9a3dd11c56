import { badValue, CommandError } from '../errors.ts';
import { compileQuery, type Match } from '../query/match.ts';
import { projector } from '../query/projection.ts';
import { refuseName } from '../store/store.ts';
import { type Document, isDocument } from '../values/document.ts';
import { RawDocument } from '../values/raw.ts';
import { isTruthy, toNumber } from '../values/types.ts';
import {
  type Command,
  type CommandContext,
  collationFor,
  collectionName,
  countField,
  documentField,
  documentsField,
} from './context.ts';
import { deleteDocuments, insertAny, insertDocument, type UpdateResult, updateDocuments } from './write.ts';

/** Commands that write documents. */
export const WRITING: readonly (readonly [string, Command])[] = [
  ['insert', insert],
  ['update', update],
  ['delete', remove],
  ['findAndModify', findAndModify],
  ['bulkWrite', bulkWrite],
];

/** Does each write in turn: an ordered batch stops at the first that fails, an unordered one goes on. */
function batch<T>(
  context: CommandContext,
  items: readonly T[],
  write: (item: T, index: number) => void,
): { writeErrors?: object[] } {
  const errors: object[] = [];
  for (const [index, item] of items.entries()) {
    try {
      write(item, index);
    } catch (error) {
      if (!(error instanceof CommandError) || error.code === 50) {
        throw error;
      }
      errors.push({ index, code: error.code, ...error.fields, errmsg: error.message });
      if (context.body.ordered !== false) {
        break;
      }
    }
  }
  return errors.length > 0 ? { writeErrors: errors } : {};
}

function batchOf(context: CommandContext, field: string): Document[] {
  return sized(documentsField(context.body, field));
}

/** The documents of an insert, as far as they are read. */
function insertedDocuments({ body }: CommandContext): (Document | RawDocument)[] {
  const { documents } = body;
  const isAny = (item: unknown) => isDocument(item) || item instanceof RawDocument;
  return sized(Array.isArray(documents) && documents.every(isAny) ? documents : documentsField(body, 'documents'));
}

/** @throws CommandError 16 for a batch that is empty or too long */
function sized<Item>(items: Item[]): Item[] {
  if (items.length === 0 || items.length > 100_000) {
    throw new CommandError(16, `Write batch sizes must be between 1 and 100000. Got ${items.length} operations.`);
  }
  return items;
}

function insert(context: CommandContext): object {
  const name = collectionName(context.body, 'insert');
  refuseName({ database: context.database, collection: name });
  let n = 0;
  const errors = batch(context, insertedDocuments(context), (candidate) => {
    insertAny(context, name, candidate);
    n += 1;
  });
  return { n, ...errors };
}

function update(context: CommandContext): object {
  const name = collectionName(context.body, 'update');
  refuseName({ database: context.database, collection: name });
  let [n, nModified] = [0, 0];
  const upserted: object[] = [];
  const errors = batch(context, batchOf(context, 'updates'), (item, index) => {
    const result = updateDocuments(context, {
      collection: name,
      filter: documentField(item, 'q'),
      update: item.u,
      multi: item.multi === true,
      upsert: item.upsert === true,
      arrayFilters: item.arrayFilters,
      sort: item.sort,
      collation: item.collation,
      hint: item.hint,
      constants: item.c,
    });
    n += result.matched;
    nModified += result.modified;
    if (result.upsertedId !== undefined) {
      n += 1;
      upserted.push({ index, _id: result.upsertedId });
    }
  });
  return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors };
}

function remove(context: CommandContext): object {
  const name = collectionName(context.body, 'delete');
  refuseName({ database: context.database, collection: name });
  let n = 0;
  const errors = batch(context, batchOf(context, 'deletes'), (item) => {
    n += deleteDocuments(context, {
      collection: name,
      filter: documentField(item, 'q'),
      multi: toNumber(item.limit) !== 1,
      collation: item.collation,
      hint: item.hint,
    }).deleted;
  });
  return { n, ...errors };
}

function findAndModify(context: CommandContext): object {
  const { body } = context;
  const name = collectionName(body, 'findAndModify');
  refuseName({ database: context.database, collection: name });
  const removing = isTruthy(body.remove);
  if (removing && body.update !== undefined) {
    throw new CommandError(9, 'Cannot specify both an update and remove=true');
  }
  if (!removing && body.update === undefined) {
    throw new CommandError(9, 'Either an update or remove=true must be specified');
  }
  const common = {
    collection: name,
    filter: documentField(body, 'query'),
    multi: false,
    sort: body.sort,
    collation: body.collation,
    hint: body.hint,
  };
  if (removing) {
    const { deleted, first } = deleteDocuments(context, common);
    return { lastErrorObject: { n: deleted }, value: projected(context, name, first) };
  }
  const result = updateDocuments(context, {
    ...common,
    update: body.update,
    upsert: isTruthy(body.upsert),
    arrayFilters: body.arrayFilters,
  });
  return {
    lastErrorObject: lastError(result),
    value: projected(context, name, isTruthy(body.new) ? result.after : result.before),
  };
}

function lastError({ matched, upsertedId }: UpdateResult): object {
  return upsertedId === undefined
    ? { n: matched, updatedExisting: matched > 0 }
    : { n: 1, updatedExisting: false, upserted: upsertedId };
}

function projected(context: CommandContext, name: string, found: Document | undefined): Document | null {
  const { body } = context;
  const project = projector(body.fields);
  if (!found || !project) {
    return found ?? null;
  }
  const match: Match = {};
  compileQuery(documentField(body, 'query'), { collation: collationFor(context, name, body.collation) })(found, match);
  return project(found, match);
}

interface Totals {
  nErrors: number;
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
}

/** `bulkWrite` of MongoDB 8: writes to several collections in one command. */
function bulkWrite(context: CommandContext): object {
  const { body, server } = context;
  const namespaces = documentsField(body, 'nsInfo').map(({ ns }) => String(ns));
  const totals: Totals = { nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
  const replies: object[] = [];
  for (const [idx, operation] of documentsField(body, 'ops').entries()) {
    try {
      const reply = bulkOperation(context, { operation, namespaces, totals });
      if (body.errorsOnly !== true) {
        replies.push({ ok: 1, idx, ...reply });
      }
    } catch (error) {
      if (!(error instanceof CommandError) || error.code === 50) {
        throw error;
      }
      totals.nErrors += 1;
      replies.push({ ok: 0, idx, code: error.code, errmsg: error.message, n: 0, ...error.fields });
      if (body.ordered !== false) {
        break;
      }
    }
  }
  const cursor = documentField(body, 'cursor');
  const size = cursor.batchSize === undefined ? undefined : countField(cursor, 'batchSize', 0);
  return { ...server.cursors.first(replies, { namespace: 'admin.$cmd.bulkWrite', size }), ...totals };
}

function bulkOperation(
  context: CommandContext,
  { operation, namespaces, totals }: { operation: Document; namespaces: readonly string[]; totals: Totals },
): object {
  const kind = ['insert', 'update', 'delete'].find((name) => operation[name] !== undefined);
  const namespace = namespaces[kind ? toNumber(operation[kind]) : -1];
  if (!kind || namespace === undefined) {
    throw badValue('BulkWrite ops entry has an invalid nsInfo index.');
  }
  const dot = namespace.indexOf('.');
  const within = { ...context, database: namespace.slice(0, dot) };
  const collection = namespace.slice(dot + 1);
  refuseName({ database: within.database, collection });
  if (kind === 'insert') {
    if (!isDocument(operation.document)) {
      throw badValue('BulkWrite insert needs a document');
    }
    insertDocument(within, collection, operation.document);
    totals.nInserted += 1;
    return { n: 1 };
  }
  const common = {
    collection,
    filter: documentField(operation, 'filter'),
    multi: operation.multi === true,
    sort: operation.sort,
    collation: operation.collation,
    hint: operation.hint,
  };
  return kind === 'delete' ? bulkDelete(within, common, totals) : bulkUpdate(within, { common, operation }, totals);
}

function bulkDelete(context: CommandContext, request: Parameters<typeof deleteDocuments>[1], totals: Totals): object {
  const { deleted } = deleteDocuments(context, request);
  totals.nDeleted += deleted;
  return { n: deleted };
}

function bulkUpdate(
  context: CommandContext,
  { common, operation }: { common: Parameters<typeof deleteDocuments>[1]; operation: Document },
  totals: Totals,
): object {
  const result = updateDocuments(context, {
    ...common,
    update: operation.updateMods,
    upsert: operation.upsert === true,
    arrayFilters: operation.arrayFilters,
    constants: operation.constants,
  });
  totals.nMatched += result.matched;
  totals.nModified += result.modified;
  if (result.upsertedId === undefined) {
    return { n: result.matched, nModified: result.modified };
  }
  totals.nUpserted += 1;
  return { n: 1, nModified: 0, upserted: { _id: result.upsertedId } };
}
