import type { Token, Tokens } from 'marked';
import { visible } from '../model/escape.ts';
import { displayWidth, takeColumns } from './layout.ts';
import { webLink } from './link.ts';
import { type LinkPiece, noteLink, takeLinks } from './link-notes.ts';
import { type Span, spansWidth, wrapSpans } from './spans.ts';
import type { Theme } from './theme.ts';

const TEXT_COLUMNS = 80;
const CODE_INDENT = 4;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};

/** What a terminal shows behind a link's text, or undefined for its address. */
export type ShowLink = (href: string, text: string) => string | undefined;

/** The look of a terminal, and how links are shown on it. */
type Look = Theme & {
  showLink?: ShowLink;
  /** Breaks lines of code that are too long, for a screen that one cannot scroll sideways. */
  foldsCode?: boolean;
};

/** Lines of a laid out text that one can go to. */
interface Place {
  /** From 0. */
  line: number;
  /** The line after its last one; the output of an example belongs to it. */
  end: number;
}

/** What one can go to in a laid out text. */
export type Mark =
  | (Place & { kind: 'section'; title: string })
  | (Place & { kind: 'example' })
  | (Place & { kind: 'link'; href: string; pieces: readonly LinkPiece[] });

/** Markdown as lines for a terminal, with the places of its headings, runnable examples and links, from top to bottom. */
export interface LaidOut {
  lines: readonly string[];
  marks: readonly Mark[];
}

/** Markdown as lines for a terminal, at most 80 columns wide; without colors it stays readable text. Control characters show as escapes. */
export async function layOutMarkdown(markdown: string, theme: Look): Promise<LaidOut> {
  const { Lexer } = await import('marked');
  const tokens = new Lexer({ gfm: true }).lex(visible(markdown));
  const marks: Mark[] = [];
  const paintCode = theme.colors === 0 ? undefined : (await import('./highlight.ts')).makeHighlighter(theme);
  const page = { theme, columns: Math.min(TEXT_COLUMNS, theme.columns), paintCode };
  const noted = blocks(tokens, page, (token, range) => {
    if (token.type === 'heading') marks.push({ kind: 'section', ...range, title: plain(token.tokens ?? [], theme) });
    if (token.type !== 'code') return;
    const last = marks.at(-1);
    if (isExample(token as Tokens.Code)) marks.push({ kind: 'example', ...range });
    else if (token.lang === 'output' && last?.end === range.line - 1) last.end = range.end;
  });
  const { lines, links } = takeLinks(noted);
  const all = [...marks, ...links.map((link) => ({ kind: 'link' as const, ...link }))];
  return { lines, marks: all.sort((a, b) => a.line - b.line) };
}

/** The same as one text. */
export async function renderMarkdown(markdown: string, theme: Look): Promise<string> {
  return `${(await layOutMarkdown(markdown, theme)).lines.join('\n')}\n`;
}

function isExample({ lang = '' }: Tokens.Code): boolean {
  return lang.split(/\s+/).slice(1).includes('run');
}

interface Page {
  theme: Look;
  columns: number;
  paintCode: ((code: string, language: string) => readonly string[]) | undefined;
}

type OnBlock = (token: Token, range: { line: number; end: number }) => void;

function blocks(tokens: readonly Token[], page: Page, onBlock?: OnBlock): string[] {
  const lines: string[] = [];
  let args = '';
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'def') continue;
    if (lines.length > 0) lines.push('');
    const line = lines.length;
    lines.push(...block(token, page, args));
    onBlock?.(token, { line, end: lines.length });
    if (token.type === 'code') args = /\bargs="([^"]*)"/.exec((token as Tokens.Code).lang ?? '')?.[1] ?? '';
  }
  return lines;
}

function block(token: Token, page: Page, args: string): string[] {
  const { theme, columns } = page;
  switch (token.type) {
    case 'heading':
      return heading(token as Tokens.Heading, page);
    case 'code':
      return code(token as Tokens.Code, page, args);
    case 'list':
      return list(token as Tokens.List, page);
    case 'table':
      return table(token as Tokens.Table, page);
    case 'blockquote': {
      const inner = blocks((token as Tokens.Blockquote).tokens, { ...page, columns: columns - 2 });
      return inner.map((line) => `${theme.dim(theme.unicode ? '│' : '|')} ${line}`.trimEnd());
    }
    case 'hr':
      return [theme.dim((theme.unicode ? '─' : '-').repeat(columns))];
    default:
      return wrapSpans(inline(token, theme), columns);
  }
}

function heading(token: Tokens.Heading, { theme, columns }: Page): string[] {
  const text = plain(token.tokens, theme);
  const marks = theme.colors === 0 ? `${'#'.repeat(token.depth)} ` : '';
  return wrapSpans([{ text: marks + text, paint: (part) => theme.bold(theme.cyan(part)) }], columns);
}

