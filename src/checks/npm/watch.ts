import type { CheckContext, PartOutcome, RunningTool } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import type { WorkContents } from '../../model/files.ts';
import type { ToolCall, WatchSpec, WatchStep } from '../../model/tools.ts';
import type { Difference, Failure } from '../../model/verdict.ts';
import { findNpmCause } from '../causes/npm-causes.ts';
import { matchText, valueText } from '../match-text.ts';
import { messages } from '../messages.ts';
import { workContents } from '../work-contents.ts';
import { commandText } from './evaluate.ts';

/** How long the output may take after a file was saved, in milliseconds. */
const PATIENCE = 15_000;
/** A save that came before the command watched is made again, as an impatient programmer does. In milliseconds. */
const SAVE_AGAIN = 1_000;

/** The `watch` kind: starts a command, saves files while it runs, and waits for what it prints then. */
export async function evaluateWatch(spec: WatchSpec, context: CheckContext): Promise<PartOutcome> {
  const { render } = context;
  const args = [render(spec.start.args)].flat(1).map((value) => valueText(value as Value));
  const { tool, cwd } = spec.start;
  const call = { tool, args, ...(cwd !== undefined && { cwd: valueText(render(cwd)) }) };
  const contents = workContents(spec, render);
  const running = await context.startTool({ call, ...(contents && { contents }) });
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

interface Missed {
  how: 'ended' | 'silent';
  difference: Difference;
}

/** Saves, and waits until what was printed since then is as expected. */
async function follow(
  { save, stdout }: WatchStep,
  { program, put }: RunningTool,
  { render }: CheckContext,
): Promise<Missed | undefined> {
  const from = save === undefined ? 0 : program.output().stdout.length;
  const files = Object.entries(save ?? {}).map(([file, text]) => [
    file,
    { kind: 'text', text: valueText(render(text)) },
  ]);
  const contents: WorkContents = { files: Object.fromEntries(files), folders: [] };
  if (save !== undefined) put(contents);
  const again = save === undefined ? undefined : setInterval(() => put(contents), SAVE_AGAIN);
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, PATIENCE);
  });
  let hasEnded = false;
  const end = program.outcome.then(() => {
    hasEnded = true;
  });
  try {
    for (;;) {
      const more = program.more();
      const ended = hasEnded;
      const difference = await matchText(stdout, { what: 'stdout', got: program.output().stdout.slice(from) }, render);
      if (difference === undefined) return undefined;
      if (ended) return { how: 'ended', difference };
      if (isLate) return { how: 'silent', difference };
      await Promise.race([more, late, end]);
    }
  } finally {
    clearTimeout(timer);
    clearInterval(again);
  }
}

async function explain(
  { call, step, missed, running }: { call: ToolCall; step: WatchStep; missed: Missed; running: RunningTool },
  context: CheckContext,
): Promise<Failure> {
  const say = messages(context.language);
  const stderr = running.program.output().stderr.trim();
  const found = await findNpmCause(stderr, context);
  const saved = Object.entries(step.save ?? {}).map(([file, text]) => ({
    what: `${say('watch.saved')} ${file}`,
    text: valueText(context.render(text)),
  }));
  return {
    summary: say(missed.how === 'ended' ? 'watch.ended' : 'watch.silent', { seconds: PATIENCE / 1_000 }),
    tried: { kind: 'command', line: commandText(call) },
    differences: [missed.difference],
    observed: [...saved, ...(stderr === '' ? [] : [{ what: 'stderr', text: stderr }])],
    ...(found
      ? { cause: found.cause, next: found.next }
      : {
          cause: {
            name: missed.how === 'ended' ? 'not-watching' : 'not-restarted',
            text: say(missed.how === 'ended' ? 'watch.ended' : 'watch.silent', { seconds: PATIENCE / 1_000 }),
          },
          next: say('watch.next'),
        }),
  };
}
