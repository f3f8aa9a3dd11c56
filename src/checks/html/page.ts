import { selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isCDATA, isTag, isText } from 'domhandler';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { TutorError } from '../../model/error.ts';
import type { Answer } from '../http/request.ts';
import { resolveTarget } from '../http/target.ts';

/** A page as a browser has it. */
export interface Page {
  /** Path and query that it was read from. */
  target: string;
  answer: Answer;
  document: Document;
}

/** Pages of learners are small; more than this is a loop that wrote them. */
const PAGE_LIMITS = { bytes: 1024 * 1024, elements: 10_000, depth: 200 } as const;

/** Reads a page as browsers do, however broken it is; undefined when it is beyond the limits. */
export function readPage(target: string, answer: Answer): Page | undefined {
  if (answer.body.length > PAGE_LIMITS.bytes) return undefined;
  const document = parse(answer.body, { treeAdapter: adapter });
  if (!isModest(document)) return undefined;
  resolveLinks(document, target);
  return { target, answer, document };
}

const LINKS = ['href', 'src', 'action', 'formaction'];
const RELATIVE = /^(?![/#?]|[a-z][a-z\d+.-]*:|\s*$)/i;

/** Selectors see links as browsers do: `posts/7` on the page `/posts` leads to `/posts/7`. */
function resolveLinks(document: Document, target: string): void {
  for (const { attribs } of select(document, LINKS.map((name) => `[${name}]`).join())) {
    for (const name of LINKS) {
      const link = attribs[name];
      const whole = link !== undefined && RELATIVE.test(link) ? resolveTarget({ target }, link) : undefined;
      if (whole !== undefined) attribs[name] = whole;
    }
  }
}

function isModest(document: Document): boolean {
  let level: AnyNode[] = [document];
  for (let depth = 0, count = 0; level.length > 0; depth++) {
    count += level.length;
    if (depth > PAGE_LIMITS.depth || count > PAGE_LIMITS.elements) return false;
    level = level.flatMap((node) => ('children' in node ? node.children : []));
  }
  return true;
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

/**
 * Orders candidates by how near they stand to a text of the page: those with the smallest common surroundings first,
 * of these the ones after the text, and then the closest. None where the page does not have the text.
 */
export function byNearness(document: Document, candidates: readonly Element[], text: string): Element[] {
  const surroundings = ancestors(innermost(document, text));
  if (surroundings.length === 1) return [];
  const order = new Map(select(document, '*').map((element, index): [AnyNode, number] => [element, index]));
  const place = (node: AnyNode | undefined) => (node && order.get(node)) ?? 0;
  const ranked = candidates.map((element) => {
    const shared = ancestors(element).find((ancestor) => surroundings.includes(ancestor));
    const after = place(element) - place(surroundings[0]);
    return {
      element,
      rank: [shared ? surroundings.indexOf(shared) : surroundings.length, Number(after < 0), Math.abs(after)],
    };
  });
  return ranked.sort((a, b) => compareLists(a.rank, b.rank)).map(({ element }) => element);
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The innermost element with the text; the document where there is none. */
function innermost(document: Document, text: string): AnyNode {
  let node: AnyNode = document;
  for (let inner: AnyNode | undefined = node; inner !== undefined; ) {
    node = inner;
    inner =
      'children' in node ? node.children.find((child) => isTag(child) && textOf(child).includes(text)) : undefined;
  }
  return node;
}

/** The element and all that it lies in, innermost first. */
function ancestors(element: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  for (let node: AnyNode | null = element; node !== null; node = node.parent) found.push(node);
  return found;
}