/** Code behind a bar; what it prints looks like the terminal in which it was run. */
function code({ lang, text }: Tokens.Code, page: Page, args: string): string[] {
  const { theme, paintCode } = page;
  if (lang?.trim() === 'output') {
    const lines = text.split('\n').flatMap((line) => folded(line, page));
    return [theme.dim(`    $ node example.js ${args}`.trimEnd()), ...lines.map((line) => `    ${line}`.trimEnd())];
  }
  const bar = theme.dim(theme.unicode ? '│' : '|');
  const name = /\sfile="([^"]*)"/.exec(lang ?? '')?.[1];
  const painted = paintCode?.(text, lang?.split(/\s+/)[0] ?? '');
  const lines = text.split('\n').flatMap((line, index) => {
    const pieces = folded(line, page);
    return pieces.length > 1 ? pieces : [painted?.[index] ?? line];
  });
  const shown = lines.map((line) => `  ${bar} ${line}`.trimEnd());
  return name === undefined ? shown : [`  ${theme.bold(name)}`, ...shown];
}

/** A line of code, in pieces where it does not fit. */
function folded(line: string, { theme, columns }: Page): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (theme.foldsCode && displayWidth(rest) > columns - CODE_INDENT) {
    const piece = takeColumns(rest, columns - CODE_INDENT) || rest.slice(0, 1);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}

function list({ ordered, start, items }: Tokens.List, page: Page): string[] {
  return items.flatMap((item, index) => {
    const sign = ordered ? `${Number(start || 1) + index}.` : page.theme.unicode ? '•' : '-';
    const indent = sign.length + 1;
    const inner = tight(blocks(item.tokens, { ...page, columns: page.columns - indent - 2 }), item.loose);
    return inner.map((line, row) => `  ${row === 0 ? `${sign} ` : ' '.repeat(indent)}${line}`.trimEnd());
  });
}

function tight(lines: readonly string[], loose: boolean): readonly string[] {
  return loose ? lines : lines.filter((line) => line !== '');
}

function table({ header, rows }: Tokens.Table, { theme, columns }: Page): string[] {
  const head = header.map((cell) => [{ text: plain(cell.tokens, theme), paint: theme.bold }]);
  const body = rows.map((row) => row.map((cell) => cell.tokens.flatMap((token) => inline(token, theme))));
  const widths = columnWidths([head, ...body], columns);
  if (head.every((cells) => spansWidth(cells) === 0)) return body.flatMap((row) => tableRow(row, widths));
  const line = theme.dim(widths.map((width) => (theme.unicode ? '─' : '-').repeat(width)).join('  '));
  return [...tableRow(head, widths), line, ...body.flatMap((row) => tableRow(row, widths))];
}

/** Each column as wide as its widest cell; when that is too much, the widest ones give way. */
function columnWidths(rows: readonly Span[][][], columns: number): number[] {
  const count = rows[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(3, ...rows.map((row) => spansWidth(row[column] ?? []))),
  );
  const total = () => widths.reduce((sum, width) => sum + width, 2 * (count - 1));
  while (total() > columns && Math.max(...widths) > 8) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function tableRow(cells: readonly Span[][], widths: readonly number[]): string[] {
  const wrapped = widths.map((width, column) => ({
    width,
    painted: wrapSpans(cells[column] ?? [], width),
    bare: wrapSpans(
      (cells[column] ?? []).map(({ text }) => ({ text })),
      width,
    ),
  }));
  const height = Math.max(...wrapped.map(({ bare }) => bare.length));
  return Array.from({ length: height }, (_, row) =>
    wrapped
      .map(
        ({ width, painted, bare }) =>
          (painted[row] ?? '') + ' '.repeat(Math.max(0, width - displayWidth(bare[row] ?? ''))),
      )
      .join('  ')
      .trimEnd(),
  );
}

function inline(token: Token, theme: Look): Span[] {
  const children = 'tokens' in token ? (token.tokens ?? []) : [];
  const within = (paint: (text: string) => string): Span[] =>
    children.flatMap((child) => inline(child, theme)).map((span) => ({ ...span, paint: combine(paint, span.paint) }));
  switch (token.type) {
    case 'strong':
      return within(theme.bold);
    case 'em':
      return theme.colors === 0 ? within((text) => text) : within(theme.cyan);
    case 'codespan':
      return theme.colors === 0 ? [{ text: `\`${token.text}\`` }] : [{ text: token.text, paint: theme.yellow }];
    case 'link': {
      const { href } = token as Tokens.Link;
      const text = plain(children, theme);
      const linked = (paint: (text: string) => string) => (part: string) => webLink(paint(part), theme, href);
      const note = noteLink(href);
      const shown = within((part) => note(linked(theme.cyan)(part)));
      const behind = theme.showLink?.(href, text) ?? (text === href ? '' : href);
      return behind === '' ? shown : [...shown, { text: ` (${behind})`, paint: linked(theme.dim) }];
    }
    case 'br':
      return [{ text: '\n' }];
    case 'image':
      return [{ text: `[${token.text}]` }];
    default:
      if (children.length > 0) return children.flatMap((child) => inline(child, theme));
      return [{ text: decode('text' in token ? String(token.text) : token.raw).replace(/\n/g, ' ') }];
  }
}

function combine(outer: (text: string) => string, inner: Span['paint']): (text: string) => string {
  return inner === undefined ? outer : (text) => outer(inner(text));
}

function plain(tokens: readonly Token[], theme: Look): string {
  return tokens
    .flatMap((token) => inline(token, theme))
    .map(({ text }) => text)
    .join('');
}

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|nbsp|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}
