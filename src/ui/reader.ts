import { stripVTControlCharacters } from 'node:util';
import { anchorsOf } from '../model/anchor.ts';
import type { LaidOut, Mark } from './markdown.ts';

type LinkMark = Extract<Mark, { kind: 'link' }>;

/** Where somebody stands in a text that is longer than the screen. */
export interface View {
  /** First line on the screen, from 0. */
  top: number;
  /** Lines that the screen shows. */
  height: number;
  /** What is looked for, in lower case; empty when nothing is. */
  query: string;
  /** Which of the runnable examples and links is chosen, from 0; undefined: none is. */
  stop: number | undefined;
}

export type Move = 'up' | 'down' | 'onward' | 'backward' | 'nextSection' | 'previousSection' | 'start' | 'end';

/** Lines that a page repeats of the one before it, so that one finds the place again. */
const OVERLAP = 2;

/** True when the last line is on the screen. */
export function isAtEnd({ lines }: LaidOut, { top, height }: View): boolean {
  return top + height >= lines.length;
}

/** The view after a move. Pages end where a section begins, where that can be. */
export function moved(text: LaidOut, view: View, move: Move): View {
  return { ...view, stop: undefined, top: within(text, view, topAfter(text, view, move)) };
}

/** The view of a line, near the top of the screen. */
export function showing(text: LaidOut, view: View, line: number): View {
  const isSeen = line >= view.top && line < view.top + view.height;
  return isSeen ? view : { ...view, top: within(text, view, line - OVERLAP) };
}

/** The view of the same place in a text that was laid out anew, for a screen of another size. */
export function keptPlace(before: LaidOut, after: LaidOut, view: View): View {
  const mark = before.marks.findLastIndex(({ line }) => line <= view.top);
  const start = after.marks[mark]?.line ?? 0;
  const next = after.marks[mark + 1]?.line ?? after.lines.length;
  const behind = view.top - (before.marks[mark]?.line ?? 0);
  return { ...view, top: within(after, view, Math.min(start + behind, Math.max(start, next - 1))) };
}

/** The nearest line that a screen may begin with: it shows a full page, or the last section. */
function within(text: LaidOut, { height }: View, top: number): number {
  const last = Math.max(text.lines.length - height, sections(text).at(-1)?.line ?? 0, 0);
  return Math.min(Math.max(0, top), text.lines.length <= height ? 0 : last);
}

function topAfter(text: LaidOut, view: View, move: Move): number {
  const { top, height } = view;
  const page = Math.max(1, height - OVERLAP);
  const starts = sections(text).map(({ line }) => line);
  switch (move) {
    case 'up':
      return top - 1;
    case 'down':
      return Math.min(top + 1, Math.max(top, text.lines.length - height));
    case 'onward': {
      const bottom = top + height;
      const cut = starts.filter((line) => line > top && line < bottom).at(-1);
      return cut !== undefined && bottom < text.lines.length ? cut : top + page;
    }
    case 'backward':
      return starts.find((line) => line < top && line >= top - page) ?? top - page;
    case 'nextSection':
      return starts.find((line) => line > top) ?? top;
    case 'previousSection':
      return starts.filter((line) => line < top).at(-1) ?? 0;
    case 'start':
      return 0;
    case 'end':
      return text.lines.length - height;
  }
}

/** Which section one reads, from 1, of how many; undefined in a text without headings. */
export function sectionAt(text: LaidOut, view: View): { number: number; total: number; title: string } | undefined {
  const all = sections(text);
  const begun = all.filter(({ line }) => line <= view.top).length;
  const number = view.top > 0 && isAtEnd(text, view) ? all.length : Math.max(1, begun);
  const title = all[number - 1]?.title;
  return title === undefined ? undefined : { number, total: all.length, title };
}

/** How much has been seen, in percent. */
export function percentSeen({ lines }: LaidOut, { top, height }: View): number {
  return lines.length === 0 ? 100 : Math.min(100, Math.round(((top + height) / lines.length) * 100));
}

