import type { CheckContext, PartOutcome, ProgramInput, StepsOutcome } from '../../model/context.ts';
import type { ModuleSpec, ModuleStep } from '../../model/module.ts';
import type { WireStep } from '../../model/steps.ts';
import type { Difference } from '../../model/verdict.ts';
import { valueText } from '../match-text.ts';
import { workContents } from '../work-contents.ts';
import { type ReadAnswer, readAnswer } from './answer.ts';
import { type Noun, stepDifference } from './differences.ts';
import { wireStep } from './wire.ts';

/**
 * The `module` kind: imports the submission's modules in a process of their own and uses them step by step.
 * The process is told what to do and answers what came; what is expected stays here, and so does the verdict.
 */
export async function evaluateModule(spec: ModuleSpec, context: CheckContext): Promise<PartOutcome> {
  const steps = spec.steps.map((step) => wireStep(step, context));
  const input = moduleInput(spec, context);
  const outcome = await context.runSteps(input, steps);
  const failed = await firstFailure(spec.steps, { steps, input, outcome }, context);
  if (failed === undefined) return { status: 'passed', ran: { work: outcome.work, input } };
  const { explainStep } = await import('./explain.ts');
  return { status: 'failed', failure: await explainStep(failed, context) };
}

/** A module run, as it was asked for and as it went. */
interface ModuleRun {
  steps: readonly WireStep[];
  input: ProgramInput;
  outcome: StepsOutcome;
}

/** The first step that did not go as it must, with all that an explanation can draw on. */
export interface FailedStep extends ModuleRun {
  index: number;
  step: ModuleStep;
  /** By step, up to this one; undefined where the process had no answer. */
  answers: readonly (ReadAnswer | undefined)[];
  difference?: Difference;
}

function moduleInput(spec: ModuleSpec, { render }: CheckContext): ProgramInput {
  const args = spec.args === undefined ? [] : [render(spec.args)].flat(1).map((value) => valueText(value));
  const env = Object.fromEntries(
    Object.entries(spec.env ?? {}).map(([name, template]) => [name, valueText(render(template))]),
  );
  const contents = workContents(spec, render);
  return { args, env, ...(contents && { contents }) };
}

async function firstFailure(
  specs: readonly ModuleStep[],
  run: ModuleRun,
  context: CheckContext,
): Promise<FailedStep | undefined> {
  const answers: (ReadAnswer | undefined)[] = [];
  for (const [index, step] of specs.entries()) {
    const answer = readAnswer(run.outcome.answers[index]);
    answers.push(answer);
    const failed = { ...run, index, step, answers };
    if (answer === undefined || !isExpected(answer, step)) return failed;
    const printed = run.outcome.prints[index] ?? '';
    const difference = await stepDifference(step.expect, { answer, printed, noun: nounOf(step) }, context);
    if (difference) return { ...failed, difference };
  }
  return undefined;
}

/** Whether an answer is of the kind that can be compared: a value, an error where one is due, calls. */
function isExpected({ is }: ReadAnswer, { action, expect }: ModuleStep): boolean {
  if (action.do === 'called') return is === 'calls';
  return is === 'value' || (is === 'threw' && expect.error !== undefined);
}

function nounOf({ action }: ModuleStep): Noun {
  switch (action.do) {
    case 'import':
      return 'exports';
    case 'new':
      return 'object';
    case 'await':
      return 'resolved';
    case 'call':
      return action.awaits ? 'resolved' : 'returned';
    case 'emit':
      return 'returned';
    default:
      return 'value';
  }
}
