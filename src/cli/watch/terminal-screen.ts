import { alternateScreen, rowsText } from '../alternate-screen.ts';
import type { Screen } from '../editor.ts';
import type { Keyboard } from '../keyboard.ts';

/** The terminal with its keys, which others can have for a while. */
export interface Borrowable extends Screen {
  /** Makes room for somebody else who reads keys and prints; `enter` takes it back. */
  lend(): void;
}

/** The whole terminal, drawn in place; the learner's own screen is back when it is left. */
export interface TerminalScreen extends Borrowable {
  size(): { columns: number; rows: number };
  /** Shows these lines; only those that have changed are written. Nothing happens while it is left. */
  draw(lines: readonly string[]): void;
}

/** The terminal as a screen; nothing is written before `enter`. */
export function terminalScreen(keys: Keyboard, onResize: () => void): TerminalScreen {
  const { stdout } = process;
  const screen = alternateScreen();
  /** Lent, it is still the other screen. */
  let place: 'left' | 'shown' | 'lent' = 'left';
  let before: readonly string[] = [];
  const redraw = () => {
    before = [];
    onResize();
  };
  const stop = () => {
    if (place !== 'shown') return;
    keys.stop();
    stdout.off('resize', redraw);
  };

  return {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    enter() {
      if (place === 'shown') return;
      place = 'shown';
      keys.listen();
      stdout.on('resize', redraw);
      screen.enter();
      redraw();
    },
    leave() {
      if (place === 'left') return;
      stop();
      place = 'left';
      screen.leave();
    },
    lend() {
      if (place !== 'shown') return;
      stop();
      place = 'lent';
      screen.lend();
    },
    draw(lines) {
      if (place !== 'shown') return;
      const rows = Array.from({ length: this.size().rows }, (_, row) => [row + 1, lines[row] ?? ''] as const);
      const text = rowsText(rows.filter(([row, line]) => before.length === 0 || line !== (before[row - 1] ?? '')));
      before = [...lines];
      if (text !== '') stdout.write(text);
    },
  };
}
