import type { CheckContext } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import { stillAlive } from '../causes/ending-causes.ts';
import { type PrintedError, readPrintedError } from '../causes/error-output.ts';
import { type Found, found } from '../causes/found.ts';
import { findErrorCause } from '../causes/load-causes.ts';
import { messages } from '../messages.ts';
import { Shown } from './decode.ts';
import type { FailedStep } from './evaluate.ts';
import { equals, realize, show } from './expected.ts';
import { type ModuleSay, moduleMessages } from './messages.ts';
import { callbacksOf } from './notation.ts';

/** The likeliest cause of a failed step, or undefined when none is known by name. */
export async function findStepCause(failed: FailedStep, context: CheckContext): Promise<Found | undefined> {
  const say = moduleMessages(context.language);
  const answer = failed.answers[failed.index];
  switch (answer?.is) {
    case undefined:
      return endedEarly(failed, context, say);
    case 'threw':
      return thrown(answer.stack, context);
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
  if (ended === 'output' || ended === 'memory' || ended === 'processes') {
    return found(ended, general(`cause.${ended}`), { next: general(`cause.${ended}.next`) });
  }
  const error = await readPrintedError(outcome.stderr.text, context.submission);
  if (error !== undefined && outcome.exitCode !== 0 && /^\s+at |\bNode\.js v\d/m.test(error.text)) {
    return findErrorCause(error, { stderr: outcome.stderr.text, context, say: general });
  }
  return named('process-exit', say, { file: context.entry });
}

async function thrown(stack: string, context: CheckContext): Promise<Found | undefined> {
  const error: PrintedError | undefined = await readPrintedError(stack, context.submission);
  return error && findErrorCause(error, { stderr: stack, context, say: messages(context.language) });
}

async function unfitCause(failed: FailedStep, _context: CheckContext, say: ModuleSay): Promise<Found | undefined> {
  const answer = failed.answers[failed.index];
  if (answer?.is === 'unfit' && answer.for === 'await') return named('no-promise', say);
  return undefined;
}

async function valueCause(failed: FailedStep, context: CheckContext, say: ModuleSay): Promise<Found | undefined> {
  const { answers, index, step, difference, outcome } = failed;
  const answer = answers[index];
  if (answer?.is !== 'value' || difference === undefined || step.expect.error !== undefined) return undefined;
  const { value } = answer.got;
  if (value instanceof Promise && step.expect.type !== 'promise') return named('promise-returned', say);
  if (value !== undefined || step.action.do !== 'call' || step.expect.value === undefined) return undefined;
  const wanted = realize(context.render(step.expect.value));
  const printed = (outcome.prints[index] ?? '').trim();
  const isPrinted = printed !== '' && [show(wanted), String(wanted)].includes(printed);
  return named(isPrinted ? 'printed-instead' : 'nothing-returned', say);
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
  if (count === 0 && most > 0) return named('callback-never-called', say);
  if (count > most) return named('callback-twice', say, { count, wanted: most });
  const [first] = wanted;
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
