import { type Comment, type Token, tokenizer, tokTypes } from 'acorn';
import type { Theme } from './theme.ts';

const LIKE_JAVASCRIPT = new Set(['js', 'mjs', 'cjs', 'javascript', 'json', 'jsonc', 'ts']);
/** Names that are words of the language where they stand in a lesson. */
const WORDS = new Set(['undefined', 'async', 'await', 'let', 'static', 'of']);
const TEXTS = new Set([tokTypes.string, tokTypes.template, tokTypes.regexp, tokTypes.backQuote]);

type Paint = (text: string) => string;

/** A function that paints code, line by line; what it cannot read in the language stays plain. */
export function makeHighlighter(theme: Theme): (code: string, language: string) => readonly string[] {
  return (code, language) => {
    if (!LIKE_JAVASCRIPT.has(language)) return code.split('\n').map((line) => (line === '' ? '' : theme.yellow(line)));
    return paintJavaScript(code, theme).split('\n');
  };
}

interface Piece {
  start: number;
  end: number;
  paint: Paint | undefined;
}

function paintJavaScript(code: string, theme: Theme): string {
  let painted = '';
  let end = 0;
  for (const piece of piecesOf(code, theme)) {
    const text = code.slice(piece.start, piece.end);
    painted += code.slice(end, piece.start) + byLine(text, piece.paint);
    end = piece.end;
  }
  return painted + code.slice(end);
}

/** Tokens and comments in their order, up to where it is no JavaScript. */
function piecesOf(code: string, theme: Theme): Piece[] {
  const comments: Comment[] = [];
  const pieces: Piece[] = [];
  try {
    for (const token of tokenizer(code, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments })) {
      const { start, end } = token;
      pieces.push({ start, end, paint: paintOf(token, code.slice(start, end), theme) });
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  pieces.push(...comments.map(({ start, end }) => ({ start, end, paint: theme.dim })));
  return pieces.sort((a, b) => a.start - b.start);
}

function paintOf({ type }: Token, text: string, theme: Theme): Paint | undefined {
  if (TEXTS.has(type)) return theme.green;
  if (type === tokTypes.num) return theme.yellow;
  if (type.keyword !== undefined || (type === tokTypes.name && WORDS.has(text))) return theme.cyan;
  return undefined;
}

/** A color that goes over the end of a line would paint what stands beside it. */
function byLine(text: string, paint: Paint | undefined): string {
  if (paint === undefined) return text;
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : paint(line)))
    .join('\n');
}
