import { hostname } from 'node:os';
import { candidates, type Plan, planFor } from '../store/plan.ts';
import { type Document, document, fieldsOf, firstName, isDocument } from '../values/document.ts';
import { toNumber } from '../values/types.ts';
import { type Command, type CommandContext, collationFor, documentField } from './context.ts';
import { VERSION } from './diagnostics.ts';
import { search } from './read.ts';

/** The command that says how another would be run. */
export const EXPLAIN: readonly (readonly [string, Command])[] = [['explain', explain]];

function explain(context: CommandContext): object {
  const inner = documentField(context.body, 'explain');
  const command = firstName(inner);
  const [firstUpdate] = Array.isArray(inner.updates)
    ? inner.updates
    : Array.isArray(inner.deletes)
      ? inner.deletes
      : [];
  const [firstStage] = Array.isArray(inner.pipeline) ? inner.pipeline : [];
  const filters = [
    inner.filter,
    inner.query,
    isDocument(firstUpdate) ? firstUpdate.q : undefined,
    isDocument(firstStage) ? firstStage.$match : undefined,
  ];
  return explainReply(
    { ...context, body: inner },
    {
      collection: String(inner[command]),
      filter: filters.find(isDocument) ?? document(),
      verbosity: String(context.body.verbosity ?? 'allPlansExecution'),
    },
  );
}

/** The plan of a query in outline: which index, how many keys and documents were looked at. */
export function explainReply(
  context: CommandContext,
  { collection: name, filter, verbosity }: { collection: string; filter: Document; verbosity: string },
): object {
  const { body, database, server } = context;
  const collection = server.store.get({ database, collection: name });
  const collation = collationFor(context, name, body.collation);
  const plan: Plan = collection ? planFor(collection, filter, collation) : { kind: 'scan' };
  const stages = winningPlan(plan, filter, body);
  const reply = {
    explainVersion: '1',
    queryPlanner: {
      namespace: `${database}.${name}`,
      parsedQuery: filter,
      indexFilterSet: false,
      winningPlan: stages,
      rejectedPlans: [],
    },
    command: body,
    serverInfo: { host: hostname(), port: Number(server.address.split(':').at(-1)), version: VERSION },
  };
  if (verbosity === 'queryPlanner') {
    return reply;
  }
  const started = performance.now();
  const nReturned = [...search(context, { collection: name, filter, collation, variables: new Map() })].length;
  const examined = collection ? [...candidates(collection, plan)].length : 0;
  return {
    ...reply,
    executionStats: {
      executionSuccess: true,
      nReturned,
      executionTimeMillis: Math.round(performance.now() - started),
      totalKeysExamined: plan.kind === 'scan' ? 0 : examined,
      totalDocsExamined: examined,
      executionStages: { ...stages, nReturned, docsExamined: examined },
    },
  };
}

function winningPlan(plan: Plan, filter: Document, body: Document): object {
  let stage = accessStage(plan, filter);
  const { sort, limit } = body;
  const indexed = plan.kind === 'index' && isDocument(sort) && plan.index.fields[0] === firstName(sort);
  if (isDocument(sort) && firstName(sort) !== '' && !indexed) {
    stage = { stage: 'SORT', sortPattern: sort, memLimit: 104_857_600, type: 'simple', inputStage: stage };
  }
  return limit === undefined ? stage : { stage: 'LIMIT', limitAmount: toNumber(limit), inputStage: stage };
}

function accessStage(plan: Plan, filter: Document): object {
  const rest = firstName(filter) === '' ? {} : { filter };
  if (plan.kind === 'scan') {
    return { stage: 'COLLSCAN', ...rest, direction: 'forward' };
  }
  if (plan.kind === 'id') {
    return { stage: 'IDHACK', keyPattern: fieldsOf({ _id: 1 }), indexName: '_id_' };
  }
  const { index } = plan;
  return {
    stage: 'FETCH',
    ...(Object.keys(filter).length > plan.fields.length ? rest : {}),
    inputStage: {
      stage: 'IXSCAN',
      keyPattern: index.spec.key,
      indexName: index.name,
      isMultiKey: index.multikey,
      isUnique: index.unique,
      isSparse: index.sparse,
      isPartial: index.spec.partialFilterExpression !== undefined,
      direction: 'forward',
    },
  };
}
