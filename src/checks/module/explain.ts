import type { CheckContext } from '../../model/context.ts';
import type { Failure, Observation } from '../../model/verdict.ts';
import { shownContents } from '../work-contents.ts';
import { findStepCause } from './causes.ts';
import type { FailedStep } from './evaluate.ts';
import { showInline } from './expected.ts';
import { type ModuleSay, moduleMessages } from './messages.ts';
import { stepCode, stepExpression, type Written } from './notation.ts';

/** A failed step as a learner is shown it: the lines that were tried, what differs, the likely cause and the next step. */
export async function explainStep(failed: FailedStep, context: CheckContext): Promise<Failure> {
  const say = moduleMessages(context.language);
  const written = writtenOf(failed);
  const found = await findStepCause(failed, context);
  const { difference, index, input, outcome } = failed;
  const errors = outcome.stderr.text.trim();
  const observed: Observation[] = [...shownContents(input.contents)];
  const printed = (outcome.prints[index] ?? '').trim();
  if (printed !== '' && difference?.what !== 'stdout') observed.push({ what: 'stdout', text: printed });
  if (errors !== '') observed.push({ what: 'stderr', text: errors });
  return {
    summary: summarize(failed, say),
    tried: { kind: 'code', code: stepCode(written, index) },
    differences: difference === undefined ? [] : [difference],
    observed,
    ...(found ? { cause: found.cause, next: found.next } : { next: say('next.compare') }),
  };
}

function writtenOf({ steps, answers }: FailedStep): Written {
  return { steps, kinds: answers.map((answer) => (answer?.is === 'value' ? answer.module : undefined)) };
}

/** One line: what was wrong. */
function summarize(failed: FailedStep, say: ModuleSay): string {
  const { answers, index, steps, difference } = failed;
  const answer = answers[index];
  const code = stepExpression(writtenOf(failed), index);
  const step = steps[index];
  const path = step?.do === 'import' ? shownPath(step.path) : '';
  if (difference && step?.do === 'called') return say('differs.calls', { name: step.of.join('.') });
  if (difference) return say('differs', { code, what: difference.what });
  switch (answer?.is) {
    case 'threw': {
      const message = errorText(answer.got.value);
      if (path !== '') return say('import.threw', { path, message });
      const isPromise = step?.do === 'await' || (step?.do === 'call' && step.awaits);
      return say(isPromise ? 'rejected.instead' : 'threw', { code, message });
    }
    case 'missing':
      return say(answer.at.includes('.') ? 'missing' : 'missing.handle', { at: answer.at });
    case 'unfit': {
      const of = step !== undefined && 'of' in step && answer.for !== 'await' ? step.of.join('.') : code;
      return say(`unfit.${answer.for}` as 'unfit.call', { code: of, value: showInline(answer.got.value) });
    }
    case 'never':
      return path === '' ? say('never', { code }) : say('never.import', { path });
    default:
      return summarizeEnd(failed, {
        what: path === '' ? say('while.step', { code }) : say('while.import', { path }),
        say,
      });
  }
}

function summarizeEnd({ outcome }: FailedStep, { what, say }: { what: string; say: ModuleSay }): string {
  const { ended, exitCode, signal, milliseconds } = outcome;
  if (ended === 'time' || ended === 'output' || ended === 'memory') {
    return say(`ended.${ended}`, { what, seconds: Math.round(milliseconds / 100) / 10 });
  }
  return exitCode === null
    ? say('ended.signal', { what, signal: signal ?? 'a signal' })
    : say('ended.exit', { what, code: exitCode });
}

/** A path of the work folder as an import names it. */
function shownPath(path: string): string {
  return path === '.' ? './' : `./${path}`;
}

/** `TypeError: no`, or the thrown value where that is no error. */
function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0] ?? ''}` : showInline(error);
}
