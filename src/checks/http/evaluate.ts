import type { CheckContext, PartOutcome } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import type { HttpRequest, HttpStep, HttpTogether } from '../../model/http.ts';
import type { Difference } from '../../model/verdict.ts';
import { matchText, valueText } from '../match-text.ts';
import { messages } from '../messages.ts';
import { captureFrom } from './captures.ts';
import { type Exchanged, hadTroubleAfter, openClient } from './exchange.ts';
import { answerDifferences } from './expect.ts';
import { explainExchange } from './explain.ts';
import { type Chain, evaluateKill, evaluateRepeat, evaluateStarted, type StepOutcome } from './processes.ts';
import { encodePath, toWire, type Wire } from './wire.ts';

/** The `http` kind: sends requests to the exercise's server and looks at the answers, one step after the other. */
export async function evaluateHttp(steps: readonly HttpStep[], context: CheckContext): Promise<PartOutcome> {
  const client = openClient(context);
  let captured: Record<string, Value> = {};
  for (const step of steps) {
    const render = Object.keys(captured).length === 0 ? context.render : await context.renderWith(captured);
    const chain: Chain = { client, context: { ...context, render }, before: [...client.history] };
    const outcome = await evaluateStep(step, chain);
    if ('failure' in outcome) return { status: 'failed', failure: outcome.failure };
    captured = { ...captured, ...outcome.captured };
  }
  const ran = client.ran();
  return { status: 'passed', ...(ran && { ran }) };
}

function evaluateStep(step: HttpStep, chain: Chain): Promise<StepOutcome> {
  if ('together' in step) return evaluateTogether(step, chain);
  if ('kill' in step) return evaluateKill(step, chain);
  if ('started' in step) return evaluateStarted(step, chain);
  if ('repeat' in step) return evaluateRepeat(step, chain, (exchanged) => judge(step.repeat, exchanged, chain));
  return evaluateRequest(step, chain);
}

async function evaluateRequest(step: HttpRequest, chain: Chain): Promise<StepOutcome> {
  const { client, context } = chain;
  let first: Exchanged | undefined;
  for (const method of step.methods) {
    const exchanged = await client.send(toWire(step, method, context.render));
    if (!hasNoRoute(exchanged)) return judge(step, exchanged, chain);
    first ??= exchanged;
  }
  if (first === undefined) throw new Error('A request without a method.');
  return judge(step, first, chain);
}

/** Whether the server has nothing for this method and path, so that another method may be meant. */
function hasNoRoute({ exchange }: Exchanged): boolean {
  return exchange.kind === 'answer' && (exchange.answer.status === 404 || exchange.answer.status === 405);
}

async function judge(step: HttpRequest, exchanged: Exchanged, { context, before }: Chain): Promise<StepOutcome> {
  const { exchange } = exchanged;
  if (exchange.kind !== 'answer')
    return { failure: await explainExchange({ ...exchanged, differences: [] }, context, before) };
  const { target } = exchanged.request;
  const differences = await answerDifferences(step.expect, { answer: exchange.answer, target }, context.render);
  const output = { what: messages(context.language)('http.printed'), got: exchanged.printed };
  const unprinted = step.expect.prints && (await matchText(step.expect.prints, output, context.render));
  if (unprinted) differences.push(unprinted);
  const captured = captureFrom(step.capture ?? {}, exchange.answer, context.render);
  if (differences.length === 0 && 'missing' in captured) differences.push(captured.missing);
  if (differences.length === 0 && 'values' in captured && !(await hadTroubleAfter(exchanged, context)))
    return { captured: captured.values };
  return { failure: await explainExchange({ ...exchanged, differences }, context, before) };
}

async function evaluateTogether({ together, finish = [], free }: HttpTogether, chain: Chain): Promise<StepOutcome> {
  const { context } = chain;
  const wires = together.map((step) => ({ step, wire: toWire(step, step.methods[0] ?? 'GET', context.render) }));
  const path = free === undefined ? undefined : encodePath(valueText(context.render(free)));
  const requests = wires.map(({ wire }) => wire);
  const { finished, wait } = await sendWhileFree(requests, path, chain);
  let captured: Record<string, Value> = {};
  for (const { step, wire } of wires) {
    const exchanged = finished.find(({ request }) => request === wire);
    if (exchanged === undefined) throw new Error('A request without an exchange.');
    const outcome = await judge(step, exchanged, chain);
    if ('failure' in outcome) return outcome;
    captured = { ...captured, ...outcome.captured };
  }
  const late = orderDifference(
    finish.map((path) => encodePath(valueText(context.render(path)))),
    finished,
    context,
  );
  const exchanged = late?.exchanged ?? finished.at(-1);
  const differences = late?.differences ?? (wait && [wait]);
  if (exchanged === undefined || differences === undefined) return { captured };
  return { failure: await explainExchange({ ...exchanged, differences }, context, chain.before) };
}

/** So often an answer must have come late before the server is to blame, and not a machine that had other things to do. */
const LATE_TIMES = 3;

/** Sends requests at the same time, and tells whether a path that is asked meanwhile had to wait for them. */
async function sendWhileFree(
  requests: readonly Wire[],
  path: string | undefined,
  { client, context }: Chain,
): Promise<{ finished: Exchanged[]; wait?: Difference }> {
  for (let late = 1; ; late += 1) {
    const start = performance.now();
    const sending = client.sendTogether(requests);
    if (path === undefined) return { finished: await sending };
    const longest = await client.longestWait(path, sending);
    const all = performance.now() - start;
    const finished = await sending;
    const isAnswered = finished.every(({ exchange }) => exchange.kind === 'answer');
    if (longest < all / 2 || !isAnswered) return { finished };
    if (late < LATE_TIMES) continue;
    const say = messages(context.language);
    const got = say('http.wait.long', { wait: Math.round(longest), all: Math.round(all) });
    return {
      finished,
      wait: { what: say('http.wait', { path }), relation: 'equals', expected: say('http.wait.short'), got },
    };
  }
}

/** Where the answers did not come in the order that was asked for. */
function orderDifference(
  wanted: readonly string[],
  finished: readonly Exchanged[],
  { language }: CheckContext,
): { differences: Difference[]; exchanged: Exchanged } | undefined {
  const came = finished.filter(({ request }) => wanted.includes(request.target));
  const targets = came.map(({ request }) => request.target);
  const wrong = wanted.findIndex((target, index) => targets[index] !== target);
  const exchanged = came.find(({ request }) => request.target === wanted[wrong]);
  if (wrong === -1 || exchanged === undefined) return undefined;
  const what = messages(language)('http.order');
  return {
    exchanged,
    differences: [{ what, relation: 'equals', expected: wanted.join(', then '), got: targets.join(', then ') }],
  };
}
