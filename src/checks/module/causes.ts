import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import { suggest } from '../../model/suggest.ts';
import { stillAlive } from '../causes/ending-causes.ts';
import { type PrintedError, readPrintedError, wasThrown } from '../causes/error-output.ts';
import { findExportCause } from '../causes/export-causes.ts';
import { type Found, found } from '../causes/found.ts';
import { findErrorCause } from '../causes/load-causes.ts';
import { kindOf, moduleFile } from '../causes/module-file.ts';
import { sitesOf, stringOf } from '../causes/scopes.ts';
import { parseFolder } from '../causes/source.ts';
import { listBelow } from '../files/look.ts';
import { messages } from '../messages.ts';
import { Shown } from './decode.ts';
import type { FailedStep } from './evaluate.ts';
import { equals, realize, show } from './expected.ts';
import { type ModuleSay, moduleMessages } from './messages.ts';
import { callbacksOf } from './notation.ts';

const MOST_LISTED = 500;

/** The likeliest cause of a failed step, or undefined when none is known by name. */
export async function findStepCause(failed: FailedStep, context: CheckContext): Promise<Found | undefined> {
  const say = moduleMessages(context.language);
  const answer = failed.answers[failed.index];
  switch (answer?.is) {
    case undefined:
      return endedEarly(failed, context, say);
    case 'threw':
      return thrown(answer.stack, failed, context);
    case 'missing':
    case 'unfit':
      return unfitCause(failed, context, say);
    case 'never':
      return failed.step.action.do === 'import' ? named('import-time', say) : named('never-settles', say);
    case 'calls':
      return callbackCause(failed, context, say);
    case 'value':
      return (await valueCause(failed, context, say)) ?? undefined;
  }
}

type CauseKey =
  Extract<Parameters<ModuleSay>[0], `cause.${string}.next`> extends `cause.${infer Name}.next` ? Name : never;

function named(name: CauseKey, say: ModuleSay, parameters: Readonly<Record<string, string | number>> = {}): Found {
  return found(name, say(`cause.${name}`, parameters), { next: say(`cause.${name}.next`, parameters) });
}

async function endedEarly(failed: FailedStep, context: CheckContext, say: ModuleSay): Promise<Found | undefined> {
  const { outcome, step } = failed;
  const general = messages(context.language);
  const { ended } = outcome;
  if (ended === 'time' && step.action.do === 'import') return named('import-time', say);
  if (ended === 'time' && (step.action.do === 'await' || (step.action.do === 'call' && step.action.awaits))) {
    return named('never-settles', say);
  }
  if (ended === 'time') return stillAlive(failed, context, general);
  if (ended !== 'exit' && ended !== 'left') {
    return found(ended, general(`cause.${ended}`), { next: general(`cause.${ended}.next`) });
  }
  const error = await readPrintedError(outcome.stderr.text, context.submission);
  if (error !== undefined && outcome.exitCode !== 0 && wasThrown(error)) {
    return findErrorCause(error, { stderr: outcome.stderr.text, context, say: general });
  }
  return named('process-exit', say, { file: context.entry });
}

async function thrown(stack: string, failed: FailedStep, context: CheckContext): Promise<Found | undefined> {
  const error = await readPrintedError(stack, context.submission);
  if (error === undefined) return undefined;
  const say = messages(context.language);
  const cause = notThere(failed, error, context) ?? (await findErrorCause(error, { stderr: stack, context, say }));
  // An error was asked for, and came; it is another one.
  return failed.step.expect.error !== undefined && cause?.cause.name === 'crashed' ? undefined : cause;
}

/** The file or folder that the exercise imports is not there. */
function notThere(
  { steps, index }: FailedStep,
  { code, text }: PrintedError,
  { submission, language }: CheckContext,
): Found | undefined {
  const step = steps[index];
  const isOurs = /Require stack:\r?\n- .*[/\\]node-tutor\.js$/m.test(text);
  if (step?.do !== 'import' || code !== 'MODULE_NOT_FOUND' || !isOurs) return undefined;
  const path = `./${step.path === '.' ? '' : step.path}`;
  if (kindOf(submission, step.path) === 'folder') {
    const general = messages(language);
    return found('missing-index', general('cause.missing-index', { path }), {
      next: general('cause.missing-index.next', { path }),
    });
  }
  const say = moduleMessages(language);
  const others = listBelow(submission, MOST_LISTED).filter((file) => kindOf(submission, file) === 'file');
  const [near] = suggest(step.path, others);
  const key = near === undefined ? 'cause.module-not-found' : 'cause.module-not-found.near';
  const parameters = { path: step.path, near: near ?? '' };
  return found('module-not-found', say(key, parameters), { next: say(`${key}.next`, parameters) });
}

/** A member is not there, or is not what can be called. */
async function unfitCause(failed: FailedStep, context: CheckContext, say: ModuleSay): Promise<Found | undefined> {
  const answer = failed.answers[failed.index];
  const step = failed.steps[failed.index];
  if (step === undefined || !('of' in step)) return undefined;
  if (answer?.is === 'unfit' && answer.for === 'await') return named('no-promise', say);
  if (answer?.is === 'missing') {
    const [handle = '', name, ...deeper] = answer.at.split('.');
    if (name === undefined || deeper.length > 0) return undefined;
    return exportCause(failed, { handle, name, keys: answer.keys }, context);
  }
  const [handle = '', ...members] = step.of;
  const isEmpty = answer?.is === 'unfit' && typeof answer.got.value === 'object';
  if (!isEmpty || answer.is !== 'unfit' || members.length > 0) return undefined;
  return exportCause(failed, { handle, name: 'default', keys: Object.keys(answer.got.value ?? {}) }, context);
}

