import { writeSync } from 'node:fs';

const ESC = '\u001b[';
/** Without cursor, and without wrapping: a line that is too long by mistake must not push the others down. */
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l`;
const WITH_CURSOR = `${ESC}?7h${ESC}?25h`;
/** Back to the normal screen, with cursor and wrapping. */
export const LEAVE_SCREEN = `${WITH_CURSOR}${ESC}?1049l`;
const CLEAR = `${ESC}H${ESC}2J`;

/** The terminal's other screen. */
export interface AlternateScreen {
  enter(): void;
  /** Empties it for somebody who prints and asks on it. */
  lend(): void;
  /** What was there before is back. */
  leave(): void;
}

/** The terminal's other screen, which is also left when the process ends in whatever way. */
export function alternateScreen(): AlternateScreen {
  const { stdout } = process;
  let isEntered = false;
  // Once only: leaving again would put the cursor back over what was told meanwhile.
  const restore = () => {
    if (isEntered) writeNow(LEAVE_SCREEN);
    isEntered = false;
  };
  return {
    enter() {
      // A crash is told on the learner's own screen, so that one is back before.
      if (!isEntered) process.on('exit', restore).on('uncaughtExceptionMonitor', restore);
      isEntered = true;
      stdout.write(ENTER + CLEAR);
    },
    lend() {
      stdout.write(CLEAR + WITH_CURSOR);
    },
    leave() {
      process.off('exit', restore).off('uncaughtExceptionMonitor', restore);
      isEntered = false;
      stdout.write(LEAVE_SCREEN);
    },
  };
}

/** Rows of a screen, by their number from 1, as a text that replaces them; terminals that know how show all of it at once. */
export function rowsText(rows: Iterable<readonly [row: number, line: string]>): string {
  let text = '';
  for (const [row, line] of rows) {
    // Erased first: behind a line that fills the width, its last character would be erased.
    text += `${ESC}${row};1H${ESC}2K${line}${line.includes(ESC) ? `${ESC}0m` : ''}`;
  }
  return text === '' ? '' : `${ESC}?2026h${text}${ESC}?2026l`;
}

/** Leaves at once, without waiting for anybody. */
function writeNow(text: string): void {
  try {
    writeSync(process.stdout.fd, text);
  } catch {}
}
