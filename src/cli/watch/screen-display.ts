import type { Theme } from '../../ui/theme.ts';
import { watchScreen } from '../../ui/watch/screen.ts';
import type { Frame } from '../../ui/watch/view.ts';
import type { Display, DisplaySource } from './controller.ts';
import type { WatchState } from './state.ts';
import { terminalScreen } from './terminal-screen.ts';
import { wordsFor } from './text.ts';
import { watchView } from './view.ts';

/** One screen that is redrawn in place. */
export function screenDisplay({ context, watched, keys, refresh }: DisplaySource, theme: Theme): Display {
  const screen = terminalScreen(keys, refresh);
  let frame: Frame | undefined;
  return {
    terminal: screen,
    show(state) {
      const { columns, rows } = screen.size();
      const words = wordsFor(context, { theme: { ...theme, columns }, folder: watched.target.folder });
      frame = watchScreen(watchView(state, watched, words), { theme: words.theme, say: words.watch, rows });
      screen.draw(frame.lines);
    },
    scrolled: (key, state) => (frame === undefined ? state.scroll : scrolled(key, state, frame)),
  };
}

/** Where the panes stand after a key; the text is scrolled where it does not fit, else the output. */
function scrolled(key: string, { wideOutput }: WatchState, { scroll, most, page }: Frame): WatchState['scroll'] {
  const inOutput = wideOutput || most.text === 0;
  const lines = Math.max(1, (inOutput ? page.output : page.text) - 2);
  const far = Number.MAX_SAFE_INTEGER;
  const steps = new Map([
    ['up', -1],
    ['down', 1],
    ['pageup', -lines],
    ['pagedown', lines],
    ['space', lines],
    ['home', -far],
    ['end', far],
  ]);
  const step = steps.get(key) ?? 0;
  return inOutput ? { ...scroll, output: scroll.output - step } : { ...scroll, text: scroll.text + step };
}
