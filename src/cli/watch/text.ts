import type { PollReason } from '../../engine/watch-folder.ts';
import { visible } from '../../model/escape.ts';
import type { Result, Verdict } from '../../model/verdict.ts';
import type { Look } from '../../report/difference.ts';
import { reportMessages } from '../../report/messages.ts';
import { resultPieces, verdictNotes } from '../../report/terminal.ts';
import { paragraph, spread, wrap } from '../../ui/layout.ts';
import type { Theme } from '../../ui/theme.ts';
import { comparisonLines, type Pair } from '../../ui/watch/comparison.ts';
import { type SayWatch, watchMessages } from '../../ui/watch/messages.ts';
import type { HintAnswer } from '../commands/hint.ts';
import type { CommandContext } from '../context.ts';
import { type SayWatching, watchTexts } from './messages.ts';
import type { Recheck } from './recheck.ts';
import type { Round } from './session.ts';

/** What the words of the watch screen are made with. */
export interface Words {
  language: string;
  /** With the width of the screen. */
  theme: Theme;
  say: SayWatching;
  report: Look;
  watch: SayWatch;
}

const INDENT = 3;
const BLOCK = 5;

/** The result that matters first: the first that failed or broke. */
export function firstFailure(results: readonly Result[]): number {
  return results.findIndex(({ status }) => status === 'failed' || status === 'broken');
}

/** Why a round failed, and the hints that were opened for it; lines of the screen. */
export function failureLines(round: Round, hints: readonly HintAnswer[], words: Words): string[] {
  const { theme, report } = words;
  const block = (text: string, indent: number) => paragraph(text, { indent, columns: theme.columns }).split('\n');
  if (round.error !== undefined) {
    const { message, next } = round.error;
    return [...block(visible(message), BLOCK), ...(next === undefined ? [] : block(visible(next), BLOCK))];
  }
  const index = firstFailure(round.results);
  if (index === -1) return [];
  const lines = resultPieces(round.results, index, report).reason.split('\n');
  const check = round.results[index]?.check;
  for (const one of hints.filter((each) => each.check === check)) {
    lines.push('', ...hintLines(one, words));
  }
  return [...lines, ...notes(round.verdict, words)];
}

/** One hint under its number. */
export function hintLines({ tier, tiers, hint }: HintAnswer, { theme, say }: Words): string[] {
  const head = `${' '.repeat(INDENT)}${theme.bold(say('hintTier', { tier, tiers }))}`;
  return [head, ...paragraph(hint, { indent: BLOCK, columns: theme.columns }).split('\n')];
}

function notes(verdict: Verdict | undefined, { report }: Words): string[] {
  const lines = verdict === undefined ? [] : verdictNotes(verdict, report);
  return lines.length === 0 ? [] : ['', ...lines.flatMap((line) => line.split('\n'))];
}

/** What there is to read after passing. */
export interface Done {
  verdict: Verdict;
  /** The exercise to go on with. */
  next: string | undefined;
  /** What the course says about the solution. */
  notice: string | undefined;
  pairs: readonly Pair[];
  recheck: Recheck | undefined;
}

/** What a learner reads when an exercise has passed; lines of the screen. */
export function doneLines({ verdict, next, notice, pairs, recheck }: Done, words: Words): string[] {
  const { theme, say, watch } = words;
  const { earned, possible } = verdict.points;
  const passed = ` ${say('passed', { earned, possible, seconds: (verdict.milliseconds / 1000).toFixed(2) })}`;
  const goOn = next === undefined ? '' : say('nextKey', { exercise: next });
  const [first = '', ...more] = spread(passed, goOn, theme.columns - 1).split('\n');
  const head = [first.replace(passed, theme.green(theme.bold(passed))), ...more];
  const lines = ['', ...(recheck === undefined ? [] : [...recheckLines(recheck, words), '']), ...head];
  lines.push(...notes(verdict, words));
  lines.push(...noticeLines(notice, words));
  return [...lines, '', ...comparisonLines(pairs, { theme, say: watch })];
}

/** What the course says about the solution, under a blank line. */
export function noticeLines(notice: string | undefined, { theme }: Words): string[] {
  return notice === undefined ? [] : ['', ...paragraph(notice, { indent: INDENT, columns: theme.columns }).split('\n')];
}

/** How the exercises of a completed track stand. */
export function recheckLines({ track, total, done, regressions }: Recheck, { theme, say }: Words): string[] {
  const name = visible(track);
  const under = (sign: string, text: string, paint: (line: string) => string) => {
    const [first = '', ...more] = wrap(text, theme.columns - INDENT);
    return [` ${sign} ${paint(first)}`, ...more.map((line) => `${' '.repeat(INDENT)}${paint(line)}`)];
  };
  const { symbols, green, yellow, red, bold, dim } = theme;
  if (done < total) return under(dim(symbols.skipped), say('trackChecking', { track: name, done, total }), dim);
  if (regressions.length === 0) return under(green(symbols.passed), say('trackDone', { track: name, total }), bold);
  const count = regressions.length;
  return [
    ...under(yellow(symbols.broken), say('trackRegressed', { track: name, total, count }), bold),
    ...regressions.map(({ exercise, what }) => `   ${red(symbols.failed)} ${exercise}  ${dim(visible(what))}`),
  ];
}

/** Why the files are looked at in intervals. */
export function pollText(reason: PollReason, say: SayWatching): string {
  const keys = { asked: 'pollsAsked', 'file-system': 'pollsFileSystem', 'no-watch': 'pollsNoWatch' } as const;
  return say(keys[reason]);
}

/** What the words are made with for a command. */
export function wordsFor(
  { language, typed }: Pick<CommandContext, 'language' | 'typed'>,
  { theme, folder }: { theme: Theme; folder: string },
): Words {
  return {
    ...{ language, theme, say: watchTexts(language, typed), watch: watchMessages(language) },
    report: { theme, folder, say: reportMessages(language, typed) },
  };
}
