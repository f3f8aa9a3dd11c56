import { writeSync } from 'node:fs';
import type { Screen } from '../editor.ts';
import type { Keyboard } from './keyboard.ts';

const ESC = '\u001b[';
/** The other screen, without cursor, and without wrapping: a line that is too long by mistake must not push the others down. */
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l`;
const LEAVE = `${ESC}?7h${ESC}?25h${ESC}?1049l`;
const CLEAR = `${ESC}H${ESC}2J`;
/** Terminals that know it show what lies between at once. */
const BEGIN = `${ESC}?2026h`;
const END = `${ESC}?2026l`;

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
  /** Lent, it is still the other screen. */
  let place: 'left' | 'shown' | 'lent' = 'left';
  let before: readonly string[] = [];
  const redraw = () => {
    before = [];
    onResize();
  };
  // A crash must not leave a terminal without cursor. What is written now must not wait.
  const restore = () => writeNow(LEAVE);
  const stop = () => {
    if (place !== 'shown') return;
    keys.stop();
    stdout.off('resize', redraw);
  };

  return {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    enter() {
      if (place === 'shown') return;
      if (place === 'left') process.on('exit', restore);
      place = 'shown';
      keys.listen();
      stdout.on('resize', redraw);
      stdout.write(ENTER + CLEAR);
      redraw();
    },
    leave() {
      if (place === 'left') return;
      stop();
      place = 'left';
      process.off('exit', restore);
      stdout.write(LEAVE);
    },
    lend() {
      if (place !== 'shown') return;
      stop();
      place = 'lent';
      stdout.write(`${CLEAR}${ESC}?7h${ESC}?25h`);
    },
    draw(lines) {
      if (place !== 'shown') return;
      const { rows } = this.size();
      let text = '';
      for (let row = 0; row < rows; row++) {
        const line = lines[row] ?? '';
        if (before.length > 0 && line === (before[row] ?? '')) continue;
        // Erased first: behind a line that fills the width, its last character would be erased.
        text += `${ESC}${row + 1};1H${ESC}2K${line}${line.includes(ESC) ? `${ESC}0m` : ''}`;
      }
      before = [...lines];
      if (text !== '') stdout.write(BEGIN + text + END);
    },
  };
}

function writeNow(text: string): void {
  try {
    writeSync(process.stdout.fd, text);
  } catch {}
}
