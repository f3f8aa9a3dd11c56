import { Marked, type Token, type Tokens } from 'marked';
import type { Range, Source } from './source.ts';

/** A link or a picture of a text, with the place of its target. */
export interface Link {
  href: string;
  range: Range;
}

/** The links in a block that stands at `range`. */
export function linksIn(block: Token, { source, range }: { source: Source; range: Range }): Link[] {
  const links: Link[] = [];
  let from = range.start;
  new Marked().walkTokens([block], (token) => {
    if (token.type !== 'link' && token.type !== 'image') return;
    const { href } = token as Tokens.Link | Tokens.Image;
    const start = source.text.indexOf(href, from);
    const found = start !== -1 && start + href.length <= range.end;
    links.push({ href, range: found ? { start, end: start + href.length } : range });
    if (found) from = start;
  });
  return links;
}

/** The names by which GitHub links to headings; one that repeats gets a number. */
export function anchorsOf(tokens: readonly Token[]): string[] {
  const counts = new Map<string, number>();
  return tokens.flatMap((token) => {
    if (token.type !== 'heading') return [];
    const name = anchorOf((token as Tokens.Heading).text);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [count === 0 ? name : `${name}-${count}`];
  });
}

/** The name by which GitHub links to a heading. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
