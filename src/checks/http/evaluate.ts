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
import { encodePath, toWire } from './wire.ts';

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

async function evaluateTogether({ together, finish = [] }: HttpTogether, chain: Chain): Promise<StepOutcome> {
  const { client, context } = chain;
  const wires = together.map((step) => ({ step, wire: toWire(step, step.methods[0] ?? 'GET', context.render) }));
  const finished = await client.sendTogether(wires.map(({ wire }) => wire));
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
  if (late === undefined) return { captured };
  const { differences, exchanged } = late;
  return { failure: await explainExchange({ ...exchanged, differences }, context, chain.before) };
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
