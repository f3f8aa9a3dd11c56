import { displayWidth, takeColumns } from './layout.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a theme's colors and links are what is looked for
const PAINT = /(\u001b\[[0-9;]*m|\u001b\]8;[^\u001b]*\u001b\\)/;
const RESET = '\u001b[0m';
const END_LINK = '\u001b]8;;\u001b\\';

/** A line that a theme has painted, broken at `columns` wherever that falls; colors and links go on in the next line. */
export function foldPainted(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  let width = 0;
  let paint = '';
  for (const piece of line.split(PAINT)) {
    if (PAINT.test(piece)) {
      current += piece;
      paint += piece;
      continue;
    }
    for (let rest = piece; rest !== ''; ) {
      const [first = ''] = rest;
      const taken = takeColumns(rest, columns - width) || (width === 0 ? first : '');
      current += taken;
      width += displayWidth(taken);
      rest = rest.slice(taken.length);
      if (rest === '') break;
      lines.push(paint === '' ? current : current + RESET + (paint.includes('\u001b]8;') ? END_LINK : ''));
      current = paint;
      width = 0;
    }
  }
  return [...lines, current];
}
