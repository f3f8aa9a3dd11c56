import path from 'node:path';
import { hasPassed, withSolutionSeen } from '../../progress/changes.ts';
import { keyLines } from '../../ui/watch/keys.ts';
import { watchMessages } from '../../ui/watch/messages.ts';
import { nextHint } from '../commands/hint.ts';
import { readSolution, solutionText } from '../commands/solution.ts';
import { openInEditor } from '../editor.ts';
import { resetExercise } from '../exercise-files.ts';
import { readLesson, readTask } from '../menu/lesson-screen.ts';
import { exercisesMenu } from '../menu/main-menu.ts';
import { saveProgress } from '../progress.ts';
import { watchTexts } from './messages.ts';
import { runProgram } from './run-program.ts';
import type { Stage } from './stage.ts';
import { nextExercise } from './state.ts';
import { firstFailure } from './text.ts';
import { keysOf } from './view.ts';

type Action = (stage: Stage) => Promise<void> | void;

/** What each key does. Scrolling is the screen's own. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  n: goOn,
  h: hint,
  l: ({ context, terminal, watched }) =>
    lent(terminal, () => readLesson(context, watched.target.workspace, watched.target.exercise.lesson)),
  t: ({ context, terminal, watched }) =>
    lent(terminal, () => readTask(context, watched.target.workspace, watched.target.exercise.id)),
  e: edit,
  r: runProgram,
  c: ({ session }) => session.again(),
  o: ({ state, change }) => change({ wideOutput: !state().wideOutput, scroll: { ...state().scroll, output: 0 } }),
  s: solution,
  a: list,
  x: ({ ask, quiet, ...stage }) => ask({ text: say(quiet)('resetSure'), yes: () => reset({ ask, quiet, ...stage }) }),
  q: ({ end }) => end({ kind: 'quit' }),
  '?': showKeys,
  escape: ({ change }) => change({ page: undefined, wideOutput: false }),
};

function say({ language, typed }: Stage['context']) {
  return watchTexts(language, typed);
}

/** Gives the screen to somebody who asks or shows pages, and takes it back. */
async function lent(terminal: Stage['terminal'], work: () => Promise<void>): Promise<void> {
  terminal.lend();
  await work();
  terminal.enter();
}

function goOn({ state, watched, quiet, change, end }: Stage): void {
  const isPassed = state().shown?.verdict?.status === 'passed';
  const next = nextExercise(state(), watched);
  if (isPassed && next !== undefined) end({ kind: 'open', exercise: next });
  else change({ notice: say(quiet)(isPassed ? 'noMore' : 'notYet') });
}

/** The next tier, below the failure; the text is scrolled to it. */
async function hint({ state, session, quiet, watched, change }: Stage): Promise<void> {
  const { shown, hints } = state();
  if (shown === undefined || firstFailure(shown.results) === -1) {
    change({ notice: say(quiet)('nothingFailed') });
    return;
  }
  await session.kept();
  const answer = await nextHint(quiet, watched.target);
  const others = hints.filter(({ check, tier }) => check !== answer.check || tier !== answer.tier);
  change({ hints: [...others, answer], page: undefined, scroll: { ...state().scroll, text: Number.MAX_SAFE_INTEGER } });
}

async function edit({ state, context, quiet, terminal, change }: Stage): Promise<void> {
  const { place } = state();
  const editor = await openInEditor(context, place, terminal);
  if (!editor.terminal)
    change({ notice: say(quiet)('editing', { file: path.basename(place.file), editor: editor.name }) });
}

async function solution(stage: Stage): Promise<void> {
  const { state, change, watched, ask, quiet } = stage;
  const { id } = watched.target.exercise;
  if (hasPassed(state().progress, id)) {
    await showSolution(stage);
    return;
  }
  ask({
    text: say(quiet)('solutionSure'),
    yes: async () => {
      const progress = await saveProgress(quiet, watched.target.workspace, (before) => withSolutionSeen(before, id));
      if (progress !== undefined) change({ progress });
      await showSolution(stage);
    },
  });
}

async function showSolution({ change, watched, quiet, state }: Stage): Promise<void> {
  const text = await solutionText(quiet, await readSolution(watched.course, watched.target.exercise.id));
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => ` ${line.replace(/\t/g, '  ')}`);
  change({ page: () => lines, scroll: { ...state().scroll, text: 0 } });
}

async function list({ context, terminal, watched, end }: Stage): Promise<void> {
  await lent(terminal, async () => {
    const exercise = await exercisesMenu(context, watched.target.workspace);
    if (exercise !== undefined && exercise !== watched.target.exercise.id) end({ kind: 'open', exercise });
  });
}

async function reset({ context, watched, quiet, change }: Stage): Promise<void> {
  const { packageRoot, language } = context;
  const { course, target } = watched;
  const { id } = target.exercise;
  await resetExercise({ course, workspace: target.workspace, id, language, packageRoot, now: new Date() });
  change({ notice: say(quiet)('resetDone', { exercise: id }), hints: [] });
}

function showKeys({ state, change, watched, quiet }: Stage): void {
  const watch = watchMessages(quiet.language);
  const more = [
    { key: 'c', label: watch('keyCheck'), rank: 0 },
    { key: '↑ ↓', label: watch('keyScroll'), rank: 0 },
    { key: 'PgUp PgDn', label: watch('keyPage'), rank: 0 },
  ];
  const keys = [...keysOf(state(), watched, { watch }).filter(({ key }) => key !== '?'), ...more];
  change({ page: ({ theme }) => ['', ...keyLines(keys, { theme })], scroll: { ...state().scroll, text: 0 } });
}
