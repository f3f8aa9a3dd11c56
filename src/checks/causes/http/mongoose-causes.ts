import type { CheckContext } from '../../../model/context.ts';
import type { Value } from '../../../model/course.ts';
import type { Wire } from '../../http/wire.ts';
import { type Found, found } from '../found.ts';
import { type DatabaseCall, looseChanges, looseFinds, looseSaves, schemaFields } from '../mongo/code.ts';
import { silentDatabase } from '../mongo/errors.ts';
import { updateCause } from '../mongo/program.ts';
import {
  queryNotAwaited as notAwaited,
  queryNotRun as notRun,
  saveNotAwaited,
  droppedField as unknownField,
} from '../mongo/shared.ts';
import type { Investigation } from './investigation.ts';
import { routeOrder } from './route-causes.ts';
import { type Registration, textOfNode } from './server-code.ts';

/** No answer comes, because the query in the route waits for a connection. */
export async function noDatabase({ failed, code, context, say }: Investigation): Promise<Found | undefined> {
  const { exchange, server, stderr } = failed;
  const isWaiting = exchange.kind === 'no-answer' || !server.up || /buffering timed out/.test(stderr);
  if (!isWaiting) return undefined;
  const printed = server.up
    ? server.program.output()
    : { stdout: server.outcome.stdout.text, stderr: server.outcome.stderr.text };
  return silentDatabase(code.files, printed.stdout + printed.stderr, { context, say });
}

