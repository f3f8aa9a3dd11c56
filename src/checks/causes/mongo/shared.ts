import { suggest } from '../../../model/suggest.ts';
import type { SourceLocation } from '../../../model/verdict.ts';
import type { CheckSay } from '../../messages.ts';
import { type Found, found } from '../found.ts';
import type { DatabaseCall, SchemaField } from './code.ts';

/** A query of Mongoose that changes something, and never runs. */
export function queryNotRun({ location }: DatabaseCall, say: CheckSay): Found {
  return found('query-not-run', say('cause.query-not-run'), { next: say('cause.query-not-run.next'), location });
}

/** A document is saved, and nobody waits for it. */
export function saveNotAwaited({ location }: DatabaseCall, say: CheckSay): Found {
  return found('save-not-awaited', say('cause.save-not-awaited'), {
    next: say('cause.save-not-awaited.next'),
    location,
  });
}

/** The variable holds a query, and not yet its documents. */
export function queryNotAwaited({ name: call, location }: DatabaseCall, variable: string, say: CheckSay): Found {
  return found('query-not-awaited', say('cause.query-not-awaited', { name: variable }), {
    next: say('cause.query-not-awaited.next', { call }),
    location,
  });
}

/** A field that no schema knows; `near` is the one that was meant, where it is known. */
export function droppedField(
  field: string,
  fields: readonly SchemaField[],
  { say, near = nearField(field, fields) }: { say: CheckSay; near?: string | undefined },
): Found {
  const key = near === undefined ? 'cause.dropped-field' : 'cause.dropped-field.near';
  const parameters = { field, near: near ?? '' };
  const location: SourceLocation | undefined = (fields.find(({ name }) => name === near) ?? fields[0])?.location;
  return found('dropped-field', say(key, parameters), { next: say(`${key}.next`, parameters), location });
}

function nearField(field: string, fields: readonly SchemaField[]): string | undefined {
  const names = fields.map(({ name }) => name);
  return suggest(field, names)[0] ?? names.find((name) => name.startsWith(field) || field.startsWith(name));
}
