import { BSONRegExp, ObjectId, Timestamp } from 'bson';
import { compilePipelineUpdate } from '../aggregate/update.ts';
import { CommandError } from '../errors.ts';
import type { Match } from '../query/match.ts';
import { MAX_DOCUMENT } from '../store/collection.ts';
import { applyUpdate, replace, settled } from '../update/apply.ts';
import { isOperatorUpdate, parseUpdate } from '../update/parse.ts';
import { upsertSeed } from '../update/upsert.ts';
import { type Document, document, fieldsOf, firstName, isDocument } from '../values/document.ts';
import { sizeOf } from '../values/encode.ts';
import { RawDocument } from '../values/raw.ts';
import { sorter } from '../values/sort.ts';
import { type CommandContext, collationFor, letVariables } from './context.ts';
import { type Hit, refuseBadHint, type Search, search } from './read.ts';

/** One update as `update`, `findAndModify` and `bulkWrite` describe it. */
export interface UpdateRequest {
  collection: string;
  filter: Document;
  update: unknown;
  multi: boolean;
  upsert: boolean;
  arrayFilters?: unknown;
  sort?: unknown;
  collation?: unknown;
  hint?: unknown;
  /** Values for a pipeline, `c`. */
  constants?: unknown;
}

export interface UpdateResult {
  matched: number;
  modified: number;
  upsertedId?: unknown;
  before?: Document;
  after?: Document;
}

export interface DeleteRequest {
  collection: string;
  filter: Document;
  multi: boolean;
  sort?: unknown;
  collation?: unknown;
  hint?: unknown;
}

/** Stores a document of an `insert`, read only where that is needed. */
export function insertAny(context: CommandContext, collection: string, candidate: Document | RawDocument): void {
  if (!(candidate instanceof RawDocument)) {
    insertDocument(context, collection, candidate);
    return;
  }
  const namespace = { database: context.database, collection };
  if (candidate.bytes.length > MAX_DOCUMENT || !context.server.store.target(namespace).insertRaw(candidate)) {
    insertDocument(context, collection, candidate.read());
    return;
  }
  context.server.store.touch(namespace);
}

/**
 * Stores a document, with an `_id` at its front.
 *
 * @throws CommandError 11000, 121, 53, 52, 10334
 */
export function insertDocument(context: CommandContext, collection: string, candidate: Document): Document {
  const added = withId(candidate);
  refuseId(added._id);
  if (context.messageLength > MAX_DOCUMENT && sizeOf(added) > MAX_DOCUMENT) {
    throw new CommandError(
      10334,
      `object to insert too large. size in bytes: ${sizeOf(added)}, max size: ${MAX_DOCUMENT}`,
    );
  }
  for (const name of Object.keys(added)) {
    const value = added[name];
    if (value instanceof Timestamp && value.isZero()) {
      added[name] = new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
    }
  }
  const namespace = { database: context.database, collection };
  context.server.store.target(namespace).insert(added);
  context.server.store.touch(namespace);
  return added;
}

function withId(candidate: Document): Document {
  if (firstName(candidate) === '_id') {
    return candidate;
  }
  return fieldsOf({ _id: candidate._id === undefined ? new ObjectId() : candidate._id }, candidate);
}

function refuseId(id: unknown): void {
  if (isDocument(id)) {
    const dollar = Object.keys(id).find((name) => name.startsWith('$'));
    if (dollar !== undefined) {
      throw new CommandError(52, `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`);
    }
  }
  const wrong = Array.isArray(id) ? 'array' : id instanceof BSONRegExp ? 'regex' : undefined;
  if (wrong) {
    throw new CommandError(53, `The '_id' value cannot be of type ${wrong}`);
  }
}

/** How one document is changed. */
type Change = (before: Document, match: Match, inserting: boolean) => Document;

