import type { CommandContext } from '../context.ts';
import { commandWords } from '../editor/words.ts';
import { runTarget } from '../live-run.ts';
import { takeInterrupt } from '../signals.ts';
import { watchTexts } from './messages.ts';
import type { Stage } from './stage.ts';
import type { Watched, WatchState } from './state.ts';
import { firstFailure } from './text.ts';

/** Runs the learner's program on their own screen until it ends or Ctrl-C; a key leads back. */
export async function runProgram({ context, terminal, watched, state }: Stage): Promise<void> {
  const { io } = context;
  const say = watchTexts(context.language, context.typed);
  terminal.leave();
  const args = watched.exercise.run.kind === 'program' ? await askArguments(context, watched, state()) : [];
  io.print(`${say('runEnds')}\n`);
  const stop = new AbortController();
  const giveBack = takeInterrupt(() => stop.abort());
  try {
    const signal = AbortSignal.any([context.signal, stop.signal]);
    const code = await runTarget(context, watched.target, { args, signal });
    io.print(`\n${say('ran', { code })}\n`);
  } finally {
    giveBack();
  }
  await anyKey(context.signal);
  terminal.enter();
}

/** The arguments of a run, those of the check that failed to begin with. */
async function askArguments(
  context: CommandContext,
  { exercise }: Watched,
  { shown }: WatchState,
): Promise<readonly string[]> {
  const tried = shown?.results[firstFailure(shown.results)]?.failure?.tried;
  const line = tried?.kind === 'command' ? (/^node \S+ (.*)$/.exec(tried.line)?.[1] ?? '') : '';
  const { askLine } = await import('../menu/prompt.ts');
  const say = watchTexts(context.language, context.typed);
  const message = say('runArguments', { entry: exercise.entry[0] ?? '' });
  return commandWords(await askLine(context, { message, value: line }));
}

function anyKey(signal: AbortSignal): Promise<void> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const done = () => {
      stdin.off('data', done);
      stdin.off('end', done);
      signal.removeEventListener('abort', done);
      stdin.setRawMode(false);
      stdin.pause();
      resolve();
    };
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', done);
    stdin.on('end', done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
