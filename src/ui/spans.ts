import { displayWidth, takeColumns } from './layout.ts';

/** A piece of text with one look. */
export interface Span {
  text: string;
  paint?: (text: string) => string;
}

type Word = Span[];

/** Spans broken at white space into painted lines of at most `columns`; `\n` in a span breaks the line. */
export function wrapSpans(spans: readonly Span[], columns: number): string[] {
  return wrapWords(spans, columns).map((line) => line.map(paintWord).join(' '));
}

/** Columns that spans fill on one line. */
export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((width, span) => width + displayWidth(span.text), 0);
}

function wrapWords(spans: readonly Span[], columns: number): Word[][] {
  const lines: Word[][] = [[]];
  let width = 0;
  for (const word of splitWords(spans)) {
    if (word === 'newline') {
      lines.push([]);
      width = 0;
      continue;
    }
    for (const piece of fitting(word, columns)) {
      const wide = spansWidth(piece);
      if (width > 0 && width + 1 + wide > columns) {
        lines.push([]);
        width = 0;
      }
      lines.at(-1)?.push(piece);
      width += wide + (width > 0 ? 1 : 0);
    }
  }
  return lines;
}

/** A word that is wider than a line, in pieces. */
function fitting(word: Word, columns: number): Word[] {
  if (spansWidth(word) <= columns || word.length !== 1) return [word];
  const [span] = word;
  const pieces: Word[] = [];
  let rest = span?.text ?? '';
  while (rest !== '') {
    const text = takeColumns(rest, columns) || rest.slice(0, 2);
    pieces.push([{ ...span, text }]);
    rest = rest.slice(text.length);
  }
  return pieces;
}

function splitWords(spans: readonly Span[]): (Word | 'newline')[] {
  const words: (Word | 'newline')[] = [];
  let current: Word = [];
  const finish = () => {
    if (current.length > 0) words.push(current);
    current = [];
  };
  for (const span of spans) {
    for (const part of span.text.split(/(\s+)/)) {
      if (part === '') continue;
      if (part.trim() !== '') {
        current.push({ ...span, text: part });
        continue;
      }
      finish();
      if (part.includes('\n')) words.push('newline');
    }
  }
  finish();
  return words;
}

function paintWord(word: Word): string {
  return word.map(({ text, paint }) => (paint === undefined ? text : paint(text))).join('');
}
