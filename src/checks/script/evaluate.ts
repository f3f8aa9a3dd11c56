import type { CheckContext, PartOutcome, Ran } from '../../model/context.ts';
import type { ScriptSpec } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import type { Outcome } from '../../model/run.ts';
import type { Failure } from '../../model/verdict.ts';
import { commandLine } from '../command-line.ts';
import { valueText } from '../match-text.ts';
import { runToLookAt } from '../own-run.ts';
import { readAnswer, type ScriptAnswer } from './answer.ts';
import { messages } from './messages.ts';

/** How much of what a broken script said is told, in characters. */
const MOST_TOLD = 400;

/**
 * The `script` kind: a program of the course looks at the work folder and the server, and answers in JSON.
 * @throws TutorError when it does anything but answer: that is never the learner's fault
 */
export async function evaluateScript(spec: ScriptSpec, context: CheckContext, before?: Ran): Promise<PartOutcome> {
  const found = await subject(context, before);
  if ('outcome' in found) return found.outcome;
  const { ran, port } = found;
  const args = spec.args === undefined ? [] : [context.render(spec.args)].flat(1).map((value) => valueText(value));
  const outcome = await context.runScript({
    file: spec.file,
    args,
    work: ran.work,
    ...(port === undefined ? {} : { port }),
  });
  const answer = outcome.ended === 'exit' && outcome.exitCode === 0 ? readAnswer(outcome.stdout.text) : undefined;
  if (answer === undefined) throw broken(spec.file, outcome, context);
  if (answer.passed) return { status: 'passed', ran };
  return { status: 'failed', failure: explain(answer, ran, context) };
}

/** The run that it looks at, and the port of the exercise's server where there is one. */
async function subject(
  context: CheckContext,
  before: Ran | undefined,
): Promise<{ ran: Ran; port?: number } | { outcome: PartOutcome }> {
  if (context.exercise.run.kind !== 'server') return runToLookAt(before, context);
  const server = await context.server();
  if (server.up) return { ran: { work: server.work, input: { args: [], env: {} } }, port: server.port };
  const { explainExchange } = await import('../http/explain.ts');
  const request = { method: 'GET', target: '/', headers: {} };
  const { stderr } = server.outcome;
  const exchanged = {
    request,
    exchange: { kind: 'closed' },
    stderr: stderr.text,
    server,
    isDown: true,
    differences: [],
  } as const;
  return { outcome: { status: 'failed', failure: await explainExchange(exchanged, context) } };
}

function explain(answer: Extract<ScriptAnswer, { passed: false }>, ran: Ran, context: CheckContext): Failure {
  const say = messages(context.language);
  const tried = { kind: 'command', line: commandLine(context.entry, ran.input) } as const;
  const { message, expected, got, next } = answer;
  if (expected === undefined || got === undefined) {
    return { summary: message, tried, differences: [], observed: [], next: next ?? say('next.told') };
  }
  return {
    summary: say('differs'),
    tried,
    differences: [{ what: say('what'), relation: 'equals', expected, got }],
    observed: [],
    cause: { name: 'told-by-check', text: message },
    next: next ?? say('next'),
  };
}

function broken(file: string, outcome: Outcome, { language }: CheckContext): TutorError {
  const say = messages(language);
  const { ended, exitCode, signal, stdout, stderr, milliseconds } = outcome;
  const cut = (text: string) => (text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text);
  const how =
    exitCode === null ? say('broken.signal', { signal: signal ?? '?' }) : say('broken.exit', { code: exitCode });
  const printed = cut(stdout.text.trim()) || say('broken.nothing');
  const what =
    ended !== 'exit'
      ? say(`broken.ended.${ended}`, { seconds: Math.round(milliseconds / 1000) })
      : exitCode === 0
        ? say('broken.answer', { got: printed })
        : say('broken.code', { how });
  const errors = stderr.text.trim();
  const said = errors === '' ? '' : say('broken.said', { text: cut(errors) });
  return new TutorError(say('broken', { file, what, said }), { exitCode: EXIT.tutorFailed, next: say('broken.next') });
}