/** Updates the first document that matches, or all of them; makes one when none does and the request says so. */
export function updateDocuments(context: CommandContext, request: UpdateRequest): UpdateResult {
  const wanted = searchFor(context, request);
  const change = changeOf(request, wanted);
  refuseBadHint(context, request.collection, request.hint);
  const namespace = { database: context.database, collection: request.collection };
  context.server.store.get(namespace)?.refuseView();
  const hits = hitsOf(context, wanted, request);
  const [first] = hits;
  if (!first) {
    return request.upsert ? upsert(context, request, change) : { matched: 0, modified: 0 };
  }
  const collection = context.server.store.target(namespace);
  const result: UpdateResult = { matched: 0, modified: 0, before: first.found };
  for (const { found, match } of hits) {
    const after = change(found, match, false);
    result.matched += 1;
    result.after = after;
    if (after !== found) {
      collection.put(after);
      result.modified += 1;
    }
  }
  if (result.modified > 0) {
    context.server.store.touch(namespace);
  }
  return result;
}

/** Deletes the first document that matches, or all of them. */
export function deleteDocuments(
  context: CommandContext,
  request: DeleteRequest,
): { deleted: number; first?: Document } {
  const wanted = searchFor(context, request);
  refuseBadHint(context, request.collection, request.hint);
  const namespace = { database: context.database, collection: request.collection };
  const collection = context.server.store.get(namespace);
  collection?.refuseView();
  const hits = hitsOf(context, wanted, request);
  for (const { found } of hits) {
    collection?.remove(found);
  }
  const [first] = hits;
  if (!first) {
    return { deleted: 0 };
  }
  context.server.store.touch(namespace);
  return { deleted: hits.length, first: first.found };
}

function searchFor(context: CommandContext, request: UpdateRequest | DeleteRequest): Search {
  const constants = 'constants' in request ? letVariables(request.constants) : new Map<string, unknown>();
  return {
    collection: request.collection,
    filter: request.filter,
    collation: collationFor(context, request.collection, request.collation),
    variables: new Map([...letVariables(context.body.let), ...constants]),
  };
}

/** All that match are found before the first is changed, so that a changed document is not met again. */
function hitsOf(context: CommandContext, wanted: Search, request: UpdateRequest | DeleteRequest): Hit[] {
  const { sort, multi } = request;
  const hits: Hit[] = [];
  for (const hit of search(context, wanted)) {
    hits.push(hit);
    if (!multi && !isDocument(sort)) {
      break;
    }
  }
  if (isDocument(sort) && Object.keys(sort).length > 0) {
    const order = sorter(sort, wanted.collation.order);
    hits.sort((left, right) => order(left.found, right.found));
  }
  return multi ? hits : hits.slice(0, 1);
}

function changeOf({ update, arrayFilters, multi }: UpdateRequest, { collation, variables }: Search): Change {
  if (Array.isArray(update)) {
    refuseArrayFilters(arrayFilters, 'pipeline');
    const change = compilePipelineUpdate(update);
    return (before) => withOwnId(before, change(before, variables));
  }
  if (isOperatorUpdate(update)) {
    const parsed = parseUpdate(update, { arrayFilters, collation });
    return (before, match, inserting) => applyUpdate(before, parsed, { collation, match, inserting });
  }
  refuseArrayFilters(arrayFilters, 'replacement');
  if (!isDocument(update)) {
    throw new CommandError(9, 'Update argument must be either an object or an array');
  }
  if (multi) {
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  }
  return (before) => replace(before, update);
}

/** A pipeline may leave the `_id` out, but not change it. */
function withOwnId(before: Document, after: Document): Document {
  const kept = after._id === undefined && before._id !== undefined ? fieldsOf({ _id: before._id }, after) : after;
  return settled(before, kept);
}

function refuseArrayFilters(arrayFilters: unknown, style: string): void {
  if (Array.isArray(arrayFilters) && arrayFilters.length > 0) {
    throw new CommandError(9, `arrayFilters may not be specified for ${style}-style updates`);
  }
}

function upsert(context: CommandContext, request: UpdateRequest, change: Change): UpdateResult {
  const seed = upsertSeed(request.filter);
  const replaces = !Array.isArray(request.update) && !isOperatorUpdate(request.update);
  const start = replaces ? document(seed._id === undefined ? [] : [['_id', seed._id]]) : seed;
  const after = insertDocument(context, request.collection, change(start, {}, true));
  return { matched: 0, modified: 0, upsertedId: after._id, after };
}
