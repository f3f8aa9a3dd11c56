import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import type { CheckSay } from '../messages.ts';
import type { FailedProgram } from '../program.ts';
import { isNodeReport, type PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { calledName, calledPath, isFunction, isPrint, isRead, sitesOf } from './scopes.ts';
import { parseSource } from './source.ts';

const PROMISE = /\bPromise \{|\[object Promise\]/;

/** A promise that was printed instead of its value. */
export async function awaitMissing(
  { differences }: FailedProgram,
  { submission, entry }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const isPrinted = differences.some(
    ({ what, expected, got }) => ['stdout', 'stderr'].includes(what) && PROMISE.test(got) && !PROMISE.test(expected),
  );
  if (!isPrinted) return undefined;
  return found('await-missing', say('cause.await-missing'), {
    next: say('cause.await-missing.next'),
    location: await findPrintedPromise(submission, entry),
  });
}

/** The call whose promise is printed: in the printing call itself, or where the printed variable is set. */
async function findPrintedPromise(folder: string, file: string): Promise<SourceLocation | undefined> {
  const source = await parseSource(folder, file);
  if (source === undefined) return undefined;
  const sites = await sitesOf(source.program);
  const asyncNames = new Set(
    sites.flatMap(({ node, around }) => {
      if (!isFunction(node) || !node.async) return [];
      const parent = around.at(-2);
      const name =
        parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
      return [node.id?.name ?? name ?? ''];
    }),
  );
  const makesPromise = (node: AnyNode): boolean => {
    if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && node.callee.name === 'Promise';
    const path = calledPath(node);
    return path !== undefined && (asyncNames.has(path) || /^(fetch|Promise\.\w+|(fs\.)?promises\.\w+)$/.test(path));
  };
  const declared = (name: string): AnyNode | undefined => {
    const site = sites.find(
      ({ node }) => node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name,
    );
    const init = site?.node.type === 'VariableDeclarator' ? site.node.init : undefined;
    return init?.type === 'CallExpression' || init?.type === 'NewExpression' ? init : undefined;
  };
  const printed = sites.filter(({ around }) => around.slice(0, -1).some(isPrint));
  const direct = printed.find(
    ({ node, around }) => makesPromise(node) && around.at(-2)?.type !== 'AwaitExpression',
  )?.node;
  const variables = printed.filter(isRead).flatMap(({ node }) => {
    const init = node.type === 'Identifier' ? declared(node.name) : undefined;
    return init === undefined ? [] : [init];
  });
  const place = direct ?? variables.find(makesPromise) ?? variables[0];
  return place && source.locate(place);
}

const REASON = /UnhandledPromiseRejection\b[^:]*: This error originated [\s\S]*? reason "([\s\S]*?)"\.\]?/;

/** How Node.js prints an error that has no stack, as those of file streams. */
const BARE_ERROR = /^\[(\w*Error(?: \[\w+\])?: .*?)\](?: \{)?$/m;

/** A promise that was rejected, and nothing caught that: Node.js ends the program. */
export async function unhandledRejection(
  error: PrintedError | undefined,
  { stderr, context, say }: { stderr: string; context: CheckContext; say: CheckSay },
): Promise<Found | undefined> {
  if (!isNodeReport(stderr)) return undefined;
  const reason = REASON.exec(stderr)?.[1] ?? (error === undefined ? BARE_ERROR.exec(stderr)?.[1] : undefined);
  // A module's own code runs within a promise of the loader's.
  const isRejection =
    reason !== undefined ||
    /true \/\* fromPromise \*\/|ERR_UNHANDLED_REJECTION|^ +at async (?!.*node:internal\/modules\/)/m.test(stderr) ||
    (error?.location !== undefined && (await isInAsync(context.submission, error.location)));
  if (!isRejection) return undefined;
  const message = reason ?? (error?.message === '' ? error.name : `${error?.name}: ${error?.message}`);
  return found('unhandled-rejection', say('cause.unhandled-rejection', { message }), {
    next: say('cause.unhandled-rejection.next'),
    location: error?.location,
  });
}

/** True for a line in an async function or in a function that is given to a promise. */
async function isInAsync(folder: string, { file, line }: SourceLocation): Promise<boolean> {
  const source = await parseSource(folder, file);
  if (source === undefined) return false;
  const inside = (await sitesOf(source.program))
    .filter(({ node }) => isFunction(node))
    .filter(({ node }) => source.locate(node).line <= line && source.locate({ start: node.end }).line >= line);
  const innermost = inside.at(-1);
  if (innermost === undefined || !isFunction(innermost.node)) return false;
  const parent = innermost.around.at(-2);
  const isGiven = parent?.type === 'CallExpression' && ['then', 'catch', 'finally'].includes(calledName(parent) ?? '');
  const isExecutor =
    parent?.type === 'NewExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'Promise';
  return innermost.node.async || isGiven || isExecutor;
}
