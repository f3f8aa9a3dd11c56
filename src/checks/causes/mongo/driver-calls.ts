import type { SourceLocation } from '../../../model/verdict.ts';
import { calledName, calledPath, isFunction, type Site, sitesOf } from '../scopes.ts';
import type { ParsedSource } from '../source.ts';
import { type DatabaseCall, looseCalls } from './code.ts';

/** Methods of the driver that ask the server, and once took a callback. */
const OPERATION =
  /^(?:connect|(?:insert|update|delete)(?:One|Many)?|findOne|findOneAnd\w+|replaceOne|remove|toArray|countDocuments|count|distinct|bulkWrite|drop|dropDatabase|createIndex)$/;

/** A place in a learner's source, and a word about it. */
interface Place {
  name: string;
  location: SourceLocation;
}

/** A call of the driver that was given a function to call back. */
export async function callbackCall(sources: readonly ParsedSource[]): Promise<Place | undefined> {
  return findCall(sources, ({ node }, name) => {
    const last = node.type === 'CallExpression' ? node.arguments.at(-1) : undefined;
    return OPERATION.test(name) && isFunction(last) && !/^(?:net|tls|http2?)\./.test(calledPath(node) ?? '');
  });
}

/** An operation whose promise nobody takes. */
export async function looseOperation(sources: readonly ParsedSource[]): Promise<DatabaseCall | undefined> {
  const loose = await looseCalls(sources, (name) => name !== 'connect' && OPERATION.test(name));
  return loose.find(({ variable }) => variable === undefined);
}

/** The operation whose promise, and not its result, a variable holds. */
export async function promiseIn(sources: readonly ParsedSource[], variable: string): Promise<DatabaseCall | undefined> {
  const loose = await looseCalls(sources, (name) => OPERATION.test(name));
  return loose.find((call) => call.variable === variable);
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