/** The runnable example that a key would run: the chosen one, else the first of which a part is on the screen. */
export function exampleAt(text: LaidOut, view: View): number | undefined {
  const places = examples(text);
  const chosen = chosenStop(text, view);
  if (chosen?.kind === 'example') return places.indexOf(chosen);
  const { top, height } = view;
  const onScreen = places.findIndex(({ line, end }) => end > top && line < top + height);
  return onScreen === -1 ? undefined : onScreen;
}

/** The link that is chosen. */
export function linkAt(text: LaidOut, view: View): LinkMark | undefined {
  const chosen = chosenStop(text, view);
  return chosen?.kind === 'link' ? chosen : undefined;
}

/**
 * The view with another example or link chosen: the next one or the one before, around the ends. Where none was
 * chosen, the first on the screen that is not at hand without that.
 */
export function nextStop(text: LaidOut, view: View, step: 1 | -1): View {
  const all = stops(text);
  if (all.length === 0) return view;
  const atHand = examples(text)[exampleAt(text, view) ?? -1];
  const below = all.findIndex((stop) => stop.line >= view.top && stop !== atHand);
  const first = below === -1 ? 0 : below;
  const next = view.stop === undefined ? (step === 1 ? first : first - 1) : view.stop + step;
  const stop = (next + all.length) % all.length;
  return { ...showing(text, view, all[stop]?.line ?? 0), stop };
}

/** Row of the screen on which an example begins, or goes on. */
export function exampleRow(text: LaidOut, { top }: View, example: number): number {
  return Math.max(0, (examples(text)[example]?.line ?? 0) - top);
}

/** The view of a section, by the name that links have for it; undefined when there is none. */
export function sectionView(text: LaidOut, view: View, anchor: string): View | undefined {
  const names = anchorsOf(sections(text).map(({ title }) => title));
  const section = sections(text)[names.indexOf(anchor)];
  return section && { ...view, stop: undefined, top: within(text, view, section.line) };
}

/** The next line that holds what is looked for, around the end; undefined when none does. */
export function find(text: LaidOut, query: string, from: { line: number; step: 1 | -1 }): number | undefined {
  const { length } = text.lines;
  for (let count = 0; count < length; count++) {
    const line = (((from.line + count * from.step) % length) + length) % length;
    if (holds(text.lines[line] ?? '', query)) return line;
  }
  return undefined;
}

/** A line with its part of a link in reverse. */
export function withLink(line: string, { pieces }: LinkMark, number: number): string {
  const piece = pieces.find((each) => each.line === number);
  if (piece === undefined) return line;
  const { from, to } = piece;
  return `${line.slice(0, from)}\u001b[7m${line.slice(from, to)}\u001b[27m${line.slice(to)}`;
}

/** A line with what is looked for in reverse; its own colors give way to that. */
export function marked(line: string, query: string): string {
  if (query === '' || !holds(line, query)) return line;
  const plain = stripVTControlCharacters(line);
  const lower = plain.toLowerCase();
  let shown = '';
  let end = 0;
  for (let at = lower.indexOf(query); at !== -1; at = lower.indexOf(query, end)) {
    shown += `${plain.slice(end, at)}\u001b[7m${plain.slice(at, at + query.length)}\u001b[27m`;
    end = at + query.length;
  }
  return shown + plain.slice(end);
}

function holds(line: string, query: string): boolean {
  return stripVTControlCharacters(line).toLowerCase().includes(query);
}

function sections({ marks }: LaidOut): Extract<Mark, { kind: 'section' }>[] {
  return marks.filter((mark) => mark.kind === 'section');
}

function examples({ marks }: LaidOut): Extract<Mark, { kind: 'example' }>[] {
  return marks.filter((mark) => mark.kind === 'example');
}

/** What one can do something with. */
function stops({ marks }: LaidOut): Exclude<Mark, { kind: 'section' }>[] {
  return marks.filter((mark) => mark.kind !== 'section');
}

function chosenStop(text: LaidOut, { stop }: View): Exclude<Mark, { kind: 'section' }> | undefined {
  return stop === undefined ? undefined : stops(text)[stop];
}
