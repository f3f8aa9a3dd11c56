import { readdir } from 'node:fs/promises';
import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../../model/context.ts';
import type { SourceLocation } from '../../../model/verdict.ts';
import { calledName, calledPath, isFunction, type Site, sitesOf } from '../scopes.ts';
import { type ParsedSource, parseSource } from '../source.ts';

/** How many files beside the entry are read. */
const MOST_FILES = 10;
/** Methods of the driver that ask the server, and once took a callback. */
const OPERATION =
  /^(?:connect|(?:insert|update|delete)(?:One|Many)?|findOne|findOneAnd\w+|replaceOne|remove|toArray|countDocuments|count|distinct|bulkWrite|drop|dropDatabase|createIndex)$/;

/** A place in a learner's source, and a word about it. */
interface Place {
  name: string;
  location: SourceLocation;
}

/** The learner's own files: the entry first, then what lies beside it. */
export async function ownSources({
  submission,
  entry,
}: Pick<CheckContext, 'submission' | 'entry'>): Promise<ParsedSource[]> {
  const names = await readdir(submission).catch(() => []);
  const others = names.filter((name) => /\.[cm]?js$/.test(name) && name !== entry).slice(0, MOST_FILES);
  const parsed = await Promise.all([entry, ...others].map((file) => parseSource(submission, file)));
  return parsed.filter((source) => source !== undefined);
}

/** An address in the source at which the database is not. */
export async function otherAddress(sources: readonly ParsedSource[]): Promise<Place | undefined> {
  for (const source of sources) {
    for (const { node } of await sitesOf(source.program)) {
      const name = elsewhere(textOf(node) ?? '');
      if (name !== undefined) return { name, location: source.locate(node) };
    }
  }
  return undefined;
}

function textOf(node: AnyNode): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  return node.type === 'TemplateLiteral' && node.quasis.length === 1 ? (node.quasis[0]?.value.cooked ?? '') : undefined;
}

/** The host and port of an address, where they are not those of the course. */
function elsewhere(address: string): string | undefined {
  const match = /^mongodb(\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)/.exec(address);
  if (match === null) return undefined;
  const [, srv, place = ''] = match;
  // The rest of it is put together while the program runs.
  if (place.endsWith(':')) return undefined;
  return srv === undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::27017)?$/i.test(place) ? undefined : place;
}

/** A call of the driver that was given a function to call back. */
export async function callbackCall(sources: readonly ParsedSource[]): Promise<Place | undefined> {
  return findCall(sources, ({ node }, name) => {
    const last = node.type === 'CallExpression' ? node.arguments.at(-1) : undefined;
    return OPERATION.test(name) && isFunction(last) && !/^(?:net|tls|http2?)\./.test(calledPath(node) ?? '');
  });
}

/** An operation whose promise nobody takes. */
export async function looseOperation(sources: readonly ParsedSource[]): Promise<Place | undefined> {
  return findCall(
    sources,
    ({ around }, name) => name !== 'connect' && OPERATION.test(name) && around.at(-2)?.type === 'ExpressionStatement',
  );
}

/** The operation whose promise, and not its result, a variable holds. */
export async function promiseIn(sources: readonly ParsedSource[], variable: string): Promise<Place | undefined> {
  return findCall(sources, ({ around }, name) => {
    const parent = around.at(-2);
    if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
    return parent.id.name === variable && OPERATION.test(name);
  });
}

/** A call of `find` whose cursor is not asked for its documents. */
export async function looseCursor(sources: readonly ParsedSource[]): Promise<Place | undefined> {
  return findCall(sources, ({ node, around }, name) => {
    const parent = around.at(-2);
    const goesOn = parent?.type === 'MemberExpression' && parent.object === node;
    return /^(?:find|aggregate)$/.test(name) && !goesOn;
  });
}

/** The first place where one of these words stands, whatever its case. */
export function wordIn(sources: readonly ParsedSource[], word: string): Place | undefined {
  for (const source of sources) {
    const match = new RegExp(`\\b${word}\\b`, 'i').exec(source.text);
    if (match !== null) return { name: match[0], location: source.locate({ start: match.index }) };
  }
  return undefined;
}

async function findCall(
  sources: readonly ParsedSource[],
  fits: (site: Site, name: string) => boolean,
): Promise<Place | undefined> {
  for (const source of sources) {
    for (const site of await sitesOf(source.program)) {
      const name = site.node.type === 'CallExpression' ? calledName(site.node) : undefined;
      if (name !== undefined && fits(site, name)) return { name, location: source.locate(site.node) };
    }
  }
  return undefined;
}
