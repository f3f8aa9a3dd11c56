import { alternateScreen, rowsText } from '../alternate-screen.ts';
import type { CommandContext } from '../context.ts';
import { keyboard, type Pressed } from '../keyboard.ts';
import { Interrupted } from './prompt.ts';

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
  const { stdout } = process;
  const alternate = alternateScreen();
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
  const onResize = () => happened({ type: 'resize' });
  const stop = () => {
    isOver = true;
    wake();
  };
  const keys = keyboard({ onKey: (key) => happened({ type: 'key', key }), onGone: stop, hasKeys: true });
  const screen: OpenScreen = {
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    draw(lines) {
      stdout.write(rowsText(Array.from({ length: screen.rows }, (_, row) => [row + 1, lines[row] ?? ''])));
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
      keys.listen();
      stdout.on('resize', onResize);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      alternate.enter();
    },
    leave() {
      if (!isOpen) return;
      isOpen = false;
      keys.stop();
      stdout.off('resize', onResize);
      signal.removeEventListener('abort', stop);
      alternate.leave();
    },
  };
  screen.enter();
  return screen;
}
