import type { AnyNode, CallExpression, VariableDeclarator } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import { containsPiece, normalize } from '../match-text.ts';
import type { CheckSay } from '../messages.ts';
import type { FailedProgram } from '../program.ts';
import type { PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { calledName, functionsAround, isFunction, isPrint, isRead, type Site, sitesOf } from './scopes.ts';
import { type ParsedSource, parseSource } from './source.ts';

/** A variable that is read before the callback that sets it has run. */
interface EarlyRead {
  name: string;
  /** Where it is read. */
  location: SourceLocation;
  /** Where the callback begins; undefined when the variable holds what the call with a callback returned. */
  callbackLine?: number;
  /** The value that it has until then, as it is printed. */
  before: string;
  isPrinted: boolean;
}

/** Calls that run the function that they are given at once. */
const AT_ONCE = new Set(
  'forEach map filter reduce reduceRight find findIndex findLast findLastIndex some every flatMap sort toSorted from replace replaceAll Promise apply call'.split(
    ' ',
  ),
);
/** What listens is called at once by an `emit`. */
const LISTENING = /^(on|once|addListener|prependListener)$/;
/** Functions of Node.js that hand their result to a callback. */
const BY_CALLBACK =
  /^(readFile|readdir|stat|lstat|access|writeFile|appendFile|exec|execFile|lookup|resolve|randomBytes)$/;

/** A result that is printed outside of the callback that brings it. */
export async function printedOutside(
  { outcome, differences }: FailedProgram,
  { submission, entry }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (!differences.some(({ what }) => what === 'stdout')) return undefined;
  const reads = await earlyReads(submission, entry);
  const stdout = normalize(outcome.stdout.text);
  const shows = (before: string) => (before === '' ? stdout.trim() === '' : containsPiece(stdout, before));
  const read = reads.find(({ isPrinted, before }) => isPrinted && shows(before));
  return read && explain(read, say);
}

/** An error at a line that uses what a callback has yet to bring. */
export async function usedOutside(
  { name, message, location }: PrintedError,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (name !== 'TypeError' || location === undefined || !/\bundefined\b/.test(message)) return undefined;
  const reads = await earlyReads(submission, location.file);
  const read = reads.find((each) => each.location.line === location.line && each.before === 'undefined');
  return read && explain(read, say);
}

function explain({ name, location, callbackLine }: EarlyRead, say: CheckSay): Found {
  const key = callbackLine === undefined ? 'cause.outside-callback.returned' : 'cause.outside-callback';
  return found('outside-callback', say(key, { name, line: callbackLine ?? 0 }), {
    next: say(`${key}.next`, { name }),
    location,
  });
}

async function earlyReads(folder: string, file: string): Promise<EarlyRead[]> {
  const source = await parseSource(folder, file);
  if (source === undefined) return [];
  const sites = await sitesOf(source.program);
  return sites.flatMap((site) => (site.node.type === 'VariableDeclarator' ? readsOf(site, { sites, source }) : []));
}

/** The early reads of one variable. */
function readsOf(declared: Site, { sites, source }: { sites: readonly Site[]; source: ParsedSource }): EarlyRead[] {
  const { node } = declared;
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return [];
  const { name } = node.id;
  const scope = functionsAround(declared).at(-1);
  const isReturned = node.init?.type === 'CallExpression' && returnsNothing(node.init);
  const callback = isReturned ? undefined : setterIn(sites, name, scope);
  const before = isReturned ? 'undefined' : initialText(node);
  if (before === undefined || !(isReturned || callback)) return [];
  const begin = callback?.end ?? node.end;
  return sites
    .filter((site) => isRead(site) && site.node.type === 'Identifier' && site.node.name === name)
    .filter((site) => site.node.start >= begin && functionsAround(site).at(-1) === scope)
    .map((site) => ({
      name,
      before,
      location: source.locate(site.node),
      isPrinted: isPrinted(site),
      ...(callback !== undefined && { callbackLine: source.locate(callback).line }),
    }));
}

/** True when the value itself is printed, and not something that is found out about it. */
function isPrinted({ around }: Site): boolean {
  const print = around.findLastIndex(isPrint);
  return print !== -1 && !around.slice(print).some(decides);
}

function decides(node: AnyNode): boolean {
  if (node.type === 'BinaryExpression') return node.operator !== '+';
  return node.type === 'ConditionalExpression' || node.type === 'LogicalExpression' || node.type === 'UnaryExpression';
}

/** The callback, called later, that sets a variable of a scope. */
function setterIn(sites: readonly Site[], name: string, scope: AnyNode | undefined): AnyNode | undefined {
  for (const site of sites) {
    const isInner = functionsAround(site).at(-1) !== scope && (scope === undefined || site.around.includes(scope));
    const callback = isInner && setsVariable(site.node, name) ? laterCallback(site, scope, sites) : undefined;
    if (callback !== undefined) return callback;
  }
  return undefined;
}

/** The function around a site, within a scope, that is given to a call which runs it later. */
function laterCallback({ around }: Site, scope: AnyNode | undefined, sites: readonly Site[]): AnyNode | undefined {
  const emits = sites.some(({ node }) => calledName(node) === 'emit');
  const from = scope === undefined ? 0 : around.indexOf(scope) + 1;
  return around.slice(from).find((node, index) => {
    const call = around[from + index - 1];
    if (!isFunction(node) || call?.type !== 'CallExpression') return false;
    const name = calledName(call) ?? '';
    const isAtOnce = AT_ONCE.has(name) || (emits && LISTENING.test(name));
    return !isAtOnce && call.arguments.some((argument) => argument === node);
  });
}

/** `x = …` and `x.push(…)`. */
function setsVariable(node: AnyNode, name: string): boolean {
  if (node.type === 'AssignmentExpression') return node.left.type === 'Identifier' && node.left.name === name;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  return (
    object.type === 'Identifier' && object.name === name && property.type === 'Identifier' && property.name === 'push'
  );
}

function returnsNothing(call: CallExpression): boolean {
  return isFunction(call.arguments.at(-1)) && BY_CALLBACK.test(calledName(call) ?? '');
}

/** How the value that a variable begins with is printed; undefined when that is not known. */
function initialText({ init }: VariableDeclarator): string | undefined {
  if (init === null || init === undefined) return 'undefined';
  if (init.type === 'Literal') return String(init.value);
  if (init.type === 'ArrayExpression' && init.elements.length === 0) return '[]';
  if (init.type === 'ObjectExpression' && init.properties.length === 0) return '{}';
  return init.type === 'Identifier' && init.name === 'undefined' ? 'undefined' : undefined;
}
