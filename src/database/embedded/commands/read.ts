import type { Output } from '../aggregate/output.ts';
import { type PipelineContext, runPipeline } from '../aggregate/pipeline.ts';
import { badValue, CommandError } from '../errors.ts';
import type { Variables } from '../expression/compile.ts';
import { nearOrder } from '../query/geo.ts';
import { compileQuery, type Match } from '../query/match.ts';
import { projector } from '../query/projection.ts';
import { candidates, planFor } from '../store/plan.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { isSame } from '../values/identity.ts';
import { sorter } from '../values/sort.ts';
import { toNumber } from '../values/types.ts';
import { type CommandContext, collationFor, countField, documentField, letVariables } from './context.ts';
import { writeOutput } from './output.ts';
import { statisticsStage } from './statistics.ts';

/** What is searched for. */
export interface Search {
  collection: string;
  filter: Document;
  collation: Collation;
  variables: Variables;
}

/** The search of a command with a filter in one of its fields. */
export function searchOf(context: CommandContext, collection: string, filterField: string): Search {
  const { body } = context;
  return {
    collection,
    filter: documentField(body, filterField),
    collation: collationFor(context, collection, body.collation),
    variables: letVariables(body.let),
  };
}

/** A document that matches, and where in an array. */
export interface Hit {
  found: Document;
  match: Match;
}

/** The documents that match, in the order in which they are found. */
export function* search(context: CommandContext, wanted: Search): Iterable<Hit> {
  const { filter, collation, variables, collection } = wanted;
  const matches = compileQuery(filter, { collation, variables });
  for (const found of documentsFor(context, { filter, collation, collection })) {
    context.tick();
    const match: Match = {};
    if (matches(found, match)) {
      yield { found, match };
    }
  }
}

/** All documents of a collection or view that may match a filter. */
function documentsFor(
  context: CommandContext,
  { collection: name, filter, collation }: { collection: string; filter: Document; collation: Collation },
): Iterable<Document> {
  const collection = context.server.store.get({ database: context.database, collection: name });
  if (!collection) {
    return [];
  }
  if (collection.viewOn !== undefined) {
    return allDocuments(context, { database: context.database, collection: name });
  }
  return candidates(collection, planFor(collection, filter, collation));
}

/** All documents of a collection or of a view. */
export function allDocuments(
  context: CommandContext,
  { database, collection: name }: { database: string; collection: string },
): Iterable<Document> {
  const collection = context.server.store.get({ database, collection: name });
  if (!collection) {
    return [];
  }
  if (collection.viewOn === undefined) {
    return collection.documents.values();
  }
  const { pipeline } = collection.options;
  const rows = allDocuments(context, { database, collection: collection.viewOn });
  return runPipeline(rows, Array.isArray(pipeline) ? pipeline : [], pipelineContext(context, { database }));
}

/** What a pipeline may reach: the collections of the store, its own output, statistics. */
export function pipelineContext(
  context: CommandContext,
  { database, collation, variables }: { database: string; collation?: Collation; variables?: Variables },
): PipelineContext {
  return {
    collation: collation ?? collationOf(undefined),
    variables: variables ?? new Map(),
    read: (from) => allDocuments(context, { database: from.database ?? database, collection: from.collection }),
    write: (output: Output) => writeOutput(context, output),
    statistics: (stage, spec) => statisticsStage(context, stage, spec),
    tick: context.tick,
  };
}

/** The result of `find`: filtered, sorted, cut, projected. */
export function findDocuments(context: CommandContext, wanted: Search): Document[] {
  const { body } = context;
  refuseBadHint(context, wanted.collection, body.hint);
  const project = projector(body.projection, wanted.variables);
  const sort = documentField(body, 'sort');
  const skip = countField(body, 'skip', 0);
  const limit = Math.abs(toNumber(body.limit ?? 0));
  const ordered = Object.keys(sort).length > 0;
  const index = ordered ? undefined : hintedKey(context, wanted.collection, body.hint);
  const near = ordered ? undefined : nearOrder(wanted.filter);
  const order = near ?? orderOf(index ?? sort, wanted.collation);
  const enough = ordered || index || near || limit === 0 ? Number.POSITIVE_INFINITY : skip + limit;
  let hits: Hit[] = [];
  for (const hit of search(context, wanted)) {
    hits.push(hit);
    if (hits.length >= enough) {
      break;
    }
  }
  if (order) {
    hits.sort((left, right) => order(left.found, right.found));
  } else if (ordered && toNumber(sort.$natural) < 0) {
    hits.reverse();
  }
  hits = hits.slice(skip, limit === 0 ? undefined : skip + limit);
  return hits.map(({ found, match }) => (project ? project(found, match) : found));
}

function orderOf(sort: Document, collation: Collation) {
  return Object.keys(sort).length > 0 && sort.$natural === undefined ? sorter(sort, collation.order) : undefined;
}

/** The key of the index that a hint names: without a sort, its order is that of the result. */
export function hintedKey({ server, database }: CommandContext, name: string, hint: unknown): Document | undefined {
  const collection = server.store.get({ database, collection: name });
  const spec = collection?.indexSpecs.find(({ name, key }) => name === hint || (isDocument(hint) && isSame(key, hint)));
  return isDocument(spec?.key) ? spec.key : undefined;
}

/** @throws CommandError 2 when there is no such index */
export function refuseBadHint({ server, database }: CommandContext, name: string, hint: unknown): void {
  const collection = server.store.get({ database, collection: name });
  if (hint === undefined || !collection || (isDocument(hint) && hint.$natural !== undefined)) {
    return;
  }
  if (isDocument(hint) && Object.keys(hint).length === 0) {
    return;
  }
  if (!collection.indexSpecs.some((spec) => (typeof hint === 'string' ? spec.name === hint : isSame(spec.key, hint)))) {
    throw badValue(
      'error processing query: planner returned error: bad hint provided: hint provided does not correspond to an existing index',
    );
  }
}

/** The pipeline of a command. @throws CommandError 14 */
export function pipelineOf(body: Document): unknown[] {
  if (!Array.isArray(body.pipeline)) {
    throw new CommandError(14, "'pipeline' option must be specified as an array");
  }
  return body.pipeline;
}

/** An empty filter. */
export const EVERYTHING: Document = document();
