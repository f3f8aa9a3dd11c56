/** Above this many pairs of lines a comparison would take too long. */
const MOST_PAIRS = 4_000_000;

/**
 * The longest common subsequence of two lists of lines: the index of each of its lines in the first to that in the
 * second, in order. Of several as long, the one that leaves out lines of the first as early as can be.
 * Lists that would take too long to compare have nothing in common.
 */
export function matchLines(first: readonly string[], second: readonly string[]): Map<number, number> {
  const width = second.length + 1;
  const found = new Map<number, number>();
  if ((first.length + 1) * width > MOST_PAIRS) return found;
  const lengths = new Uint32Array((first.length + 1) * width);
  const length = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = first.length - 1; row >= 0; row--) {
    for (let column = second.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        first[row] === second[column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < first.length && column < second.length; ) {
    if (first[row] === second[column]) found.set(row++, column++);
    else if (length(row + 1, column) >= length(row, column + 1)) row++;
    else column++;
  }
  return found;
}
