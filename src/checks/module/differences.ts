import type { CheckContext } from '../../model/context.ts';
import type { Template } from '../../model/course.ts';
import type { ErrorMatcher, StepExpectation } from '../../model/module.ts';
import type { Difference } from '../../model/verdict.ts';
import { matchText, valueText } from '../match-text.ts';
import { matchNames } from '../names.ts';
import type { ReadAnswer } from './answer.ts';
import { type Decoded, Shown } from './decode.ts';
import { classOf, equals, realize, show } from './expected.ts';
import { type ModuleSay, moduleMessages } from './messages.ts';
import { isOfType, typeOf } from './types.ts';

export type Noun = 'returned' | 'resolved' | 'value' | 'exports' | 'object';

/** What is looked at: what a step gave, and what it printed. */
interface Looked {
  answer: ReadAnswer;
  printed: string;
  /** What the value is called: `returned`, `resolved`, `value`, `exports`, `object`. */
  noun: Noun;
}

/** The first difference between what a step must give and what it gave. */
export async function stepDifference(
  expect: StepExpectation,
  looked: Looked,
  context: CheckContext,
): Promise<Difference | undefined> {
  const say = moduleMessages(context.language);
  const { answer } = looked;
  const found =
    answer.is === 'calls'
      ? await callsDifference(expect, answer, { context, say })
      : expect.error !== undefined
        ? await errorDifference(expect.error, looked, { context, say })
        : answer.is === 'value'
          ? await valueDifference(expect, { ...looked, got: answer.got }, { context, say })
          : undefined;
  return (
    found ?? (expect.printed && matchText(expect.printed, { what: 'stdout', got: looked.printed }, context.render))
  );
}

interface Words {
  context: CheckContext;
  say: ModuleSay;
}

async function valueDifference(
  expect: StepExpectation,
  { got, noun }: Looked & { got: Decoded },
  { context, say }: Words,
): Promise<Difference | undefined> {
  const { value } = got;
  const what = say(`what.${noun}`);
  const nature = got.nature(value);
  if (expect.type !== undefined && !isOfType(value, { type: expect.type, nature })) {
    return { what, relation: 'equals', expected: say('a-type', { type: expect.type }), got: withType(value) };
  }
  if (expect.class !== undefined && classOf(value) !== expect.class) {
    const expected = say('a-class', { name: expect.class });
    return { what, relation: 'equals', expected, got: show(value) };
  }
  if (expect.keys !== undefined) {
    const names = value === null || value === undefined ? [] : Object.keys(value);
    const difference = matchNames(expect.keys, { what: say('what.keys'), names }, context.render);
    if (difference) return difference;
  }
  if (expect.value === undefined) return undefined;
  const wanted = realize(context.render(expect.value));
  const isEqual = await equals(wanted, value, { nature: got.nature, render: context.render });
  return isEqual ? undefined : { what, relation: 'equals', ...shownPair(wanted, value) };
}

/** Two values as Node.js prints them; where that is the same for both, with their types. */
function shownPair(wanted: unknown, got: unknown): { expected: string; got: string } {
  const [expected, given] = [show(wanted), show(got)];
  return expected === given ? { expected: withType(wanted), got: withType(got) } : { expected, got: given };
}

function withType(value: unknown): string {
  const isPlain = value === undefined || value === null || value instanceof Shown;
  return isPlain ? show(value) : `${show(value)} (${typeOf(value)})`;
}

async function errorDifference(
  matcher: true | ErrorMatcher,
  { answer }: Looked,
  { context, say }: Words,
): Promise<Difference | undefined> {
  const what = say('what.error');
  if (answer.is === 'value') {
    const expected = matcher === true ? say('an-error') : errorText(matcher, context, say);
    return { what, relation: 'equals', expected, got: say('no-error', { value: show(answer.got.value) }) };
  }
  if (answer.is !== 'threw' || matcher === true) return undefined;
  const error = answer.got.value;
  if (!(error instanceof Error)) {
    return { what, relation: 'equals', expected: say('an-error'), got: withType(error) };
  }
  const { name, message, code, has } = matcher;
  if (name !== undefined && error.name !== name && classOf(error) !== name) {
    return { what, relation: 'equals', expected: name, got: `${error.name}: ${error.message}` };
  }
  const difference =
    message && (await matchText(message, { what: say('what.message'), got: error.message }, context.render));
  if (difference) return difference;
  const members: Readonly<Record<string, Template>> = { ...(code === undefined ? {} : { code }), ...Object(has ?? {}) };
  for (const [key, template] of Object.entries(members)) {
    const wanted = realize(context.render(template));
    const given = Object.hasOwn(error, key) ? Reflect.get(error, key) : undefined;
    if (!(await equals(wanted, given, { nature: answer.got.nature, render: context.render }))) {
      return { what: `error.${key}`, relation: 'equals', ...shownPair(wanted, given) };
    }
  }
  return undefined;
}

function errorText({ name, message }: ErrorMatcher, { render }: CheckContext, say: ModuleSay): string {
  if (message?.equals === undefined) return name ?? say('an-error');
  return `${name ?? 'Error'}: ${valueText(render(message.equals))}`;
}

async function callsDifference(
  expect: StepExpectation,
  { calls }: Extract<ReadAnswer, { is: 'calls' }>,
  { context, say }: Words,
): Promise<Difference | undefined> {
  const what = say('what.calls');
  const got = calls.map(({ value }) => (Array.isArray(value) ? value : []));
  if (expect.times !== undefined && calls.length !== expect.times) {
    const times = (count: number) => say('times', { count });
    return { what, relation: 'equals', expected: times(expect.times), got: `${times(calls.length)}${shownCalls(got)}` };
  }
  if (expect.calls === undefined) return undefined;
  const wanted = realize(context.render(expect.calls));
  const lists = (Array.isArray(wanted) ? wanted : [wanted]).map((args) => (Array.isArray(args) ? args : [args]));
  let isSame = lists.length === calls.length;
  for (const [index, args] of lists.entries()) {
    const nature = calls[index]?.nature;
    if (!isSame || nature === undefined) break;
    isSame = await sameArguments(args, got[index] ?? [], { nature, render: context.render });
  }
  if (isSame) return undefined;
  return { what, relation: 'equals', expected: callsText(lists, say), got: callsText(got, say) };
}

/** What stands for "no error" at the first place, and what is left out at the end, is not told apart. */
async function sameArguments(
  wanted: readonly unknown[],
  got: readonly unknown[],
  comparison: Parameters<typeof equals>[2],
): Promise<boolean> {
  const trimmed = [...got];
  while (trimmed.length > wanted.length && (trimmed.at(-1) === undefined || trimmed.at(-1) === null)) trimmed.pop();
  if (wanted[0] === null && trimmed.length > 0 && trimmed[0] === undefined) trimmed[0] = null;
  return equals(wanted, trimmed, comparison);
}

function callsText(calls: readonly (readonly unknown[])[], say: ModuleSay): string {
  return calls.length === 0 ? say('never-called') : calls.map(argumentsText).join('\n');
}

function shownCalls(calls: readonly (readonly unknown[])[]): string {
  return calls.length === 0 ? '' : `: ${calls.map(argumentsText).join(', ')}`;
}

/** `(null, 5)`. */
function argumentsText(args: readonly unknown[]): string {
  return `(${args.map(show).join(', ')})`;
}
