import type { WatchLook } from './view.ts';

/** Part of a longer text. */
export interface Window {
  lines: string[];
  /** Lines that are scrolled away above; as asked for, as far as there are lines. */
  top: number;
  most: number;
}

/** As many lines as there is room for, from `top` on; the first and the last one tell how much is not seen. */
export function textWindow(
  lines: readonly string[],
  room: number,
  { top, look }: { top: number; look: WatchLook },
): Window {
  const most = Math.max(0, lines.length - room);
  const from = Math.min(Math.max(0, top), most);
  const shown = lines.slice(from, from + room);
  if (most === 0 || room < 2) return { lines: shown, top: from, most };
  const { theme, say } = look;
  const marks = theme.unicode ? { up: '↑', down: '↓' } : { up: '^', down: 'v' };
  const mark = (text: string) => theme.dim(`   ${text}`);
  if (from < most) shown[room - 1] = mark(say('below', { mark: marks.down, count: lines.length - from - room + 1 }));
  if (from > 0 && room > 2) shown[0] = mark(say('above', { mark: marks.up, count: from + 1 }));
  return { lines: shown, top: from, most };
}

/** The end of what was printed, or what is `below` lines before it. */
export interface OutputWindow {
  lines: readonly string[];
  /** Index of the first line that is shown. */
  from: number;
  /** Lines in all. */
  count: number;
  /** Lines that are scrolled away below; as asked for, as far as there are lines. */
  below: number;
  most: number;
}

/** As many lines as there is room for, the last ones unless they are scrolled away. */
export function outputWindow(lines: readonly string[], room: number, wanted: number): OutputWindow {
  const most = Math.max(0, lines.length - room);
  const below = Math.min(Math.max(0, wanted), most);
  const from = most - below;
  return { lines: lines.slice(from, from + room), from, count: lines.length, below, most };
}
