import { visible } from '../../model/escape.ts';
import { cut, foldLine, padEnd } from '../layout.ts';
import { diffLines } from '../line-diff.ts';
import type { Theme } from '../theme.ts';
import type { SayWatch } from './messages.ts';

/** A file of the solution, and the learner's beside it; undefined where they have none. */
export interface Pair {
  file: string;
  yours: string | undefined;
  ours: string;
}

interface Look {
  theme: Theme;
  say: SayWatch;
}

/** From this width on, two files stand side by side. */
const SIDE_BY_SIDE = 100;
/** Lines around a difference. */
const CONTEXT = 2;
const INDENT = '   ';
/** Under the text of a line, behind its sign. */
const MARGIN = `${INDENT}  `;

/** The learner's files beside the solution's, side by side where there is room, else one over the other; lines of at most `theme.columns`. */
export function comparisonLines(pairs: readonly Pair[], look: Look): string[] {
  const differing = pairs.filter(({ yours, ours }) => yours === undefined || !isSame(yours, ours));
  if (differing.length === 0) return [INDENT + look.say('same')];
  return differing.flatMap((pair, index) => [...(index === 0 ? [] : ['']), ...pairLines(pair, look)]);
}

function isSame(a: string, b: string): boolean {
  return toLines(a).join('\n') === toLines(b).join('\n');
}

function toLines(text: string): string[] {
  const lines = visible(text.replace(/\r\n/g, '\n').trimEnd()).split('\n');
  return lines.map((line) => line.replace(/\t/g, '  ').trimEnd());
}

function pairLines({ file, yours, ours }: Pair, look: Look): string[] {
  const { theme, say } = look;
  if (yours === undefined) {
    const lines = toLines(ours).map((line) => theme.green(`${INDENT}+ ${line}`));
    return [INDENT + say('onlyOurs', { file: theme.bold(visible(file)) }), ...lines];
  }
  const sides = { file: visible(file), yours: toLines(yours), ours: toLines(ours) };
  return theme.columns >= SIDE_BY_SIDE ? besideEachOther(sides, look) : overEachOther(sides, look);
}

interface Sides {
  file: string;
  yours: string[];
  ours: string[];
}

function overEachOther({ file, yours, ours }: Sides, { theme, say }: Look): string[] {
  const names = { yours: theme.red(`- ${say('yours')}`), ours: theme.green(`+ ${say('ours')}`) };
  const lines = diffLines(yours, ours);
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== 'both'),
  );
  const rows: string[] = [];
  for (const [index, { kind, text }] of lines.entries()) {
    if (!isNear[index]) {
      if (index === 0 || isNear[index - 1]) rows.push(theme.dim(`${INDENT}${theme.symbols.ellipsis}`));
      continue;
    }
    const sign = { both: ' ', first: '-', second: '+' }[kind];
    const paint = { both: (line: string) => line, first: theme.red, second: theme.green }[kind];
    const [first = '', ...more] = foldLine(text, theme.columns - MARGIN.length);
    rows.push(paint(`${INDENT}${sign} ${first}`.trimEnd()), ...more.map((piece) => paint(MARGIN + piece)));
  }
  return [`${INDENT}${theme.bold(file)}   ${say('bothNames', names)}`, ...rows];
}

function besideEachOther({ file, yours, ours }: Sides, { theme, say }: Look): string[] {
  const width = Math.floor((theme.columns - INDENT.length - 3) / 2);
  const bar = theme.dim(theme.unicode ? '│' : '|');
  const head = `${INDENT}${theme.bold(padEnd(cut(`${say('yours')}: ${file}`, width), width))} ${bar} ${theme.bold(cut(say('ours'), width))}`;
  return [
    head,
    ...besideRows(yours, ours).flatMap(({ left, right, differs }) => {
      const lefts = foldLine(left, width);
      const rights = foldLine(right, width);
      return Array.from({ length: Math.max(lefts.length, rights.length) }, (_, row) => {
        const first = padEnd(lefts[row] ?? '', width);
        const second = rights[row] ?? '';
        const painted = differs ? `${theme.red(first)} ${bar} ${theme.green(second)}` : `${first} ${bar} ${second}`;
        return `${INDENT}${painted}`.trimEnd();
      });
    }),
  ];
}

/** What stands in one row: lines that both have, or what one has in the place of the other's. */
function besideRows(yours: string[], ours: string[]): { left: string; right: string; differs: boolean }[] {
  const rows: { left: string; right: string; differs: boolean }[] = [];
  let lefts: string[] = [];
  let rights: string[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(lefts.length, rights.length); index++) {
      rows.push({ left: lefts[index] ?? '', right: rights[index] ?? '', differs: true });
    }
    lefts = [];
    rights = [];
  };
  for (const { kind, text } of diffLines(yours, ours)) {
    if (kind === 'first') lefts.push(text);
    else if (kind === 'second') rights.push(text);
    else {
      flush();
      rows.push({ left: text, right: text, differs: false });
    }
  }
  flush();
  return rows;
}
