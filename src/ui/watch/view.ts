import type { ResultStatus } from '../../model/verdict.ts';
import type { Theme } from '../theme.ts';
import type { SayWatch } from './messages.ts';

/** All that stands on the watch screen, as data. It is untrusted unless it is said to be made for the terminal. */
export interface WatchView {
  place: { track: string; lesson: string; exercise: string };
  progress: { done: number; total: number };
  checks: readonly CheckLine[];
  /** What there is to read: why it failed, or what comes after passing. Made for the terminal, wrapped to its columns. */
  text: readonly string[];
  /** What the program has printed, made for the terminal, one item a line. */
  output: readonly string[];
  /** The file that the run was begun by or that is worked on, as a link where the terminal shows links. */
  file: { name: string; link: (name: string) => string };
  /** When it was saved, which run it was, what goes on now. */
  status: string;
  /** What is said for a while. */
  notice?: string;
  /** What is asked, to be answered by a key. */
  question?: string;
  keys: readonly Key[];
  /** Lines that are scrolled away: above the text, and below the output. */
  scroll: Scroll;
  /** The output takes the place of the text. */
  wideOutput: boolean;
}

export interface Scroll {
  text: number;
  output: number;
}

/** One check on a line. */
export interface CheckLine {
  status: ResultStatus | 'pending';
  title: string;
  /** Why it was not looked at. */
  note: string;
  milliseconds?: number;
}

/** A key and what it does; those with the highest rank stay where there is little room. */
export interface Key {
  key: string;
  label: string;
  rank: number;
}

/** How the screen looks, in which language it speaks, and how large it is; `theme.columns` is its width. */
export interface WatchLook {
  theme: Theme;
  say: SayWatch;
  rows: number;
}

/** The screen's lines, no more than its rows, and how far each pane is and can be scrolled. */
export interface Frame {
  lines: string[];
  scroll: Scroll;
  most: Scroll;
  /** Lines that each pane shows. */
  page: Scroll;
}
