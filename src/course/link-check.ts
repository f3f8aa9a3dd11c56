import path from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Link } from './links.ts';
import { readMarkdown } from './markdown.ts';
import { didYouMean } from './nearest.ts';
import { diagnosticAt, type Fault, type Source } from './source.ts';
import { readSource, type Tree } from './tree.ts';

const TASK_PATTERN = /^exercises\/[^/]+\/README(\.[A-Za-z-]+)?\.md$/;

/** A Markdown file of a course, as far as links are concerned. */
export interface LinkedFile {
  source: Source;
  links: readonly Link[];
  anchors: readonly string[];
}

/**
 * A diagnostic for each link of the lessons, the glossary and the tasks that leads to nothing within the course.
 * Addresses of the web are not tried.
 */
export async function brokenLinks(tree: Tree, texts: readonly LinkedFile[]): Promise<Diagnostic[]> {
  const files = [...texts, ...(await tasks(tree))];
  const byPath = new Map(files.map((file) => [file.source.file, file]));
  return files.flatMap(({ source, links }) =>
    links.flatMap(({ href, range }) => {
      const fault = linkFault({ tree, byPath, from: source.file, href });
      return fault === undefined ? [] : [diagnosticAt(source, range, fault)];
    }),
  );
}

/** The tasks of exercises. One that cannot be read has no links. */
async function tasks(tree: Tree): Promise<LinkedFile[]> {
  const found: LinkedFile[] = [];
  for (const file of tree.files.keys()) {
    if (!TASK_PATTERN.test(file)) continue;
    const read = await readSource(tree, file);
    if ('diagnostic' in read) continue;
    const { source } = read;
    found.push({ source, ...readMarkdown(source, { start: 0, end: source.text.length }) });
  }
  return found;
}

interface Search {
  tree: Tree;
  byPath: ReadonlyMap<string, LinkedFile>;
  from: string;
  href: string;
}

function linkFault({ tree, byPath, from, href }: Search): Fault | undefined {
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(href)) return undefined;
  const [name = '', anchor] = decoded(href).split('#', 2);
  const target = name === '' ? from : path.posix.join(path.posix.dirname(from), name).replace(/\/$/, '');
  if (name.startsWith('/') || target === '..' || target.startsWith('../')) {
    return { message: `the link leads out of the course: ${href}`, fix: 'Links count from the file they stand in.' };
  }
  if (!tree.files.has(target) && !tree.folders.has(target)) {
    return { message: `the link leads to ${target}, which is not there`, ...nearestFile(tree, target) };
  }
  const anchors = byPath.get(target)?.anchors;
  if (anchor === undefined || anchor === '' || anchors === undefined || anchors.includes(anchor)) return undefined;
  const fix = didYouMean(anchor, anchors) ?? 'Small letters, a hyphen for each blank, no other signs: #event-loop.';
  return { message: `${target} has no heading #${anchor}`, fix };
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

/** What may have been meant: the same name elsewhere, or nearly the same path among texts. */
function nearestFile(tree: Tree, target: string): { fix?: string } {
  const texts = [...tree.files.keys()].filter((file) => file.endsWith('.md') && !file.includes('/starter/'));
  const fix = didYouMean(target, texts);
  return fix === undefined ? {} : { fix };
}
