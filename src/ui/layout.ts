const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO = /^[\p{Mn}\p{Me}]$/u;
const PLAIN = /^[\u0020-\u024f\u2018-\u2027\u2190-\u25ff\u2713\u2717\n\t]*$/;

/** Columns that a text without escape sequences fills in a terminal. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (ZERO.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** The text cut to a number of columns, `mark` at its end where something is missing. */
export function cut(text: string, columns: number, mark = '…'): string {
  if (displayWidth(text) <= columns) return text;
  const room = columns - displayWidth(mark);
  return `${takeColumns(text, room)}${mark}`;
}

/** The end of a text that fits into a number of columns, `mark` before it where something is missing. */
export function cutStart(text: string, columns: number, mark = '…'): string {
  const characters = [...text];
  let kept = text;
  while (characters.length > 0 && displayWidth(kept) > columns) {
    characters.shift();
    kept = mark + characters.join('');
  }
  return kept;
}

/** As many leading characters as fit into the columns. */
export function takeColumns(text: string, columns: number): string {
  let width = 0;
  let taken = '';
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns) break;
    taken += character;
  }
  return taken;
}

/** As much of a text with colors as fits into the columns; colors take none, and those that are open at the end are closed. */
export function cutPainted(text: string, columns: number): string {
  let room = columns;
  let shown = '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are what is looked for
  for (const piece of text.split(/(\u001b\[[\d;]*m)/)) {
    if (piece.startsWith('\u001b[')) {
      shown += piece;
      continue;
    }
    const taken = takeColumns(piece, room);
    room -= displayWidth(taken);
    shown += taken;
  }
  return shown;
}

/** The text with spaces behind it up to a number of columns. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** A line cut into pieces of at most `columns`, wherever that falls; white space stays. */
export function foldLine(line: string, columns: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (displayWidth(rest) > columns) {
    const [first = ''] = rest;
    const piece = takeColumns(rest, columns) || first;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest].filter((piece, index) => piece !== '' || index === 0);
}

/** Text broken at spaces into lines of at most `columns`; a longer word is cut up. Newlines stay. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, columns)));
}

function wrapLine(line: string, columns: number): string[] {
  if (displayWidth(line) <= columns) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (displayWidth(longer) <= columns) {
      current = longer;
      continue;
    }
    if (current !== '') lines.push(current);
    current = word;
    while (isWider(current, columns)) {
      const piece = takeColumns(current, columns) || current.slice(0, 1);
      lines.push(piece);
      current = current.slice(piece.length);
    }
  }
  if (current !== '' || lines.length === 0) lines.push(current);
  return lines;
}

/** Looks at the beginning first: of a very long word, the whole is not looked at for each of its lines. */
function isWider(text: string, columns: number): boolean {
  const most = 4 * columns;
  return displayWidth(text.slice(0, most)) > columns || (text.length > most && displayWidth(text) > columns);
}

/** Wrapped text with every line indented. */
export function paragraph(text: string, options: { indent: number; columns: number }): string {
  const indent = ' '.repeat(options.indent);
  return wrap(text, options.columns - options.indent)
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

/** Two texts on one line, the second at the right edge; on two lines where they do not fit. */
export function spread(left: string, right: string, columns: number): string {
  const gap = columns - displayWidth(left) - displayWidth(right);
  return gap >= 2
    ? left + ' '.repeat(gap) + right
    : `${left}\n${' '.repeat(Math.max(0, columns - displayWidth(right)))}${right}`;
}
