/** One line of two texts laid over each other. */
export interface DiffLine {
  /** In both, or only in the first or the second. */
  kind: 'both' | 'first' | 'second';
  text: string;
}

/** Lines of which more are not compared: what differs is then shown one after the other. */
const MOST_CELLS = 4_000_000;

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

function diffMiddle(first: readonly string[], second: readonly string[]): DiffLine[] {
  const width = second.length + 1;
  if ((first.length + 1) * width > MOST_CELLS) {
    return [
      ...first.map((text): DiffLine => ({ kind: 'first', text })),
      ...second.map((text): DiffLine => ({ kind: 'second', text })),
    ];
  }
  const common = commonLengths(first, second);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < first.length || column < second.length) {
    if (row < first.length && column < second.length && first[row] === second[column]) {
      lines.push({ kind: 'both', text: first[row] ?? '' });
      row++;
      column++;
    } else if (column === second.length || (row < first.length && at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: 'first', text: first[row] ?? '' });
      row++;
    } else {
      lines.push({ kind: 'second', text: second[column] ?? '' });
      column++;
    }
  }
  return lines;
}

/** How many lines the rests of both lists have in common, by where the rests begin. */
function commonLengths(first: readonly string[], second: readonly string[]): Uint32Array {
  const width = second.length + 1;
  const lengths = new Uint32Array((first.length + 1) * width);
  for (let row = first.length - 1; row >= 0; row--) {
    for (let column = second.length - 1; column >= 0; column--) {
      const below = lengths[(row + 1) * width + column] ?? 0;
      const right = lengths[row * width + column + 1] ?? 0;
      const diagonal = lengths[(row + 1) * width + column + 1] ?? 0;
      lengths[row * width + column] = first[row] === second[column] ? diagonal + 1 : Math.max(below, right);
    }
  }
  return lengths;
}
