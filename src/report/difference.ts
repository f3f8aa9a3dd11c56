import { visible } from '../model/escape.ts';
import type { Difference } from '../model/verdict.ts';
import { cut, displayWidth, padEnd, wrap } from '../ui/layout.ts';
import type { Theme } from '../ui/theme.ts';
import type { SayReport } from './messages.ts';

/** How a report looks and in which language it speaks. */
export interface Look {
  theme: Theme;
  say: SayReport;
  /** Absolute folder of the submission, to which the places in its files are links where the terminal shows such. */
  folder?: string;
}

/** One row of an aligned block; `tone` says whether its value is the wanted or the given one. */
export interface Row {
  label: string;
  value: string;
  tone?: 'expected' | 'got';
}

const INDENT = 6;
const CONTEXT_LINES = 2;
const CHANGED_LINES = 4;
const VALUE_LINES = 4;
const LABELS = { equals: 'expected', contains: 'contains', lacks: 'lacks', matches: 'matches' } as const;

/** The rows that show one difference: two values, or the lines around the first that differs. */
export function differenceRows(difference: Difference, look: Look, columns: number): Row[] {
  const expected = trimLastNewline(difference.expected);
  const got = trimLastNewline(difference.got);
  const label = look.say(LABELS[difference.relation]);
  const pair = { label, expected, got, marks: difference.relation === 'equals' && differsInvisibly(expected, got) };
  const multiline = difference.relation === 'equals' && (expected.includes('\n') || got.includes('\n'));
  const rows = multiline ? lineRows(pair, look) : valueRows(pair, look, columns);
  const { space, tab, newline } = look.theme.symbols;
  if (pair.marks) rows.push({ label: '', value: look.say('invisible', { space, tab, newline }) });
  if (difference.note !== undefined) rows.push({ label: '', value: visible(difference.note) });
  return rows;
}

/** Lays rows out with their values in one column; long values are folded, very long ones cut. */
export function layOut(rows: readonly Row[], look: Look): string {
  const { theme } = look;
  const labelWidth = Math.max(...rows.map((row) => displayWidth(row.label))) + 2;
  const room = theme.columns - INDENT - labelWidth;
  return rows
    .flatMap(({ label, value, tone }) => {
      const paint = tone === 'expected' ? theme.green : tone === 'got' ? theme.red : (text: string) => text;
      return fold(value, room, look).map((line, index) =>
        `${' '.repeat(INDENT)}${padEnd(index === 0 ? label : '', labelWidth)}${paint(line)}`.trimEnd(),
      );
    })
    .join('\n');
}

/** Text in at most four lines of `columns`, and a note where more was left out. */
export function fold(text: string, columns: number, { theme, say }: Look): string[] {
  const lines = wrap(text, columns);
  if (lines.length <= VALUE_LINES) return lines;
  const kept = lines.slice(0, VALUE_LINES);
  kept[VALUE_LINES - 1] = cut(`${kept[VALUE_LINES - 1]} ${theme.symbols.ellipsis}`, columns, theme.symbols.ellipsis);
  return [...kept, ...wrap(say('cutValue', { count: text.length.toLocaleString('en') }), columns)];
}

interface Pair {
  label: string;
  expected: string;
  got: string;
  /** White space is what differs, so it is shown. */
  marks: boolean;
}

function valueRows({ label, expected, got, marks }: Pair, look: Look, columns: number): Row[] {
  const { say, theme } = look;
  const room = columns - INDENT - Math.max(displayWidth(label), displayWidth(say('got'))) - 2;
  const start = windowStart(expected, got, room);
  const show = (text: string) => {
    if (text === '') return say('nothing');
    const shown = marks ? markInvisible(text, theme) : visible(text);
    return start === 0 ? shown : theme.symbols.ellipsis + shown.slice(start);
  };
  const rows: Row[] = [
    { label, value: show(expected), tone: 'expected' },
    { label: say('got'), value: show(got), tone: 'got' },
  ];
  const caret = caretColumn(show(expected), show(got), room);
  return caret > 0 ? [...rows, { label: '', value: `${' '.repeat(caret)}^` }] : rows;
}

/** Where to begin to show two long texts whose difference would be off the edge. */
function windowStart(expected: string, got: string, room: number): number {
  const shortest = Math.min(expected.length, got.length);
  const first = commonStart(expected, got);
  return shortest > room && first > room - 10 ? first - 20 : 0;
}

/** Column of the first difference of two short texts that begin alike, or 0. */
function caretColumn(expected: string, got: string, room: number): number {
  const short = displayWidth(expected) <= room && displayWidth(got) <= room;
  const long = Math.min(expected.length, got.length) >= 6;
  if (!short || !long || expected.includes('\n') || got.includes('\n')) return 0;
  const start = commonStart(expected, got);
  return start >= 3 ? displayWidth(expected.slice(0, start)) : 0;
}

function lineRows({ label, expected, got, marks }: Pair, look: Look): Row[] {
  const { say, theme } = look;
  const wanted = expected.split('\n');
  const given = got.split('\n');
  const same = commonStart(wanted, given);
  const sameEnd = commonEnd(wanted.slice(same), given.slice(same));
  const numberWidth = String(Math.max(wanted.length, given.length)).length;
  const show = (number: number, text: string) => `${String(number + 1).padStart(numberWidth)}  ${text}`;
  const clean = (text: string) => (marks ? markInvisible(text, theme) : visible(text));
  const rows: Row[] = [];
  for (let line = Math.max(0, same - CONTEXT_LINES); line < same; line++) {
    rows.push({ label: '', value: show(line, clean(wanted[line] ?? '')) });
  }
  const changed = (lines: readonly string[], options: { label: string; tone: 'expected' | 'got'; none: string }) => {
    const end = lines.length - sameEnd;
    if (end <= same) rows.push({ label: options.label, value: options.none, tone: options.tone });
    for (let line = same; line < Math.min(end, same + CHANGED_LINES); line++) {
      const first = line === same ? options.label : '';
      rows.push({ label: first, value: show(line, clean(lines[line] ?? '')), tone: options.tone });
    }
    const left = end - same - CHANGED_LINES;
    if (left > 0) rows.push({ label: '', value: say('moreLines', { mark: theme.symbols.ellipsis, count: left }) });
  };
  changed(wanted, { label, tone: 'expected', none: say(sameEnd === 0 ? 'shouldEnd' : 'notThere') });
  changed(given, { label: say('got'), tone: 'got', none: say(sameEnd === 0 ? 'endsHere' : 'notThere') });
  if (sameEnd > 0) {
    const line = wanted.length - sameEnd;
    rows.push({ label: '', value: show(line, clean(wanted[line] ?? '')) });
  }
  return rows;
}

function commonStart(a: ArrayLike<string>, b: ArrayLike<string>): number {
  let index = 0;
  while (index < a.length && index < b.length && a[index] === b[index]) index++;
  return index;
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}

function trimLastNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
}

function differsInvisibly(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/[\s\p{Cf}\p{Cc}]+/gu, '');
  return a !== b && bare(a) === bare(b);
}

function markInvisible(text: string, { symbols }: Theme): string {
  return visible(text)
    .replace(/ /g, symbols.space)
    .replace(/\t/g, symbols.tab)
    .replace(/\u00a0/g, '\\u{a0}');
}