/** Why the module of a handle has no such export. */
async function exportCause(
  { steps }: FailedStep,
  { handle, name, keys }: { handle: string; name: string; keys: readonly string[] },
  { submission, language }: CheckContext,
): Promise<Found | undefined> {
  const step = steps.find((each) => each.do === 'import' && each.as === handle);
  const file = step?.do === 'import' ? moduleFile(submission, step.path) : undefined;
  return file === undefined ? undefined : findExportCause({ file, name, keys }, submission, messages(language));
}

/** The names of an import's exports differ: the first that is wanted and lacks. */
async function keysCause(failed: FailedStep, context: CheckContext): Promise<Found | undefined> {
  const { answers, index, step } = failed;
  const answer = answers[index];
  const { keys } = step.expect;
  if (step.action.do !== 'import' || step.as === undefined || keys === undefined || answer?.is !== 'value')
    return undefined;
  const { value } = answer.got;
  const got = value === null || value === undefined ? [] : Object.keys(value);
  const wanted = [keys.equals ?? [], ...(keys.contains ?? [])].flatMap((each) => {
    const rendered = context.render(each);
    return (Array.isArray(rendered) ? rendered : [rendered]).map(String);
  });
  const name = wanted.find((each) => !got.includes(each));
  return name === undefined ? undefined : exportCause(failed, { handle: step.as, name, keys: got }, context);
}

async function valueCause(failed: FailedStep, context: CheckContext, say: ModuleSay): Promise<Found | undefined> {
  const { answers, index, step, difference, outcome } = failed;
  const answer = answers[index];
  if (answer?.is !== 'value' || difference === undefined || step.expect.error !== undefined) return undefined;
  const known = (await keysCause(failed, context)) ?? (await typedInCause(failed, context, say));
  if (known) return known;
  const { value } = answer.got;
  if (value instanceof Promise && step.expect.type !== 'promise') return named('promise-returned', say);
  if (value !== undefined || step.action.do !== 'call' || step.expect.value === undefined) return undefined;
  const wanted = realize(context.render(step.expect.value));
  const printed = (outcome.prints[index] ?? '').trim();
  const isPrinted = printed !== '' && [show(wanted), String(wanted)].includes(printed);
  return named(isPrinted ? 'printed-instead' : 'nothing-returned', say);
}

/** What may not be printed stands in the learner's code, other than to be compared with. */
async function typedInCause(
  { difference }: FailedStep,
  { submission }: CheckContext,
  say: ModuleSay,
): Promise<Found | undefined> {
  if (difference?.relation !== 'lacks' || difference.what !== 'stdout') return undefined;
  const text = String(difference.expected);
  for (const source of await parseFolder(submission)) {
    const site = (await sitesOf(source.program)).find(
      ({ node, around }) => textOf(node)?.includes(text) && !isCompared(around.at(-2)),
    );
    if (site === undefined) continue;
    // A text that is written with escapes is not there as it is printed.
    const start = Math.max(site.node.start, source.text.indexOf(text, site.node.start));
    const location = source.locate({ start }, text);
    return found('typed-in', say('cause.typed-in', { text }), { next: say('cause.typed-in.next'), location });
  }
  return undefined;
}

/** The text that a string or a part of a template stands for. */
function textOf(node: AnyNode): string | undefined {
  return node.type === 'TemplateElement' ? (node.value.cooked ?? undefined) : stringOf(node);
}

function isCompared(parent: AnyNode | undefined): boolean {
  return parent?.type === 'BinaryExpression' ? parent.operator.includes('==') : parent?.type === 'SwitchCase';
}

async function callbackCause(failed: FailedStep, context: CheckContext, say: ModuleSay): Promise<Found | undefined> {
  const { answers, index, step, steps } = failed;
  const answer = answers[index];
  if (answer?.is !== 'calls' || step.action.do !== 'called') return undefined;
  const { of } = step.action;
  if (!steps.some((each) => callbacksOf(each).includes(of))) return undefined;
  const wanted = expectedCalls(step.expect.calls, context) ?? [];
  const count = answer.calls.length;
  const most = step.expect.times ?? wanted.length;
  const [first] = wanted;
  const takesError = first === undefined || first[0] === null || first[0] instanceof Shown;
  if (count === 0 && most > 0) return named(takesError ? 'callback-never-called' : 'listener-never-called', say);
  if (count > most) return named('callback-twice', say, { count, wanted: most });
  const got = answer.calls[0];
  const args = got !== undefined && Array.isArray(got.value) ? got.value : [];
  if (first === undefined || got === undefined || first[0] !== null || first.length < 2 || args[0] instanceof Shown) {
    return undefined;
  }
  const isShifted = await equals(first[1], args[0], { nature: got.nature, render: context.render });
  return isShifted ? named('callback-order', say) : undefined;
}

function expectedCalls(calls: Value | undefined, { render }: CheckContext): unknown[][] | undefined {
  if (calls === undefined) return undefined;
  const wanted = realize(render(calls));
  return Array.isArray(wanted) ? wanted.map((args) => (Array.isArray(args) ? args : [args])) : undefined;
}
