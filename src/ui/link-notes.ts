import { stripVTControlCharacters } from 'node:util';

/** Where a part of a link stands: indices in a painted line. */
export interface LinkPiece {
  /** From 0. */
  line: number;
  from: number;
  to: number;
}

/** A link of a laid out text. */
interface FoundLink {
  href: string;
  line: number;
  /** The line after its last one. */
  end: number;
  /** One for each line that it stands on. */
  pieces: LinkPiece[];
}

// Text that is laid out has none of these: they were made visible.
const BEGIN = '\u0001';
const SEPARATOR = '\u0002';
const END = '\u0003';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the notes themselves
const NOTE = /\u0001([^\u0002]*)\u0002|\u0003/g;

/** Notes in a text, of which none is seen, that its words belong to one link, so that it is found again after the layout. */
export function noteLink(href: string): (text: string) => string {
  return (text) => `${BEGIN}${href}${SEPARATOR}${text}${END}`;
}

/** Takes the notes out of lines. Words with the same address that nothing stands between are one link. */
export function takeLinks(noted: readonly string[]): { lines: string[]; links: FoundLink[] } {
  const lines: string[] = [];
  const links: FoundLink[] = [];
  for (const [row, line] of noted.entries()) {
    let text = '';
    let taken = 0;
    let open = { href: '', from: 0 };
    for (const { 0: note, 1: href, index } of line.matchAll(NOTE)) {
      text += line.slice(taken, index);
      taken = index + note.length;
      if (href !== undefined) open = { href, from: text.length };
      else
        addPiece(links, open.href, { piece: { line: row, from: open.from, to: text.length }, lines: [...lines, text] });
    }
    lines.push(text + line.slice(taken));
  }
  return { lines, links };
}

/** Adds a piece to the link before it, or as a new one. */
function addPiece(links: FoundLink[], href: string, { piece, lines }: { piece: LinkPiece; lines: string[] }): void {
  const link = links.at(-1);
  const last = link?.pieces.at(-1);
  if (link === undefined || last === undefined || link.href !== href || !isNext(last, piece, lines)) {
    links.push({ href, line: piece.line, end: piece.line + 1, pieces: [piece] });
    return;
  }
  link.end = piece.line + 1;
  if (last.line === piece.line) last.to = piece.to;
  else link.pieces.push(piece);
}

/** True when nothing is to be read between two pieces; a line can begin with an indent or the bar of a quotation. */
function isNext(last: LinkPiece, piece: LinkPiece, lines: readonly string[]): boolean {
  const rest = lines[last.line]?.slice(last.to) ?? '';
  const start = lines[piece.line]?.slice(0, piece.from) ?? '';
  if (last.line === piece.line) return isBlank(start.slice(last.to));
  return piece.line === last.line + 1 && isBlank(rest) && isBlank(start);
}

function isBlank(painted: string): boolean {
  return /^[\s│|]*$/.test(stripVTControlCharacters(painted));
}
