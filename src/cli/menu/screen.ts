import { emitKeypressEvents, type Key } from 'node:readline';
import type { CommandContext } from '../context.ts';
import { Interrupted } from './prompt.ts';

/** Without cursor, and lines that are too long end at the edge. */
const ALTERNATE_SCREEN = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const NORMAL_SCREEN = '\u001b[?7h\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const ERASE_LINE = '\u001b[K';
/** Terminals that know it show what comes between these at once. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';

/** A key with what it types. */
export interface Pressed extends Key {
  text: string;
}

/** What happened to a screen. */
export type ScreenEvent = { type: 'key'; key: Pressed } | { type: 'resize' };

/** A screen of the tutor's own; the terminal is as before when it is left. */
export interface OpenScreen {
  readonly columns: number;
  readonly rows: number;
  /** Shows as many lines as there are rows, drawn over what was there, so that nothing flickers. */
  draw(lines: readonly string[]): void;
  /** @throws {Interrupted} when the terminal went away, a signal came, or Ctrl-C was pressed */
  next(): Promise<ScreenEvent>;
  /** True when something has happened that `next` has not told yet. */
  hasNext(): boolean;
  /** Waits until `hasNext`. */
  heard(): Promise<void>;
  leave(): void;
  enter(): void;
}

/** Opens a screen. To be left in a `finally`. */
export function openScreen({ signal }: Pick<CommandContext, 'signal'>): OpenScreen {
  const { stdin, stdout } = process;
  const events: ScreenEvent[] = [];
  let isOver = false;
  let isOpen = false;
  const wakers: (() => void)[] = [];
  const wake = () => {
    for (const waker of wakers.splice(0)) waker();
  };
  const happened = (event: ScreenEvent) => {
    events.push(event);
    wake();
  };
  const onKey = (text: string | undefined, key: Key) => happened({ type: 'key', key: { ...key, text: text ?? '' } });
  const onResize = () => happened({ type: 'resize' });
  const stop = () => {
    isOver = true;
    wake();
  };
  const screen: OpenScreen = {
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    draw(lines) {
      const text = Array.from({ length: screen.rows }, (_, row) => lines[row] ?? '').map((line) => ERASE_LINE + line);
      stdout.write(`${BEGIN}${HOME}${text.join('\r\n')}${END}`);
    },
    async next() {
      await screen.heard();
      const event = events.shift();
      if (isOver || event === undefined) throw new Interrupted();
      if (event.type === 'key' && event.key.ctrl && event.key.name === 'c') throw new Interrupted();
      return event;
    },
    hasNext: () => events.length > 0 || isOver,
    heard: () => new Promise((resolve) => (screen.hasNext() ? resolve() : void wakers.push(resolve))),
    enter() {
      if (isOpen) return;
      isOpen = true;
      emitKeypressEvents(stdin);
      if (stdin.isTTY) stdin.setRawMode(true);
      stdin.resume();
      stdin.on('keypress', onKey).on('end', stop);
      stdout.on('resize', onResize);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      stdout.write(ALTERNATE_SCREEN);
    },
    leave() {
      if (!isOpen) return;
      isOpen = false;
      stdin.off('keypress', onKey).off('end', stop);
      stdout.off('resize', onResize);
      signal.removeEventListener('abort', stop);
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.pause();
      stdout.write(NORMAL_SCREEN);
    },
  };
  screen.enter();
  return screen;
}
