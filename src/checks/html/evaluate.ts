import type { CheckContext, PartOutcome } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import type { HtmlAction, HtmlRepeat, HtmlStep, PageCapture } from '../../model/html.ts';
import type { Difference, Failure } from '../../model/verdict.ts';
import { type Client, type Exchanged, hadTroubleAfter, openClient } from '../http/exchange.ts';
import { explainExchange } from '../http/explain.ts';
import { resolveTarget } from '../http/target.ts';
import type { Wire } from '../http/wire.ts';
import { valueText } from '../match-text.ts';
import { messages } from '../messages.ts';
import { type Absent, click, get, submit, visit } from './browser.ts';
import { captureFromPage, captureTexts, pageDifference } from './expect.ts';
import type { Page } from './page.ts';

/** The `html` kind: a browser without scripts, which opens pages, follows links, and sends forms as the page defines them. */
export async function evaluateHtml(steps: readonly HtmlStep[], context: CheckContext): Promise<PartOutcome> {
  const client = openClient(context);
  const browser: Browser = { client, context };
  let captured: Record<string, Value> = {};
  for (const step of steps) {
    const render = Object.keys(captured).length === 0 ? context.render : await context.renderWith(captured);
    browser.context = { ...context, render };
    const before = [...client.history];
    const outcome = await (step.repeat ? repeatStep(step, step.repeat, browser) : evaluateStep(step, browser));
    if ('failed' in outcome) {
      const failure = await explain(outcome, browser, before);
      return { status: 'failed', failure };
    }
    captured = { ...captured, ...outcome.captured };
  }
  const ran = client.ran();
  return { status: 'passed', ...(ran && { ran }) };
}

interface Browser {
  client: Client;
  context: CheckContext;
  /** Where it is, and how it came there. */
  at?: { page: Page; exchanged: Exchanged };
}

type StepOutcome =
  | { captured: Record<string, Value> }
  | { failed: true; differences: readonly Difference[]; exchanged: Exchanged };

async function evaluateStep({ action, expect, capture }: HtmlStep, browser: Browser): Promise<StepOutcome> {
  const { client, context } = browser;
  const say = messages(context.language);
  const looking = { render: context.render, say };
  if (action !== undefined) {
    const wire = requestOf(action, browser);
    const from = browser.at?.exchanged;
    if ('absent' in wire) {
      if (from === undefined) throw new Error('A page was used before one was opened.');
      return { failed: true, differences: [wire.absent], exchanged: from };
    }
    const came = await visit(client, wire, say);
    const { exchanged } = came;
    if ('stopped' in came) return { failed: true, differences: came.stopped ? [came.stopped] : [], exchanged };
    browser.at = came;
  }
  if (browser.at === undefined) throw new Error('A page was looked at before one was opened.');
  const { page, exchanged } = browser.at;
  const difference = await pageDifference(expect, page, looking);
  if (difference || (await hadTroubleAfter(exchanged, context))) {
    return { failed: true, differences: difference ? [difference] : [], exchanged };
  }
  const captured = Object.entries(capture ?? {}).map(
    ([name, from]) => [name, captureFromPage(from, page, context.render), from] as const,
  );
  const missing = captured.find(([, value]) => value === undefined);
  if (missing) return { failed: true, differences: [notThere(missing[2], page, context.render)], exchanged };
  return { captured: Object.fromEntries(captured.map(([name, value]) => [name, value ?? ''])) };
}

/** Does a step several times, and looks at the values that came: no other than those asked for, and in the end each of them. */
async function repeatStep(step: HtmlStep, { times, sees }: HtmlRepeat, browser: Browser): Promise<StepOutcome> {
  const { render, language } = browser.context;
  const say = messages(language);
  const wanted = Object.entries(sees).map(([name, template]) => ({
    name,
    values: [render(template)].flat().map((value) => valueText(value as Value)),
    came: new Set<string>(),
  }));
  for (let time = 1; ; time++) {
    const outcome = await evaluateStep(step, browser);
    if ('failed' in outcome || browser.at === undefined) return outcome;
    const { exchanged } = browser.at;
    for (const { name: what, values, came } of wanted) {
      const got = valueText(outcome.captured[what] ?? '');
      const expected = say('html.one-of', { values: values.join(', ') });
      if (!values.includes(got)) return fails({ what, relation: 'equals', expected, got }, exchanged);
      came.add(got);
    }
    if (time < times) continue;
    const missed = wanted.find(({ values, came }) => came.size < new Set(values).size);
    if (missed === undefined) return outcome;
    const { name: what, values, came } = missed;
    const expected = say('html.all-of', { values: values.join(', '), times });
    return fails({ what, relation: 'equals', expected, got: [...came].sort().join(', ') }, exchanged);
  }
}

function fails(difference: Difference, exchanged: Exchanged): StepOutcome {
  return { failed: true, differences: [difference], exchanged };
}

function requestOf(action: HtmlAction, { at, context }: Browser): Wire | Absent {
  const { render, language } = context;
  if (action.kind === 'open') {
    const link = valueText(render(action.path));
    return get((at && resolveTarget(at.page, link)) ?? link);
  }
  if (at === undefined) throw new Error('A page was used before one was opened.');
  const surroundings = { render, say: messages(language) };
  return action.kind === 'click' ? click(at.page, action, surroundings) : submit(at.page, action, surroundings);
}

const MOST_TEXTS = 5;

function notThere(capture: PageCapture, page: Page, render: CheckContext['render']): Difference {
  if (capture.from === 'path')
    return { what: 'path', relation: 'matches', expected: capture.matches, got: page.target };
  const got = captureTexts(capture, page, render).slice(0, MOST_TEXTS).join('\n');
  const what = `${capture.css}${capture.attribute === undefined ? '' : ` ${capture.attribute}`}`;
  return { what, relation: 'matches', expected: capture.matches ?? '.', got };
}

async function explain(
  { differences, exchanged }: Extract<StepOutcome, { failed: true }>,
  { context }: Browser,
  before: readonly string[],
): Promise<Failure> {
  return explainExchange({ ...exchanged, differences }, context, before);
}
