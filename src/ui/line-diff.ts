import { matchLines } from '../model/match-lines.ts';

/** One line of two texts laid over each other. */
export interface DiffLine {
  /** In both, or only in the first or the second. */
  kind: 'both' | 'first' | 'second';
  text: string;
}

/** The fewest lines that turn one list of lines into the other, by their longest common subsequence. */
export function diffLines(first: readonly string[], second: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < first.length && start < second.length && first[start] === second[start]) start++;
  let end = 0;
  const most = Math.min(first.length, second.length) - start;
  while (end < most && first[first.length - 1 - end] === second[second.length - 1 - end]) end++;
  const middle = diffMiddle(first.slice(start, first.length - end), second.slice(start, second.length - end));
  const both = (text: string): DiffLine => ({ kind: 'both', text });
  return [...first.slice(0, start).map(both), ...middle, ...first.slice(first.length - end).map(both)];
}

/** In each gap between common lines, those of the first stand before those of the second. */
function diffMiddle(first: readonly string[], second: readonly string[]): DiffLine[] {
  const only = (kind: 'first' | 'second', lines: readonly string[]) => lines.map((text): DiffLine => ({ kind, text }));
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  for (const [nextRow, nextColumn] of [...matchLines(first, second), [first.length, second.length] as const]) {
    lines.push(...only('first', first.slice(row, nextRow)), ...only('second', second.slice(column, nextColumn)));
    const text = first[nextRow];
    if (text !== undefined) lines.push({ kind: 'both', text });
    row = nextRow + 1;
    column = nextColumn + 1;
  }
  return lines;
}
