import type { CheckContext } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import type { HttpKill, HttpRepeat, HttpStarted } from '../../model/http.ts';
import type { Difference, Failure } from '../../model/verdict.ts';
import { valueText } from '../match-text.ts';
import { messages } from '../messages.ts';
import type { Client, Exchanged } from './exchange.ts';
import { explainExchange } from './explain.ts';
import { toWire, type Wire } from './wire.ts';

/**
 * How long the values of a repeated request may take to come, in milliseconds, one answer among them, and the pause
 * between two tries. `short`: after so long with too few processes and no new value, none will come; looked at every `look`.
 */
const PATIENCE = { limit: 6_000, answer: 1_000, pause: 20, short: 3_000, look: 250 } as const;

/** What a step is done with. */
export interface Chain {
  client: Client;
  context: CheckContext;
  /** Requests before this step, a line each. */
  before: readonly string[];
}

export type StepOutcome = { captured: Record<string, Value> } | { failure: Failure };

type Judge = (exchanged: Exchanged) => Promise<StepOutcome>;

/**
 * Sends a request until so many different values have come.
 * One request more than there are values goes out at a time: what answers in turn, answers them all.
 */
export async function evaluateRepeat(step: HttpRepeat, chain: Chain, judge: Judge): Promise<StepOutcome> {
  const { context } = chain;
  const wanted = Number(context.render(step.different));
  const wire = toWire(step.repeat, step.repeat.methods[0] ?? 'GET', context.render);
  const requests = Array.from({ length: wanted + 1 }, () => ({ ...wire, patience: PATIENCE.answer }));
  const seen: Seen = { values: new Map(), captured: {} };
  const end = Date.now() + PATIENCE.limit;
  const isShort = watchShortage(chain, wanted);
  for (;;) {
    const isLast = Date.now() > end || (await isShort(seen.values.size));
    const failed = await askOnce(seen, { requests, chain, judge, isLast });
    if (failed) return failed;
    if (seen.values.size === wanted) return { captured: seen.captured };
    if (seen.values.size > wanted || isLast) break;
    await new Promise((resolve) => setTimeout(resolve, PATIENCE.pause));
  }
  const differences = [differentValues(wanted, [...seen.values.values()], chain)];
  return { failure: await explainExchange({ ...chain.client.last(), differences }, context, chain.before) };
}

/**
 * Tells whether the server has had fewer processes than there must be values, and no new value came, for a while.
 * A process that is just being started counts already, so a slow start is not cut short.
 */
function watchShortage({ context }: Chain, wanted: number): (values: number) => Promise<boolean> {
  let looked = 0;
  let known = 0;
  let since: number | undefined;
  return async (values) => {
    const now = Date.now();
    if (values > known) since = undefined;
    known = values;
    if (now - looked >= PATIENCE.look) {
      looked = now;
      const server = await context.server();
      const count = server.up ? server.program.started() : 0;
      since = count < wanted ? (since ?? now) : undefined;
    }
    return since !== undefined && now - since >= PATIENCE.short;
  };
}

interface Seen {
  /** By their JSON. */
  values: Map<string, Value>;
  /** Of the last answer. */
  captured: Record<string, Value>;
}

interface Asking {
  requests: readonly Wire[];
  chain: Chain;
  judge: Judge;
  isLast: boolean;
}

/** Sends the requests at the same time and keeps what comes. Just after a process has ended, what was on its way to it is lost. */
async function askOnce(
  seen: Seen,
  { requests, chain, judge, isLast }: Asking,
): Promise<{ failure: Failure } | undefined> {
  for (const exchanged of await chain.client.sendTogether(requests)) {
    const isLost = exchanged.exchange.kind !== 'answer' && exchanged.server.up && !exchanged.isDown;
    if (isLost && !isLast) continue;
    const outcome = await judge(exchanged);
    if ('failure' in outcome) return outcome;
    seen.captured = outcome.captured;
    for (const value of Object.values(seen.captured)) seen.values.set(JSON.stringify(value), value);
  }
  return undefined;
}

function differentValues(wanted: number, values: readonly Value[], { client, context }: Chain): Difference {
  const say = messages(context.language);
  const what = client.history.some(isKill) ? 'http.different-then' : 'http.different';
  return {
    what: say(what),
    relation: 'equals',
    expected: String(wanted),
    got: `${values.length}: ${values.map(valueText).join(', ')}`,
  };
}

/** Counts the processes that the server has started. */
export async function evaluateStarted(
  { started }: HttpStarted,
  { client, context, before }: Chain,
): Promise<StepOutcome> {
  const wanted = Number(context.render(started));
  const server = await context.server();
  const count = server.up ? server.program.started() : 0;
  if (count === wanted) return { captured: {} };
  const what = messages(context.language)('http.started-processes');
  const difference = { what, relation: 'equals', expected: String(wanted), got: String(count) } as const;
  return { failure: await explainExchange({ ...client.last(), differences: [difference] }, context, before) };
}

/** Ends a process that the server has started; fails where the id is not that of such a process. */
export async function evaluateKill({ kill }: HttpKill, { client, context, before }: Chain): Promise<StepOutcome> {
  const id = Number(context.render(kill));
  const server = await context.server();
  const kin = server.up && Number.isInteger(id) ? await server.program.kill(id) : 'foreign';
  if (kin === 'started') {
    client.note(killLine(id));
    return { captured: {} };
  }
  const say = messages(context.language);
  const got = `${valueText(context.render(kill))}: ${say(`http.process.${kin}`)}`;
  const difference = {
    what: say('http.process'),
    relation: 'equals',
    expected: say('http.process.started'),
    got,
  } as const;
  return { failure: await explainExchange({ ...client.last(), differences: [difference] }, context, before) };
}

function killLine(id: number): string {
  return `kill -9 ${id}`;
}

function isKill(line: string): boolean {
  return line.startsWith('kill ');
}
