import { selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isCDATA, isTag, isText } from 'domhandler';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { TutorError } from '../../model/error.ts';
import type { Answer } from '../http/request.ts';

/** A page as a browser has it. */
export interface Page {
  /** Path and query that it was read from. */
  target: string;
  answer: Answer;
  document: Document;
}

/** Reads a page as browsers do, however broken it is. */
export function readPage(target: string, answer: Answer): Page {
  return { target, answer, document: parse(answer.body, { treeAdapter: adapter }) };
}

/** The elements that a CSS selector finds, in document order. @throws TutorError when the course's selector is none */
export function select(root: AnyNode, css: string): Element[] {
  try {
    return selectAll(css, root).filter(isTag);
  } catch (error) {
    throw new TutorError(`The CSS selector ${JSON.stringify(css)} of this check is not valid.`, {
      exitCode: 2,
      next: 'Correct it in the exercise.yaml of this exercise.',
      cause: error,
    });
  }
}

const HIDDEN = new Set(['script', 'style', 'template', 'head', 'noscript']);
const INLINE = new Set(
  'a abbr b bdi bdo cite code data dfn em i kbd label mark q s samp small span strong sub sup time u var'.split(' '),
);

/** The text that a reader sees, with white space folded into single blanks; block elements stand apart. */
export function textOf(node: AnyNode): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

function rawText(node: AnyNode): string {
  if (isText(node) || isCDATA(node)) return 'data' in node ? node.data : '';
  if (isTag(node) && HIDDEN.has(node.name)) return '';
  if (!('children' in node)) return '';
  const text = node.children.map(rawText).join('');
  return isTag(node) && !INLINE.has(node.name) ? ` ${text} ` : text;
}

const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where a link or a form of the page leads: a path with its query on the learner's own server, whatever port it names;
 * undefined when it leads elsewhere.
 */
export function resolveTarget(page: Pick<Page, 'target'>, link: string): string | undefined {
  const base = new URL(page.target, 'http://localhost');
  if (!URL.canParse(link, base.href)) return undefined;
  const url = new URL(link, base);
  if (url.protocol !== 'http:' || !OWN_HOSTS.has(url.hostname)) return undefined;
  return url.pathname + url.search;
}
