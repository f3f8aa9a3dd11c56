import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import type { CheckSay } from '../messages.ts';
import type { FailedProgram } from '../program.ts';
import { type Found, found } from './found.ts';
import { calledName, calledPath, isFunction, isPrint, pathOf, sitesOf } from './scopes.ts';
import { parseSource } from './source.ts';

/** What can keep a program alive: the names that Node.js has for it, and the calls that make it. */
const KEEPERS = {
  server: { handle: /^TCPServerWrap$/, call: /^listen$/ },
  child: { handle: /^ProcessWrap$/, call: /^(spawn|exec|execFile|fork)$/ },
  worker: { handle: /^MessagePort$/, call: /^Worker$/ },
  watcher: { handle: /^(FSEventWrap|StatWatcher)$/, call: /^watch(File)?$/ },
  socket: {
    handle: /^(TCPSocketWrap|TLSWrap|UDPWrap)$/,
    call: /^(connect|createConnection|createSocket|get|request)$/,
  },
  timer: { handle: /^Timeout$/, call: /^(setInterval|setTimeout)$/ },
  immediate: { handle: /^Immediate$/, call: /^setImmediate$/ },
  other: { handle: /./, call: /^(open|createReadStream|createWriteStream|createInterface)$/ },
} as const;
type Keeper = keyof typeof KEEPERS;

/** A program that ran out of time: busy, or kept alive by something that it opened. */
export async function stillAlive(
  { outcome }: Pick<FailedProgram, 'outcome'>,
  { submission, entry }: CheckContext,
  say: CheckSay,
): Promise<Found> {
  const report = outcome.reports.find(({ type }) => type === 'alive');
  if (report?.type !== 'alive') return found('time', say('cause.time'), { next: say('cause.time.next') });
  const keepers = Object.keys(KEEPERS) as Keeper[];
  const known = keepers.find((each) => report.handles.some((name) => KEEPERS[each].handle.test(name)));
  // Node.js does not list worker threads among what keeps a program alive.
  const worker = known === undefined && (await findCall(submission, entry, KEEPERS.worker.call));
  const keeper = known ?? (worker ? 'worker' : 'other');
  return found('still-alive', say('cause.still-alive', { what: say(`cause.still-alive.${keeper}`) }), {
    next: say(`cause.still-alive.${keeper}.next`),
    location: await findCall(submission, entry, KEEPERS[keeper].call),
  });
}

async function findCall(folder: string, file: string, name: RegExp): Promise<SourceLocation | undefined> {
  const source = await parseSource(folder, file);
  if (source === undefined) return undefined;
  const made = ({ node }: { node: AnyNode }) => {
    const called = calledName(node);
    return called !== undefined && name.test(called);
  };
  const calls = (await sitesOf(source.program)).filter(made);
  // An interval goes on by itself; a timeout only does when it is set again.
  const place = calls.find(({ node }) => calledName(node) === 'setInterval') ?? calls[0];
  return place && source.locate(place.node);
}

/** An exit code that was set and then set to 0, or none at all. */
export async function exitCodeLost(
  { spec, outcome, differences }: FailedProgram,
  { submission, entry }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const onlyExitCode = differences.length === 1 && differences[0]?.what === 'exit code';
  const expectsFailure = spec.exitCode !== 0 && spec.exitCode !== 'any';
  if (!onlyExitCode || !expectsFailure || outcome.exitCode !== 0) return undefined;
  const code = spec.exitCode === 'nonzero' ? 1 : spec.exitCode;
  const overwritten = await findOverwriting(submission, entry);
  const key = overwritten === undefined ? 'cause.exit-code-lost' : 'cause.exit-code-lost.overwritten';
  return found('exit-code-lost', say(key), { next: say(`${key}.next`, { code }), location: overwritten });
}

/** The first place after a failing exit code was set that makes it 0. */
async function findOverwriting(folder: string, file: string): Promise<SourceLocation | undefined> {
  const source = await parseSource(folder, file);
  if (source === undefined) return undefined;
  const codes = (await sitesOf(source.program)).flatMap(({ node }): { node: AnyNode; isZero: boolean }[] => {
    if (node.type === 'AssignmentExpression' && pathOf(node.left) === 'process.exitCode') {
      return [{ node, isZero: isZero(node.right) }];
    }
    if (node.type === 'CallExpression' && calledPath(node) === 'process.exit') {
      return node.arguments[0] === undefined ? [] : [{ node, isZero: isZero(node.arguments[0]) }];
    }
    return [];
  });
  const set = codes.findIndex((each) => !each.isZero && each.node.type === 'AssignmentExpression');
  const lost = set === -1 ? undefined : codes.slice(set + 1).find((each) => each.isZero);
  return lost && source.locate(lost.node);
}

function isZero(node: AnyNode): boolean {
  return node.type === 'Literal' && node.value === 0;
}

/** Output that never came, because `process.exit` ended the program before it. */
export async function exitTooEarly(
  { outcome, differences }: FailedProgram,
  { submission, entry }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const isMissing = differences.some(
    ({ what, relation, expected, got }) =>
      (what === 'stdout' || what === 'stderr') &&
      relation !== 'lacks' &&
      (relation === 'equals' ? expected.startsWith(got) && expected !== got : true),
  );
  if (!isMissing || outcome.exitCode === null) return undefined;
  const location = await findEarlyExit(submission, entry);
  return (
    location &&
    found('exit-too-early', say('cause.exit-too-early'), { next: say('cause.exit-too-early.next'), location })
  );
}

/** A call of `process.exit` that code which prints stands behind, or that does not wait for a callback before it. */
async function findEarlyExit(folder: string, file: string): Promise<SourceLocation | undefined> {
  const source = await parseSource(folder, file);
  if (source === undefined) return undefined;
  const sites = await sitesOf(source.program);
  const prints = sites.filter(({ node }) => isPrint(node));
  const exit = sites.find(({ node, around }) => {
    const block = around.at(-3);
    if (calledPath(node) !== 'process.exit' || around.at(-2)?.type !== 'ExpressionStatement') return false;
    if (block?.type !== 'Program' && block?.type !== 'BlockStatement') return false;
    const isBehind = prints.some((print) => print.node.start > node.end && print.around.includes(block));
    const isAwaited = prints.some(
      (print) => print.node.end < node.start && block.type === 'Program' && isLater(print.around),
    );
    return isBehind || isAwaited;
  });
  return exit && source.locate(exit.node);
}

/** Calls that hand a function on to be called when something has happened. */
const LATER =
  /^(setTimeout|setInterval|setImmediate|nextTick|then|finally|on|once|readFile|readdir|stat|writeFile|exec|execFile|get|request)$/;

function isLater(around: readonly AnyNode[]): boolean {
  return around.some((node, index) => {
    const parent = around[index - 1];
    return isFunction(node) && parent !== undefined && LATER.test(calledName(parent) ?? '');
  });
}
