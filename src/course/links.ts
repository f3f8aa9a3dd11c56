import { Marked, type Token, type Tokens } from 'marked';
import { anchorsOf } from '../model/anchor.ts';
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

/** The names by which GitHub links to the headings of a text. */
export function headingAnchors(tokens: readonly Token[]): string[] {
  return anchorsOf(tokens.flatMap((token) => (token.type === 'heading' ? [(token as Tokens.Heading).text] : [])));
}
