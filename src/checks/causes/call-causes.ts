import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { CheckSay } from '../messages.ts';
import type { PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { isFunction, sitesOf } from './scopes.ts';
import { parseSource } from './source.ts';

const BROKEN_CALL = /is not a function|of undefined|is not iterable|^Cannot access '|intermediate value/;

/** A line that begins with a bracket belongs to the line before it, when no semicolon ends that. */
export async function missingSemicolon(
  { message, location }: PrintedError,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (location === undefined || !BROKEN_CALL.test(message)) return undefined;
  const source = await parseSource(submission, location.file);
  if (source === undefined) return undefined;
  for (const { node } of await sitesOf(source.program)) {
    const before = joinedTo(node);
    if (before === undefined) continue;
    const end = source.locate({ start: before.end });
    const bracket = source.text.slice(before.end, node.end).search(/[([`]/) + before.end;
    const begin = source.locate({ start: bracket });
    const isBroken = /\n\s*$/.test(source.text.slice(before.end, bracket));
    const isHere = location.line >= source.locate(before).line && location.line <= begin.line;
    if (!isBroken || !isHere) continue;
    const sign = source.text[bracket] ?? '(';
    return found('missing-semicolon', say('cause.missing-semicolon', { sign, line: begin.line }), {
      next: say('cause.missing-semicolon.next', { line: end.line }),
      location: { ...end, label: ';' },
    });
  }
  return undefined;
}

/** What a bracket on the next line would call or look into. */
function joinedTo(node: AnyNode): AnyNode | undefined {
  if (node.type === 'CallExpression') return node.callee;
  if (node.type === 'TaggedTemplateExpression') return node.tag;
  return node.type === 'MemberExpression' && node.computed ? node.object : undefined;
}

const NO_FUNCTION = /^(\w+) is not a function$/;
const NO_CALLBACK = /^The "(cb|callback|listener)" argument must be of type function\. Received/;

/** A function that was called without the callback that it needs. */
export async function callbackUndefined(
  { message, location }: PrintedError,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const missing = NO_CALLBACK.exec(message)?.[1];
  if (missing !== undefined) {
    return found('callback-undefined', say('cause.callback-undefined.node'), {
      next: say('cause.callback-undefined.node.next'),
      location,
    });
  }
  const name = NO_FUNCTION.exec(message)?.[1];
  if (name === undefined || location === undefined) return undefined;
  const source = await parseSource(submission, location.file);
  if (source === undefined) return undefined;
  const owner = (await sitesOf(source.program)).find(({ node }) => {
    if (!isFunction(node)) return false;
    const isAround =
      source.locate(node).line <= location.line && source.locate({ start: node.end }).line >= location.line;
    return isAround && node.params.some((param) => param.type === 'Identifier' && param.name === name);
  })?.node;
  if (owner === undefined || !isFunction(owner)) return undefined;
  const called = owner.id?.name;
  const key = called === undefined ? 'cause.callback-undefined' : 'cause.callback-undefined.named';
  return found('callback-undefined', say(key, { name, function: called ?? '' }), {
    next: say('cause.callback-undefined.next', { name }),
    location,
  });
}
