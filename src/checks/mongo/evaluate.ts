import type { CheckContext, PartOutcome, Ran } from '../../model/context.ts';
import type { Template, Value } from '../../model/course.ts';
import {
  DatabaseStuck,
  type IndexLook,
  type MongoDocument,
  type MongoLook,
  type MongoSpec,
  type SessionDatabase,
} from '../../model/mongo.ts';
import type { Difference, Failure } from '../../model/verdict.ts';
import type { DocumentFinding } from '../causes/mongo/documents.ts';
import { commandLine } from '../command-line.ts';
import { messages as checkMessages } from '../messages.ts';
import { compare } from './compare.ts';
import { nearest, pairUp } from './match.ts';
import { messages } from './messages.ts';
import { type Found, madeInstead, placeOf } from './place.ts';
import { showDocument, showDocuments } from './show.ts';

/** How many of the requests before it are shown. */
const MOST_BEFORE = 4;

/** The `mongo` kind: looks from outside at the documents that a run has left. */
export async function evaluateMongo(spec: MongoSpec, context: CheckContext, ran?: Ran): Promise<PartOutcome> {
  try {
    return await lookAtAll(spec, context, ran);
  } catch (error) {
    if (!(error instanceof DatabaseStuck)) throw error;
    return { status: 'failed', failure: stuck(context, ran) };
  }
}

async function lookAtAll(spec: MongoSpec, context: CheckContext, ran: Ran | undefined): Promise<PartOutcome> {
  const { database } = context;
  if (!database) throw new Error('A mongo check needs `database` in the exercise.');
  for (const look of spec) {
    const found = await placeOf(look, database);
    const finding = await findDifference({ look, found, database, context });
    if (finding) return { status: 'failed', failure: await explain(finding, { look, found, context, ran }) };
  }
  return { status: 'passed', ...(ran && { ran }) };
}

function stuck(context: CheckContext, ran: Ran | undefined): Failure {
  const text = messages(context.language);
  return {
    summary: text('mongo.stuck'),
    tried: { kind: 'command', line: commandLine(context.entry, ran?.input ?? { args: [], env: {} }) },
    differences: [],
    observed: [],
    cause: { name: 'database-stuck', text: text('cause.database-stuck') },
    next: text('cause.database-stuck.next'),
  };
}

interface Looking {
  look: MongoLook;
  found: Found;
  database: SessionDatabase;
  context: CheckContext;
}

/** What differs, and what that says of the cause. */
interface Finding extends Partial<DocumentFinding> {
  difference: Difference;
}

async function findDifference(looking: Looking): Promise<Finding | undefined> {
  const { look, context } = looking;
  const filter = look.where === undefined ? {} : context.render(look.where);
  const wanted = (look.only ?? look.has ?? []).map((condition) => context.render(condition));
  const asked = [filter, ...wanted.map((condition) => both(filter, condition))];
  const [documents = [], ...matching] = await Promise.all(asked.map((each) => findIn(looking, each)));
  return (
    absence(looking, documents) ??
    counted(looking, documents) ??
    (await conditions(looking, { documents, filter, wanted, matching })) ??
    bare((await unchanged(looking, filter)) ?? (await indexed(looking)) ?? (await refused(looking)))
  );
}

function bare(difference: Difference | undefined): Finding | undefined {
  return difference && { difference };
}

function say({ context }: Pick<Looking, 'context'>) {
  return messages(context.language);
}

function absence(looking: Looking, documents: readonly MongoDocument[]): Finding | undefined {
  if (looking.look.absent !== true || documents.length === 0) return undefined;
  const difference: Difference = {
    what: looking.look.collection,
    relation: 'equals',
    expected: say(looking)('mongo.no-documents'),
    got: showDocuments(documents),
  };
  return { difference, surplus: true };
}

function counted(looking: Looking, documents: readonly MongoDocument[]): Finding | undefined {
  const { look, context } = looking;
  if (look.count === undefined) return undefined;
  const expected = Number(context.render(look.count));
  if (documents.length === expected) return undefined;
  const what = say(looking)('mongo.count', { collection: look.collection });
  return {
    difference: { what, relation: 'equals', expected: String(expected), got: String(documents.length) },
    surplus: documents.length > expected,
  };
}

interface Conditions {
  documents: readonly MongoDocument[];
  filter: Value;
  wanted: readonly Value[];
  /** By condition: the documents that match it. */
  matching: readonly (readonly MongoDocument[])[];
}

/** `has` and `only`: each condition has a document of its own. */
async function conditions(
  looking: Looking,
  { documents, filter, wanted, matching }: Conditions,
): Promise<Finding | undefined> {
  const { look } = looking;
  const missing = pairUp(matching);
  const what = look.collection;
  if (missing !== undefined) {
    const condition = wanted[missing] as Value;
    const near = await nearest({ condition, documents, find: (part) => findIn(looking, both(filter, part)) });
    if (near === undefined) {
      const got = say(looking)('mongo.no-documents');
      return { difference: { what, relation: 'contains', expected: showDocument(condition), got }, surplus: false };
    }
    const { expected, got, field } = compare(condition, near.document, near.met);
    return {
      difference: { what, relation: 'equals', expected: showDocument(expected), got: showDocument(got) },
      near: near.document,
      surplus: false,
      ...(field && { field }),
    };
  }
  if (look.only === undefined || documents.length === wanted.length) return undefined;
  const taken = new Set(matching.flat().map((document) => JSON.stringify(document)));
  const surplus = documents.find((document) => !taken.has(JSON.stringify(document))) ?? documents[0];
  const expected = say(looking)('mongo.surplus', { count: documents.length - wanted.length });
  const got = surplus ? showDocument(surplus) : '';
  return { difference: { what, relation: 'equals', expected, got }, surplus: true };
}

