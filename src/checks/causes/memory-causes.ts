import { readdir } from 'node:fs/promises';
import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { CheckSay } from '../messages.ts';
import { type Found, found } from './found.ts';
import { calledName, isFunction, type Site, sitesOf } from './scopes.ts';
import { type ParsedSource, parseSource } from './source.ts';

/** Reads all of a file, or all of a stream. */
const READS_ALL = /^(readFile|readFileSync|toArray)$/;
const CONSUMER = /^(text|buffer|json|arrayBuffer|blob)$/;
const LISTENS = /^(on|addListener|prependListener)$/;
const MOST_FILES = 20;

interface Reading {
  sites: readonly Site[];
  source: ParsedSource;
  say: CheckSay;
}

/** Why a program has more in memory than it needs, as its own files show. */
export async function memoryCause({ submission, entry }: CheckContext, say: CheckSay): Promise<Found | undefined> {
  const readings: Reading[] = [];
  for (const file of await scripts(submission, entry)) {
    const source = await parseSource(submission, file);
    if (source !== undefined) readings.push({ sites: await sitesOf(source.program), source, say });
  }
  for (const look of [readAtOnce, collected, ignoredBackpressure]) {
    for (const reading of readings) {
      const cause = look(reading);
      if (cause !== undefined) return cause;
    }
  }
  return undefined;
}

/** The entry first, then the other scripts beside it. */
export async function scripts(folder: string, entry: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => /\.[cm]?js$/.test(name) && name !== entry).sort();
  return [entry, ...others.slice(0, MOST_FILES)];
}

function readAtOnce({ sites, source, say }: Reading): Found | undefined {
  const usesConsumers = /['"](node:)?stream\/consumers['"]/.test(source.text);
  const site = sites.find(({ node }) => {
    const name = calledName(node);
    return name !== undefined && (READS_ALL.test(name) || (usesConsumers && CONSUMER.test(name)));
  });
  if (site === undefined) return undefined;
  return found('whole-file-in-memory', say('cause.whole-file-in-memory.read', { name: calledName(site.node) ?? '' }), {
    next: say('cause.whole-file-in-memory.read.next'),
    location: source.locate(site.node),
  });
}

function collected({ sites, source, say }: Reading): Found | undefined {
  const site = sites.find((each) => pieceNames(each).some((name) => keeps(each.node, name)));
  if (site === undefined) return undefined;
  return found('whole-file-in-memory', say('cause.whole-file-in-memory.collect'), {
    next: say('cause.whole-file-in-memory.collect.next'),
    location: source.locate(site.node),
  });
}

/** What the pieces of a stream are called at a place: parameters of listeners, variables of `for await`, results of `read`. */
function pieceNames({ around }: Site): string[] {
  return around.flatMap((node, index) => {
    const parent = around[index - 1];
    if (isFunction(node) && parent?.type === 'CallExpression') {
      const [event] = parent.arguments;
      const [piece] = node.params;
      const isPiece = event?.type === 'Literal' && (event.value === 'data' || event.value === 'line');
      return LISTENS.test(calledName(parent) ?? '') && isPiece && piece?.type === 'Identifier' ? [piece.name] : [];
    }
    if (node.type !== 'ForOfStatement' || !node.await || node.left.type !== 'VariableDeclaration') return [];
    const id = node.left.declarations[0]?.id;
    return id?.type === 'Identifier' ? [id.name] : [];
  });
}

/** `text += chunk`, `text = text + chunk`, `chunks.push(chunk)`, `all = Buffer.concat([all, chunk])`. */
function keeps(node: AnyNode, piece: string): boolean {
  if (node.type === 'AssignmentExpression') {
    if (node.operator === '+=') return isPiece(node.right, piece);
    if (node.operator !== '=') return false;
    const { right } = node;
    if (right.type === 'BinaryExpression') return right.operator === '+' && isPiece(right.right, piece);
    if (calledName(right) !== 'concat' || right.type !== 'CallExpression') return false;
    return right.arguments.some(
      (each) =>
        isPiece(each, piece) ||
        (each.type === 'ArrayExpression' && each.elements.some((one) => one !== null && isPiece(one, piece))),
    );
  }
  return (
    node.type === 'CallExpression' && calledName(node) === 'push' && node.arguments.some((each) => isPiece(each, piece))
  );
}

/** The piece itself or its text, and not something that was found out about it. */
function isPiece(node: AnyNode, piece: string): boolean {
  if (node.type === 'Identifier') return node.name === piece;
  if (node.type === 'TemplateLiteral') return node.expressions.some((each) => isPiece(each, piece));
  if (node.type === 'BinaryExpression') return node.operator === '+' && isPiece(node.left, piece);
  if (node.type !== 'CallExpression') return false;
  const name = calledName(node);
  if (name === 'String' || name === 'write') return node.arguments.some((each) => isPiece(each, piece));
  const { callee } = node;
  return name === 'toString' && callee.type === 'MemberExpression' && isPiece(callee.object, piece);
}

/** `write` in a loop, its answer unused, in a file that never waits for `drain`. */
function ignoredBackpressure({ sites, source, say }: Reading): Found | undefined {
  if (/['"]drain['"]/.test(source.text)) return undefined;
  const site = sites.find(
    ({ node, around }) =>
      calledName(node) === 'write' &&
      around.at(-2)?.type === 'ExpressionStatement' &&
      around.some((each, index) => isRepeated(each, around[index - 1])),
  );
  return (
    site &&
    found('backpressure-ignored', say('cause.backpressure-ignored'), {
      next: say('cause.backpressure-ignored.next'),
      location: source.locate(site.node),
    })
  );
}

function isRepeated(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (/^(For|While|DoWhile|ForOf|ForIn)Statement$/.test(node.type)) return true;
  if (!isFunction(node) || parent === undefined) return false;
  return /^(forEach|map|on|addListener|setInterval|setImmediate)$/.test(calledName(parent) ?? '');
}
