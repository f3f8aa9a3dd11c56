import { matchLines } from './match-lines.ts';

/**
 * Two changes of one text as one, line by line, with the line ends of `ours`.
 * @returns undefined where both changed the same lines, or lines side by side
 */
export function mergeText({ base, ours, theirs }: { base: string; ours: string; theirs: string }): string | undefined {
  const [before, mine, other] = [base, ours, theirs].map(linesOf) as [string[], string[], string[]];
  const inMine = matchLines(before, mine);
  const inOther = matchLines(before, other);
  const merged: string[] = [];
  let at = { before: 0, mine: 0, other: 0 };
  for (let line = 0; line <= before.length; line++) {
    const isEnd = line === before.length;
    const next = {
      before: line,
      mine: isEnd ? mine.length : (inMine.get(line) ?? -1),
      other: isEnd ? other.length : (inOther.get(line) ?? -1),
    };
    if (next.mine < at.mine || next.other < at.other) continue;
    const chunk = mergeChunk(
      before.slice(at.before, next.before),
      mine.slice(at.mine, next.mine),
      other.slice(at.other, next.other),
    );
    if (chunk === undefined) return undefined;
    merged.push(...chunk);
    if (isEnd) break;
    merged.push(before[line] ?? '');
    at = { before: line + 1, mine: next.mine + 1, other: next.other + 1 };
  }
  return merged.join(ours.includes('\r\n') ? '\r\n' : '\n');
}

/** True when two texts differ in nothing but their line ends. */
export function sameText(one: string, other: string): boolean {
  return one === other || one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

/** Lines that neither side has as they were: whoever changed them wins, unless both did, and differently. */
function mergeChunk(
  before: readonly string[],
  mine: readonly string[],
  other: readonly string[],
): readonly string[] | undefined {
  if (isSame(mine, before)) return other;
  if (isSame(other, before) || isSame(mine, other)) return mine;
  return undefined;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

function linesOf(text: string): string[] {
  return text.replaceAll('\r\n', '\n').split('\n');
}