async function findIn({ found, database }: Looking, filter: Value): Promise<MongoDocument[]> {
  return found.exists ? database.find(found.place, filter) : [];
}

function both(filter: Value, condition: Value): Value {
  return { $and: [filter, condition] };
}

/** The documents of the seed that match are as they were; what the run added beside them does not count. */
async function unchanged(looking: Looking, filter: Value): Promise<Difference | undefined> {
  const { look, database } = looking;
  if (look.unchanged !== true) return undefined;
  const now = await findIn(looking, {});
  const byId = new Map(now.map((document) => [JSON.stringify(document._id), document]));
  for (const original of await database.seeded(look.collection, filter)) {
    const current = byId.get(JSON.stringify(original._id));
    if (JSON.stringify(current) !== JSON.stringify(original)) {
      return {
        what: look.collection,
        relation: 'equals',
        expected: showDocument(original),
        got: current ? showDocument(current) : say(looking)('mongo.gone'),
      };
    }
  }
  return undefined;
}

async function indexed(looking: Looking): Promise<Difference | undefined> {
  const { look, found, database } = looking;
  if (look.indexes === undefined) return undefined;
  const there = found.exists ? await database.indexes(found.place) : [];
  const fits = (wanted: IndexLook) =>
    there.some(
      ({ key, unique }) =>
        JSON.stringify(key) === JSON.stringify(wanted.key) && (wanted.unique === undefined || unique === wanted.unique),
    );
  const missing = look.indexes.find((wanted) => !fits(wanted));
  if (!missing) return undefined;
  const show = ({ key, unique }: { key: Readonly<Record<string, Value>>; unique?: boolean }) =>
    `${showDocument(key)}${unique ? ' unique' : ''}`;
  return {
    what: say(looking)('mongo.indexes', { collection: look.collection }),
    relation: 'contains',
    expected: show(missing),
    got: there.map(show).join('\n'),
  };
}

async function refused({ look, found, database, context }: Looking): Promise<Difference | undefined> {
  for (const candidate of (look.refuses ?? []).map((template: Template) => context.render(template))) {
    if (!found.exists || (await database.accepts(found.place, candidate))) {
      return {
        what: look.collection,
        relation: 'equals',
        expected: messages(context.language)('mongo.refuses', { document: showDocument(candidate) }),
        got: messages(context.language)('mongo.accepts'),
      };
    }
  }
  return undefined;
}

interface Explaining {
  look: MongoLook;
  found: Found;
  context: CheckContext;
  ran: Ran | undefined;
}

async function explain(finding: Finding, explaining: Explaining): Promise<Failure> {
  const { look, found, context, ran } = explaining;
  const text = messages(context.language);
  const nextKey = isNone(finding) ? 'mongo.next.none' : 'mongo.next';
  const history = ran?.history ?? [];
  return {
    summary: text('mongo.differs', { collection: look.collection }),
    tried: { kind: 'command', line: ran?.line ?? commandLine(context.entry, ran?.input ?? { args: [], env: {} }) },
    differences: [finding.difference],
    observed: [
      ...(history.length > 0 ? [{ what: text('mongo.before'), text: history.slice(-MOST_BEFORE).join('\n') }] : []),
      ...found.observed.map((what) => ({ what: text('mongo.databases'), text: what })),
    ],
    ...((await causeOf(finding, explaining)) ?? { next: text(nextKey, { collection: look.collection }) }),
  };
}

/** No document comes near what is wanted. */
function isNone({ near, surplus }: Finding): boolean {
  return near === undefined && surplus === false;
}

/** The documents are in another place, are made wrongly, or something else was made instead. */
async function causeOf(finding: Finding, explaining: Explaining): Promise<Pick<Failure, 'cause' | 'next'> | undefined> {
  const { found, context } = explaining;
  const { surplus, near, field } = finding;
  if (found.elsewhere !== undefined) return placeCause(found.elsewhere, explaining);
  if (surplus !== undefined) {
    const { findDocumentCause } = await import('../causes/mongo/documents.ts');
    const say = checkMessages(context.language);
    const known = await findDocumentCause({ surplus, near, ...(field && { field }) }, context, say);
    if (known !== undefined) return known;
  }
  const instead = isNone(finding) && context.database ? await madeInstead(found, context.database) : undefined;
  return instead && placeCause(instead, { ...explaining, found: { ...found, exists: true } });
}

function placeCause(
  elsewhere: NonNullable<Found['elsewhere']>,
  { look, found, context }: Explaining,
): Pick<Failure, 'cause' | 'next'> {
  const text = messages(context.language);
  const parameters = { ...elsewhere, collection: look.collection };
  const key = `cause.${elsewhere.cause}` as const;
  const isInstead = found.exists && elsewhere.cause === 'other-collection';
  return {
    cause: { name: elsewhere.cause, text: text(isInstead ? 'cause.other-collection.instead' : key, parameters) },
    next: text(`${key}.next`, parameters),
  };
}
