import type { CheckContext } from '../../../model/context.ts';
import type { Value } from '../../../model/course.ts';
import type { MongoDocument } from '../../../model/mongo.ts';
import type { CheckSay } from '../../messages.ts';
import { type Found, found } from '../found.ts';
import { readServerCode, type ServerCode } from '../http/server-code.ts';
import { looseChanges, looseSaves, savesAtStart, schemaFields } from './code.ts';
import { droppedField, queryNotRun, saveNotAwaited } from './shared.ts';

/** What is known of documents that are not as they must be. */
export interface DocumentFinding {
  /** A field that a document should have. */
  field?: { name: string; expected: Value };
  /** The document that comes nearest. */
  near?: MongoDocument | undefined;
  /** There are documents that should not be there. */
  surplus: boolean;
}

/** The likeliest cause of documents that differ, or undefined when none is known by name. */
export async function findDocumentCause(
  { field, near, surplus }: DocumentFinding,
  { submission, entry }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const code = await readServerCode(submission);
  if (!code.mentions(/['"]mongoose['"]/)) return undefined;
  if (surplus) return (await seeding(code, entry, say)) ?? notRun(code, say);
  return (field && near && (await schemaCause(field, near, { code, say }))) ?? notRun(code, say);
}

async function seeding({ files }: ServerCode, entry: string, say: CheckSay): Promise<Found | undefined> {
  const [first] = await savesAtStart(files, entry);
  if (first === undefined || !/\blisten\s*\(/.test(files.map(({ text }) => text).join('\n'))) return undefined;
  return found('seed-at-start', say('cause.seed-at-start'), {
    next: say('cause.seed-at-start.next'),
    location: first.location,
  });
}

async function schemaCause(
  { name, expected }: { name: string; expected: Value },
  near: MongoDocument,
  { code, say }: { code: ServerCode; say: CheckSay },
): Promise<Found | undefined> {
  const fields = await schemaFields(code.files);
  const own = fields.find((field) => field.name === name);
  if (own === undefined && fields.length > 0 && !(name in near)) {
    return droppedField(name, fields, { say });
  }
  if (own?.type === undefined || !(name in near)) return undefined;
  const [wanted, got] = [kindOf(expected), kindOf(near[name] ?? null)];
  if (wanted === undefined || got === undefined || wanted === got || own.type !== got) return undefined;
  return found('schema-type', say('cause.schema-type', { field: name, type: own.type }), {
    next: say('cause.schema-type.next'),
    location: own.location,
  });
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  int: 'Number',
  double: 'Number',
  boolean: 'Boolean',
  bool: 'Boolean',
  date: 'Date',
};

/** The type of a schema that gives such a value, or such as `{ $type: date }` asks for. */
function kindOf(value: Value): string | undefined {
  if (typeof value !== 'object' || value === null) return KINDS[typeof value];
  if ('$date' in value) return 'Date';
  return '$type' in value ? KINDS[String(value.$type)] : undefined;
}

async function notRun({ files }: ServerCode, say: CheckSay): Promise<Found | undefined> {
  const [change] = await looseChanges(files);
  if (change !== undefined) return queryNotRun(change, say);
  const [save] = await looseSaves(files);
  return save && saveNotAwaited(save, say);
}