const STORES = /\.(?:save|create|insertMany|insertOne)\s*\(/;

/** A status of 4xx was wanted, and the error of Mongoose came back as one of the server. */
export async function dataError(investigation: Investigation): Promise<Found | undefined> {
  const { failed, say, error, asked } = investigation;
  const wanted = wantedRefusal(investigation);
  const body = failed.exchange.kind === 'answer' ? failed.exchange.answer.body : '';
  const isError = failed.exchange.kind === 'answer' && failed.exchange.answer.status >= 500;
  const said = `${failed.stderr}\n${body}`;
  const value = /Cast to ObjectId failed for value (?:"|&quot;)(.*?)(?:"|&quot;)/.exec(said)?.[1];
  const printed = await error();
  const location = printed?.location ?? asked.route?.location;
  if (value !== undefined && isError) {
    const order = wanted === undefined ? await routeOrder(investigation) : undefined;
    if (order !== undefined) return order;
    const next = say('cause.cast-error.next', { status: wanted ?? '404' });
    return found('cast-error', say('cause.cast-error', { value }), { next, location });
  }
  if (wanted === undefined || !isError) return undefined;
  if (/\bE11000\b/.test(said)) {
    return found('duplicate-500', say('cause.duplicate-500'), {
      next: say('cause.duplicate-500.next', { status: wanted }),
      location,
    });
  }
  if (!/\bValidationError\b|\bvalidation failed\b/i.test(said)) return undefined;
  return found('validation-500', say('cause.validation-500'), {
    next: say('cause.validation-500.next', { status: wanted }),
    location,
  });
}

/** A right document was refused, because the schema requires a field that the code does not set. */
export async function requiredUnset({ failed, code, say }: Investigation): Promise<Found | undefined> {
  const { exchange, sent, differences } = failed;
  const isWanted = differences.some(({ what, expected }) => what === 'status' && !/^[45]/.test(expected));
  if (!isWanted || exchange.kind !== 'answer' || exchange.answer.status < 400 || sent === undefined) return undefined;
  const field = /Path (?:`|&#x?\w+;)(\w+)(?:`|&#x?\w+;) is required/.exec(failed.stderr + exchange.answer.body)?.[1];
  const fields = await schemaFields(code.files);
  const own = fields.find(({ name }) => name === field);
  if (field === undefined || own === undefined) return undefined;
  const names = Object.keys(fieldsSent(sent));
  if (names.includes(field)) return undefined;
  const unknown = names.find((name) => fields.every((one) => one.name !== name));
  if (unknown !== undefined) return unknownField(unknown, fields, { say, near: field });
  return found('required-unset', say('cause.required-unset', { field }), {
    next: say('cause.required-unset.next', { field }),
    location: own.location,
  });
}

/** A field that was sent did not come back, because the schema does not know it. */
export async function droppedField({ failed, code, say }: Investigation): Promise<Found | undefined> {
  const { sent, differences } = failed;
  const fields = sent === undefined || differences.length === 0 ? [] : await schemaFields(code.files);
  if (sent === undefined || fields.length === 0) return undefined;
  const unknown = Object.keys(fieldsSent(sent)).find(
    (name) =>
      fields.every((field) => field.name !== name) &&
      differences.some(({ what, expected, got }) => {
        const isNamed = expected.includes(`"${name}"`) && !got.includes(`"${name}"`);
        return isNamed || what.endsWith(`: ${name}`);
      }),
  );
  return unknown === undefined ? undefined : unknownField(unknown, fields, { say });
}

/** The status that should have refused a request. */
function wantedRefusal({ failed }: Investigation): string | undefined {
  const expected = failed.differences.find(({ what }) => what === 'status')?.expected;
  return expected?.startsWith('4') ? expected.slice(0, 3) : undefined;
}

/** A request that breaks a rule was answered as if all had gone well, or took the server down. */
export async function acceptedAnyway(investigation: Investigation): Promise<Found | undefined> {
  const { code, context, say } = investigation;
  const accepted = acceptedRequest(investigation);
  if (accepted === undefined || !code.mentions(/['"]mongoose['"]/)) return undefined;
  const { sent, status, isDown } = accepted;
  const route = routeOf(investigation, sent);
  const saved = isDown ? 0 : await countSaved(sent, context);
  const isUpdate = sent.method !== 'POST' || isOverridden(sent);
  if (status === '409') {
    if (saved < (isUpdate ? 2 : 1)) return undefined;
    return found('no-unique-index', say('cause.no-unique-index'), { next: say('cause.no-unique-index.next') });
  }
  if (saved > 0) return savedAnyway(investigation, { route, isUpdate });
  const [loose] = within(await looseSaves(code.files), route);
  if (loose !== undefined) return saveNotAwaited(loose, say);
  if (route === undefined || isDown || !/\bcatch\b/.test(textOf(route))) return undefined;
  return found('redirect-anyway', say('cause.redirect-anyway', { route: `${route.method} ${route.path}` }), {
    next: say('cause.redirect-anyway.next', { status }),
    location: answerIn(route) ?? route.location,
  });
}

/** The request that should have been refused with this status, where it was not. */
function acceptedRequest(investigation: Investigation): { sent: Wire; status: string; isDown: boolean } | undefined {
  const { exchange, sent, request, stderr, isDown: hasEnded } = investigation.failed;
  const isDown = hasEnded || exchange.kind === 'closed';
  const wanted = wantedRefusal(investigation);
  const isBroken = isDown && /\bValidationError\b/.test(stderr);
  const isAccepted = isDown || (exchange.kind === 'answer' && exchange.answer.status < 400);
  if ((wanted === undefined && !isBroken) || wanted === '404' || !isAccepted) return undefined;
  // A browser may have been led on to a page since then.
  const isAnswerToIt = request === sent || request.headers.accept?.includes('text/html') === true;
  return sent && isAnswerToIt ? { sent, status: wanted ?? '400', isDown } : undefined;
}

function isOverridden({ target }: Wire): boolean {
  return /[?&]_method=(?:put|patch)/i.test(target);
}

/** What breaks a rule was written all the same. */
function savedAnyway(
  { code, say }: Investigation,
  { route, isUpdate }: { route: Registration | undefined; isUpdate: boolean },
): Found {
  const usesSave = route !== undefined && STORES.test(textOf(route));
  const cause = isUpdate && !usesSave ? updateCause(code.files, say) : undefined;
  if (cause !== undefined) return cause;
  return found('rule-missing', say('cause.rule-missing'), { next: say('cause.rule-missing.next') });
}

/** How many documents hold just what the request has sent. */
async function countSaved(sent: Wire, { database }: CheckContext): Promise<number> {
  const fields = filterOf(fieldsSent(sent));
  let count = 0;
  if (database === undefined || Object.keys(fields).length === 0) return count;
  for (const name of await database.databases()) {
    for (const collection of await database.collections(name)) {
      const matching = await database.find({ database: name, collection }, fields);
      count += matching.length;
    }
  }
  return count;
}

/** A field that was sent empty may have been left out. */
function filterOf(sent: Readonly<Record<string, unknown>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]): [string, Value][] => {
      if (value === '') return [[name, { $in: ['', null] }]];
      const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return isPlain ? [[name, value]] : [];
    }),
  );
}

function fieldsSent({ body, headers }: Wire): Readonly<Record<string, unknown>> {
  if (typeof body !== 'string') return {};
  const isJson = headers['content-type']?.includes('json') ?? false;
  return isJson ? { ...parsed(body) } : Object.fromEntries(new URLSearchParams(body));
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A change that was sent has not come about, because its query never ran. */
export async function queryNotRun(investigation: Investigation): Promise<Found | undefined> {
  const { failed, code, say } = investigation;
  const request = failed.sent;
  if (failed.differences.length === 0 || request === undefined) return undefined;
  const [loose] = within(await looseChanges(code.files), routeOf(investigation, request));
  return loose && notRun(loose, say);
}

/** A page got a query in place of its documents. */
export async function queryNotAwaited({ failed, code, asked, say }: Investigation): Promise<Found | undefined> {
  const { exchange, stderr, differences } = failed;
  if (exchange.kind !== 'answer' || (differences.length === 0 && stderr === '')) return undefined;
  const isTold =
    /is not iterable|is not a function|Cannot read properties of undefined|circular structure/.test(stderr) ||
    exchange.answer.status < 400;
  const [loose] = isTold ? within(await looseFinds(code.files), asked.route) : [];
  return loose?.variable === undefined ? undefined : notAwaited(loose, loose.variable, say);
}

function routeOf({ code, asked }: Investigation, request: Wire): Registration | undefined {
  return code.registrations.find((one) => asked.answers(one, request));
}

/** The calls that stand in a route's handlers; all of them where the route is not known, or its handler stands elsewhere. */
function within(calls: readonly DatabaseCall[], route: Registration | undefined): readonly DatabaseCall[] {
  if (route === undefined || route.handlers.length === 0) return calls;
  return calls.filter(
    ({ source, start }) =>
      source === route.source && route.handlers.some((handler) => handler.start <= start && start <= handler.end),
  );
}

function textOf({ handlers, source }: Registration): string {
  return handlers.map((handler) => textOfNode(source, handler)).join('\n');
}

/** The last answer that a route sends. */
function answerIn({ handlers, source }: Registration): Registration['location'] | undefined {
  for (const handler of handlers) {
    const at = textOfNode(source, handler).search(
      /\bres(?:ponse)?\s*\.\s*(?:redirect|render|send\w*|json)\s*\((?![\s\S]*\bres(?:ponse)?\s*\.\s*(?:redirect|render|send\w*|json)\s*\()/,
    );
    if (at !== -1) return source.locate({ start: handler.start + at });
  }
  return undefined;
}
