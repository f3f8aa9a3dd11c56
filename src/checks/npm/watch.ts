import { stripVTControlCharacters } from 'node:util';
import type { CheckContext, PartOutcome, RunningTool } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import type { WorkContents } from '../../model/files.ts';
import type { ToolCall, WatchSpec, WatchStep } from '../../model/tools.ts';
import type { Difference, Failure } from '../../model/verdict.ts';
import type { Found } from '../causes/found.ts';
import { findNpmCause } from '../causes/npm-causes.ts';
import { matchText, valueText } from '../match-text.ts';
import { messages } from '../messages.ts';
import { workContents } from '../work-contents.ts';
import { commandText } from './evaluate.ts';

/** How long the output may take after the start, and after a file was saved, in milliseconds. */
const PATIENCE = { start: 20_000, save: 6_000 };
/** A save that came before the command watched is made again after so many milliseconds, then after twice as many, and so on. */
const SAVE_AGAIN = 1_000;

/** The `watch` kind: starts a command, saves files while it runs, and waits for what it prints then. */
export async function evaluateWatch(spec: WatchSpec, context: CheckContext): Promise<PartOutcome> {
  const { render } = context;
  const args = [render(spec.start.args)].flat(1).map((value) => valueText(value as Value));
  const { tool, cwd } = spec.start;
  const call = { tool, args, ...(cwd !== undefined && { cwd: valueText(render(cwd)) }) };
  const contents = workContents(spec, render);
  const running = await context.startTool({ call, ...(contents && { contents }) });
  if (running === undefined) {
    return { status: 'skipped', tool, message: messages(context.language)('npm.absent', { tool }) };
  }
  try {
    for (const step of spec.steps) {
      const missed = await follow(step, running, context);
      if (missed) return { status: 'failed', failure: await explain({ call, step, missed, running }, context) };
    }
  } finally {
    await running.program.stop();
  }
  return { status: 'passed', ran: { work: running.work, input: { args: [], env: {} } } };
}

function patience({ save, within }: WatchStep): number {
  if (within !== undefined) return within;
  return save === undefined ? PATIENCE.start : PATIENCE.save;
}

interface Missed {
  how: 'ended' | 'silent';
  difference: Difference;
}

/** Saves, and waits until what was printed since then is as expected. */
async function follow(
  step: WatchStep,
  { program, put }: RunningTool,
  { render }: CheckContext,
): Promise<Missed | undefined> {
  const from = step.save === undefined ? 0 : program.output().stdout.length;
  const stopSaving = step.save === undefined ? () => {} : keepSaving(savedFiles(step.save, render), put);
  const late = timer(patience(step));
  let hasEnded = false;
  const end = program.outcome.then(() => {
    hasEnded = true;
  });
  try {
    for (;;) {
      const more = program.more();
      const [ended, isLate] = [hasEnded, late.isOver()];
      const got = stripVTControlCharacters(program.output().stdout.slice(from));
      const difference = await matchText(step.stdout, { what: 'stdout', got }, render);
      if (difference === undefined) return undefined;
      if (ended) return { how: 'ended', difference };
      if (isLate) return { how: 'silent', difference };
      await Promise.race([more, late.over, end]);
    }
  } finally {
    late.clear();
    stopSaving();
  }
}

function savedFiles(save: NonNullable<WatchStep['save']>, render: CheckContext['render']): WorkContents {
  const files = Object.entries(save).map(([file, text]) => [file, { kind: 'text', text: valueText(render(text)) }]);
  return { files: Object.fromEntries(files), folders: [] };
}

/** Saves now and again, with longer and longer pauses, so that a slow start of the program is not cut short for ever. */
function keepSaving(contents: WorkContents, put: RunningTool['put']): () => void {
  let next: NodeJS.Timeout;
  const save = (pause: number) => {
    put(contents);
    next = setTimeout(save, pause, pause * 2);
  };
  save(SAVE_AGAIN);
  return () => clearTimeout(next);
}

function timer(milliseconds: number): { over: Promise<void>; isOver(): boolean; clear(): void } {
  let isOver = false;
  let id: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    id = setTimeout(() => {
      isOver = true;
      resolve();
    }, milliseconds);
  });
  return { over, isOver: () => isOver, clear: () => clearTimeout(id) };
}

async function explain(
  { call, step, missed, running }: { call: ToolCall; step: WatchStep; missed: Missed; running: RunningTool },
  context: CheckContext,
): Promise<Failure> {
  const say = messages(context.language);
  const silent = step.save === undefined ? 'watch.slow' : 'watch.silent';
  const isProgram = call.tool === 'node';
  const ended = isProgram ? 'watch.ended.node' : 'watch.ended';
  const summary = say(missed.how === 'ended' ? ended : silent, { seconds: patience(step) / 1_000 });
  const stderr = stripVTControlCharacters(running.program.output().stderr).trim();
  const found = (await findNpmCause(stderr, context)) ?? (isProgram ? await programCause(missed, context) : undefined);
  const saved = Object.entries(step.save ?? {}).map(([file, text]) => ({
    what: `${say('watch.saved')} ${file}`,
    text: valueText(context.render(text)),
  }));
  return {
    summary,
    tried: { kind: 'command', line: commandText(call) },
    differences: [missed.difference],
    observed: [...saved, ...(stderr === '' ? [] : [{ what: 'stderr', text: stderr }])],
    ...(found ?? (isProgram ? { next: say('watch.next.node') } : notRestarted(missed, summary, say('watch.next')))),
  };
}

function notRestarted({ how }: Missed, text: string, next: string): Found {
  return { cause: { name: how === 'ended' ? 'not-watching' : 'not-restarted', text }, next };
}

/** Why a program that goes on has not printed in time. */
async function programCause({ how }: Missed, context: CheckContext): Promise<Found | undefined> {
  if (how === 'ended') return undefined;
  const { outputCollected } = await import('../causes/process-causes.ts');
  return outputCollected(context, messages(context.language));
}
