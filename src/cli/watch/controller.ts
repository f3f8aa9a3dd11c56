import path from 'node:path';
import { describeError, TutorError } from '../../model/error.ts';
import type { CommandContext } from '../context.ts';
import { fileToEdit } from '../exercise-files.ts';
import { type Keyboard, keyboard, keyName } from '../keyboard.ts';
import { failedPlace } from '../menu/exercise-menu.ts';
import { Interrupted } from '../menu/prompt.ts';
import { progressOf } from '../progress.ts';
import { ACTIONS } from './actions.ts';
import { deferred } from './deferred.ts';
import { watchTexts } from './messages.ts';
import { solutionPairs } from './pairs.ts';
import { completedTrack, recheckTrack } from './recheck.ts';
import { isOver, openWatchSession, type Round, type Saved } from './session.ts';
import type { Stage, WatchEnd } from './stage.ts';
import { firstState, type Watched, type WatchState } from './state.ts';
import type { Borrowable } from './terminal-screen.ts';
import { pollText } from './text.ts';

/** A run that takes longer, in milliseconds, is told of; a shorter one is not seen but by its verdict, so that nothing blinks. */
const SLOW = 300;
const TOP = { text: 0, output: 0 };

/** Where a watched exercise is shown: on a screen that stays, or line by line. */
export interface Display {
  terminal: Borrowable;
  /** Shows a state, and `part` of it has changed. */
  show(state: WatchState, part: Partial<WatchState>): void;
  /** Where the panes stand after a key that means nothing else. */
  scrolled(key: string, state: WatchState): WatchState['scroll'];
}

/** What a display is made with. */
export interface DisplaySource {
  context: CommandContext;
  watched: Watched;
  keys: Keyboard;
  /** Asks for the state to be shown again. */
  refresh: () => void;
}

/**
 * Watches an exercise until the learner leaves it; the terminal is as before afterwards.
 * @throws {Interrupted}
 */
export async function watchOn(
  makeDisplay: (source: DisplaySource) => Display,
  context: CommandContext,
  watched: Watched,
): Promise<WatchEnd> {
  const { target, exercise, course } = watched;
  const file = path.join(target.folder, fileToEdit(exercise, target.folder));
  const ending = deferred<WatchEnd>();
  const leaving = new AbortController();
  let state: WatchState = firstState(await progressOf(context, target.workspace).read(), { file });
  let slow: NodeJS.Timeout | undefined;
  let pressed: Promise<void> = Promise.resolve();
  /** A verdict is shown before it counts. */
  let finishing: Promise<void> = Promise.resolve();
  const end = (how: WatchEnd) => {
    leaving.abort();
    ending.resolve(how);
  };
  const stop = () => {
    leaving.abort();
    ending.reject(new Interrupted());
  };
  const hasKeys = context.io.interactive && !context.options.json;
  const keys = keyboard({ onKey: (key) => press(keyName(key)), onGone: stop, hasKeys });
  const display = makeDisplay({ context, watched, keys, refresh: () => change({}) });

  function change(part: Partial<WatchState>): void {
    state = { ...state, ...part };
    display.show(state, part);
  }

  function onRound(round: Round): void {
    if (round.run !== state.running?.run) {
      clearTimeout(slow);
      state = { ...state, isSlow: false };
      slow = setTimeout(() => change({ isSlow: true, shown: state.running, scroll: TOP }), SLOW);
    }
    state = { ...state, running: round };
    if (isOver(round)) finishing = finish(round).catch(fail);
    else if (state.isSlow) change({ shown: round });
  }

  /** Shows the end of a round. */
  async function finish(round: Round): Promise<void> {
    clearTimeout(slow);
    const { verdict } = round;
    const passed = verdict?.status === 'passed';
    const pairs = passed ? await solutionPairs(course, exercise, target.folder) : [];
    if (state.running?.run !== round.run) return;
    const place = (verdict && failedPlace(verdict, target.folder)) ?? { file };
    const hints = passed ? [] : state.hints;
    const reset = { page: undefined, question: undefined, isSlow: false, scroll: TOP };
    const notice = round.run === 1 ? state.notice : undefined;
    change({ ...reset, notice, shown: round, pairs, hints, place });
  }

  async function onSaved(saved: Saved): Promise<void> {
    await finishing;
    change({ progress: saved.after });
    const track = completedTrack(course, saved);
    if (track !== undefined) await recheck(track);
  }

  async function recheck(track: string): Promise<void> {
    const steps = recheckTrack(context, target.workspace, { track, signal: leaving.signal });
    for await (const step of steps) if (!leaving.signal.aborted) change({ recheck: step });
  }

  /** What went wrong is told, and the watch goes on; a fault of ours ends it. */
  function fail(error: unknown): void {
    if (context.signal.aborted || error instanceof Interrupted) stop();
    else if (error instanceof TutorError) {
      display.terminal.enter();
      change({ notice: context.typed([describeError(error), error.next].filter(Boolean).join(' ')) });
    } else ending.reject(error);
  }

  /** Back to the shell, until that wakes it. */
  function sleep(): void {
    display.terminal.leave();
    process.once('SIGCONT', () => display.terminal.enter());
    process.kill(process.pid, 'SIGTSTP');
  }

  /** Several keys can come at once; each waits for the one before it, and none is lost. */
  function press(key: string): void {
    if (key === 'ctrl+c') stop();
    else if (key === 'ctrl+d') end({ kind: 'quit' });
    else if (key === 'ctrl+z' && process.platform !== 'win32') sleep();
    else pressed = pressed.then(() => (leaving.signal.aborted ? undefined : act(key))).catch(fail);
  }

  async function act(key: string): Promise<void> {
    const { question } = state;
    state = { ...state, notice: undefined, question: undefined };
    const action = Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined;
    if (question !== undefined) {
      if (key === 'y') await question.yes();
    } else if (action !== undefined) await action(stage);
    else state = { ...state, scroll: display.scrolled(key, state) };
    change({});
  }

  context.signal.addEventListener('abort', stop, { once: true });
  if (context.signal.aborted) stop();
  const io = { ...context.io, tell: (text: string) => change({ notice: text }), remark: () => {} };
  const quiet: CommandContext = { ...context, io };
  const session = await openWatchSession(quiet, target, {
    onRound,
    onSaved: (saved) => void onSaved(saved).catch(fail),
  });
  const stage: Stage = {
    ...{ watched, context, quiet, session, change, terminal: display.terminal },
    state: () => state,
    ask: (question) => change({ question }),
    end,
  };
  display.terminal.enter();
  const say = watchTexts(context.language, context.typed);
  if (session.polls !== undefined) change({ polls: true, notice: pollText(session.polls, say) });
  try {
    return await ending.promise;
  } finally {
    context.signal.removeEventListener('abort', stop);
    clearTimeout(slow);
    leaving.abort();
    display.terminal.leave();
    await session.close();
  }
}
