import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  FunctionExpression,
  Function as FunctionNode,
} from 'acorn';
import type { SourceLocation } from '../../../model/verdict.ts';
import { stringOf } from '../scopes.ts';
import { type ParsedSource, parseFolder } from '../source.ts';

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'use']);

/** One `app.get('/path', …)` or `app.use(…)` of the learner's source. */
export interface Registration {
  /** In capitals; `USE` for middleware. */
  method: string;
  /** Its literal path, where it has one. */
  path?: string;
  /** The functions that it is given, in place or by a name of the same file. */
  handlers: readonly FunctionNode[];
  location: SourceLocation;
  source: ParsedSource;
}

/** What a learner's server is written as: all of their files, not their packages. */
export interface ServerCode {
  files: readonly ParsedSource[];
  /** In the order in which they stand, file by file. */
  registrations: readonly Registration[];
  /** Whether any file matches. */
  mentions(pattern: RegExp): boolean;
}

/** Reads and parses the files of a submission; those that do not parse are left out. */
export async function readServerCode(folder: string): Promise<ServerCode> {
  const files = await parseFolder(folder);
  const registrations = (await Promise.all(files.map(registrationsIn))).flat();
  return { files, registrations, mentions: (pattern) => files.some(({ text }) => pattern.test(text)) };
}

const TAKES_ERRORS =
  /\bcatch\b|\(\s*_?e(?:rr(?:or)?)?\s*(?:,[^()]*)?\)\s*=>|\bfunction\b[^()]{0,80}\(\s*_?e(?:rr(?:or)?)?\s*[,)]|\bon\(\s*['"]error/;
const LISTEN = /\blisten\s*\((?:[^()]|\([^()]*\))*?(?:=>|\bfunction\s*\([^()]*\))/g;

/** Whether the code takes errors anywhere, so that one that was printed may have been meant to happen. */
export async function handlesErrors(folder: string): Promise<boolean> {
  const { registrations, files } = await readServerCode(folder);
  const takes = registrations.some(({ handlers }) => handlers.some(({ params }) => params.length === 4));
  const texts = files.map(({ text }) => text.replace(LISTEN, ''));
  return takes || texts.some((text) => TAKES_ERRORS.test(text));
}

async function registrationsIn(source: ParsedSource): Promise<Registration[]> {
  const { simple } = await import('acorn-walk');
  const found: Registration[] = [];
  const functions = new Map<string, FunctionNode>();
  simple(source.program, {
    Function: (node) => {
      if (node.id) functions.set(node.id.name, node);
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init && isFunction(init)) functions.set(id.name, init);
    },
  });
  simple(source.program, {
    CallExpression: (node) => {
      const registration = asRegistration(node, { source, functions });
      if (registration) found.push(registration);
    },
  });
  return found.sort((a, b) => a.location.line - b.location.line);
}

function isFunction(node: AnyNode): node is ArrowFunctionExpression | FunctionExpression {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

function asRegistration(
  node: CallExpression,
  { source, functions }: { source: ParsedSource; functions: ReadonlyMap<string, FunctionNode> },
): Registration | undefined {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  const { name } = callee.property;
  const literal = stringOf(node.arguments[0]);
  const handlers = node.arguments.flatMap((argument): FunctionNode[] => {
    if (isFunction(argument)) return [argument];
    const named = argument.type === 'Identifier' ? functions.get(argument.name) : undefined;
    return named === undefined ? [] : [named];
  });
  const isRoute = literal !== undefined && node.arguments.length > 1;
  if (!METHODS.has(name) || !(isRoute || (name === 'use' && handlers.length > 0))) return undefined;
  return {
    method: name.toUpperCase(),
    ...(literal !== undefined && { path: literal }),
    handlers,
    location: source.locate(node),
    source,
  };
}

/** The text of a node. */
export function textOfNode({ text }: ParsedSource, node: { start: number; end: number }): string {
  return text.slice(node.start, node.end);
}
