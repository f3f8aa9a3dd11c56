import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { visible } from '../../model/escape.ts';
import type { Printed } from '../../model/job.ts';
import { pickText } from '../../model/text.ts';
import { hasPassed } from '../../progress/changes.ts';
import { resultPieces } from '../../report/terminal.ts';
import { fileLink } from '../../ui/link.ts';
import type { CheckLine, Key, WatchView } from '../../ui/watch/view.ts';
import { isOver, type Round } from './session.ts';
import { nextExercise, type Watched, type WatchState } from './state.ts';
import { doneLines, failureLines, firstFailure, type Words } from './text.ts';

/** The state of a watched exercise as the screen shows it. */
export function watchView(state: WatchState, watched: Watched, words: Words): WatchView {
  const { target, course } = watched;
  const { tracks, exercises } = course.index;
  const { track, lesson, id } = target.exercise;
  const inTrack = tracks.find((each) => each.id === track);
  const title = (text: Parameters<typeof pickText>[0] | undefined) => pickText(text ?? '', words.language);
  const name = path.join(id, state.shown?.file ?? path.relative(target.folder, state.place.file));
  return {
    place: {
      track: title(inTrack?.title),
      lesson: title(inTrack?.lessons.find((each) => each.id === lesson)?.title),
      exercise: id,
    },
    progress: {
      done: exercises.filter((each) => hasPassed(state.progress, each.id)).length,
      total: exercises.length,
    },
    checks: checkLines(state.shown, watched, words),
    text: state.page?.(words) ?? textOf(state, watched, words),
    output: outputOf(state.shown, words),
    file: { name, link: (text) => fileLink(text, words.theme, state.place) },
    status: statusOf(state, words),
    ...(state.notice !== undefined && { notice: state.notice }),
    ...(state.question !== undefined && { question: state.question.text }),
    keys: keysOf(state, watched, words),
    scroll: state.scroll,
    wideOutput: state.wideOutput,
  };
}

function checkLines(shown: Round | undefined, { exercise }: Watched, words: Words): CheckLine[] {
  const results = shown?.results ?? [];
  const done = results.map(({ status, title, milliseconds }, index): CheckLine => {
    return { status, title, milliseconds, note: resultPieces(results, index, words.report).note };
  });
  const pending = exercise.checks.slice(done.length).map(({ title }): CheckLine => {
    return { status: 'pending', title: pickText(title, words.language), note: '' };
  });
  return [...done, ...pending];
}

function textOf(state: WatchState, watched: Watched, words: Words): string[] {
  const { shown, hints, pairs, recheck } = state;
  if (shown?.verdict?.status === 'passed') {
    const next = nextExercise(state, watched);
    return doneLines({ verdict: shown.verdict, next, notice: noticeOf(watched, words), pairs, recheck }, words);
  }
  return shown === undefined ? [] : failureLines(shown, hints, words);
}

/** What the course says about the solution. */
export function noticeOf({ exercise: { notice } }: Watched, { language }: Pick<Words, 'language'>): string | undefined {
  return notice === undefined ? undefined : pickText(notice, language);
}

/** What the check that matters has printed: the first that failed, else the last one. */
function printedOf(shown: Round | undefined): Printed | undefined {
  if (shown === undefined) return undefined;
  const failed = shown.results[firstFailure(shown.results)];
  if (failed !== undefined) return shown.printed.get(failed.check);
  return shown.results.map(({ check }) => shown.printed.get(check)).findLast((printed) => printed !== undefined);
}

/** The lines that the learner's program has printed, as a terminal can show them. */
export function outputOf(shown: Round | undefined, { theme }: Words): string[] {
  const { stdout = '', stderr = '' } = printedOf(shown) ?? {};
  return [...plainLines(stdout), ...plainLines(stderr).map(theme.yellow)];
}

/** Lines that can do nothing to the terminal: colors are dropped, other control characters show, tabs become spaces. */
function plainLines(text: string): string[] {
  const clean = visible(stripVTControlCharacters(text.replace(/\r\n/g, '\n'))).trimEnd();
  if (clean === '') return [];
  return clean
    .split('\n')
    .map((line) =>
      line.replace(/([^\t]*)\t/g, (_, before: string) => before.padEnd((Math.floor(before.length / 8) + 1) * 8)),
    );
}

function statusOf({ shown, running, isSlow, polls }: WatchState, { say, theme }: Words): string {
  const mark = theme.symbols.ellipsis;
  if (shown === undefined || (running !== undefined && isSlow && !isOver(running))) return say('checking', { mark });
  const { run, file, begun } = shown;
  const time = begun.toTimeString().slice(0, 5);
  const status = file === undefined ? say('run', { run }) : say('saved', { time, run });
  return polls ? `${say('polling')} ${theme.symbols.separator} ${status}` : status;
}

/** The keys that mean something now, in the order in which they stand on the screen. */
export function keysOf(state: WatchState, watched: Watched, { watch: say }: Pick<Words, 'watch'>): Key[] {
  const { shown, wideOutput, page } = state;
  const passed = shown?.verdict?.status === 'passed';
  const failed = shown?.results[firstFailure(shown.results)];
  const keys: (Key | false)[] = [
    passed && nextExercise(state, watched) !== undefined && { key: 'n', label: say('keyNext'), rank: 9 },
    page !== undefined && { key: 'esc', label: say('keyText'), rank: 9 },
    (failed?.hints.length ?? 0) > 0 && { key: 'h', label: say('keyHint'), rank: 8 },
    { key: 'l', label: say('keyLesson'), rank: 6 },
    { key: 't', label: say('keyTask'), rank: 3 },
    { key: 'e', label: say('keyEditor'), rank: 7 },
    { key: 'r', label: say('keyRun'), rank: 5 },
    { key: 'o', label: wideOutput ? say('keyText') : say('keyOutput'), rank: wideOutput ? 9 : 4 },
    { key: 's', label: say('keySolution'), rank: 2 },
    { key: 'a', label: say('keyList'), rank: 4 },
    { key: 'x', label: say('keyReset'), rank: 3 },
    { key: 'q', label: say('keyQuit'), rank: 10 },
    { key: '?', label: say('keyMore'), rank: 10 },
  ];
  return keys.filter((key) => key !== false);
}
