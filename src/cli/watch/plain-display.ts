import { visible, visibleLine } from '../../model/escape.ts';
import { pickText } from '../../model/text.ts';
import { verdictText } from '../../report/terminal.ts';
import type { Theme } from '../../ui/theme.ts';
import { comparisonLines } from '../../ui/watch/comparison.ts';
import { againCommand } from '../grading.ts';
import type { Display, DisplaySource } from './controller.ts';
import { isOver, type Round } from './session.ts';
import { nextExercise, type WatchState } from './state.ts';
import { failureLines, hintLines, noticeLines, recheckLines, type Words, wordsFor } from './text.ts';
import { noticeOf, outputOf } from './view.ts';

/** Each verdict below the one before it; nothing is drawn over. Keys mean the same as on the screen, where there are keys. */
export function plainDisplay({ context, watched, keys }: DisplaySource, theme: Theme): Display {
  const { io } = context;
  const words = wordsFor(context, { theme, folder: watched.target.folder });
  const print = (lines: readonly string[]) => io.print(`${lines.join('\n')}\n`);
  let printed = 0;
  let hints: WatchState['hints'] = [];
  let isCompared = false;

  function roundOver(round: Round, state: WatchState): void {
    printed = round.run;
    print(['', roundHead(round, words)]);
    const { verdict } = round;
    if (verdict === undefined) {
      print(failureLines(round, [], words));
      return;
    }
    io.print(verdictText(verdict, words.report, { again: againCommand(context, watched.target) }));
    if (verdict.status !== 'passed') return;
    if (!isCompared) print([...noticeLines(noticeOf(watched, words), words), '', ...compared(state)]);
    isCompared = true;
    const next = nextExercise(state, watched);
    if (next !== undefined) print(['', words.say(io.interactive ? 'nextKey' : 'plainNext', { exercise: next })]);
  }

  const compared = ({ pairs }: WatchState) => comparisonLines(pairs, { theme, say: words.watch });

  return {
    terminal: {
      enter: () => {
        if (printed === 0) print(head(words));
        keys.listen();
      },
      leave: keys.stop,
      lend: keys.stop,
    },
    show(state, part) {
      const { shown, recheck, notice, question, page } = part;
      if (shown !== undefined && isOver(shown) && shown.run !== printed) roundOver(shown, state);
      if (recheck !== undefined && [0, recheck.total].includes(recheck.done)) print(recheckLines(recheck, words));
      if (notice !== undefined) print([visible(notice)]);
      if (question !== undefined) print([`${question.text} (y: ${words.watch('keyYes')}, n: ${words.watch('keyNo')})`]);
      if (page !== undefined) print(page(words));
      if (part.wideOutput !== undefined) print(outputOf(state.shown, words));
      const last = state.hints.at(-1);
      if (state.hints !== hints && last !== undefined) print(hintLines(last, words));
      ({ hints } = state);
    },
    scrolled: (_, { scroll }) => scroll,
  };

  function head({ language, say }: Words): string[] {
    const { exercise, target } = watched;
    const lines = [
      say('plainHead', { exercise: exercise.id, title: pickText(exercise.title, language) }),
      say('plainFolder', { folder: visibleLine(target.folder) }),
      say('plainStop'),
    ];
    if (!io.interactive) return lines;
    return [...lines, say('plainKeys')];
  }
}

function roundHead({ run, file }: Round, { say }: Words): string {
  return file === undefined ? say('plainRun', { run }) : say('plainSaved', { run, file: visibleLine(file) });
}
