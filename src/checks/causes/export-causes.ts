import path from 'node:path';
import type { AnyNode, AssignmentExpression, Program } from 'acorn';
import { suggest } from '../../model/suggest.ts';
import type { CheckSay } from '../messages.ts';
import type { PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { moduleFile } from './module-file.ts';
import { stringOf } from './scopes.ts';
import { type ParsedSource, parseSource } from './source.ts';

/** A member that a module was expected to export, and does not. */
export interface LackingExport {
  /** The module's file, relative to the submission. */
  file: string;
  /** `default` for what a module exports as a whole. */
  name: string;
  /** What it does export, where that is known. */
  keys?: readonly string[];
}

/** Why a module lacks an export: `exports` reassigned, nothing exported, default and named mixed up, another name. */
export async function findExportCause(
  lacking: LackingExport,
  submission: string,
  say: CheckSay,
): Promise<Found | undefined> {
  const source = await parseSource(submission, lacking.file);
  if (source === undefined) return undefined;
  const { name } = lacking;
  const file = `./${lacking.file}`;
  const seen = await exportsIn(source.program);
  if (seen.reassigned !== undefined && !seen.whole) {
    return found('exports-reassigned', say('cause.exports-reassigned', { file }), {
      next: say('cause.exports-reassigned.next'),
      location: source.locate(seen.reassigned),
    });
  }
  const keys = lacking.keys ?? seen.names;
  if (seen.isNothing && keys.length === 0) {
    const isWhole = name === 'default' || name in Array.prototype;
    const next = isWhole ? 'cause.nothing-exported.whole.next' : 'cause.nothing-exported.next';
    return found('nothing-exported', say('cause.nothing-exported', { file }), {
      next: say(seen.isModule ? 'cause.nothing-exported.esm.next' : next, {
        name: name === 'default' ? 'value' : name,
      }),
    });
  }
  return mixedUp({ file, name, keys, seen }, source, say) ?? otherName({ file, name, keys }, say);
}

interface Mixed {
  file: string;
  name: string;
  keys: readonly string[];
  seen: Exports;
}

function mixedUp({ file, name, keys, seen }: Mixed, source: ParsedSource, say: CheckSay): Found | undefined {
  if (!seen.isModule || (name === 'default') === (seen.defaulted !== undefined)) return undefined;
  const location = seen.defaulted && source.locate(seen.defaulted);
  const key = name === 'default' ? 'cause.default-export.named' : 'cause.default-export';
  const parameters = { file, name, names: keys.join(', ') };
  if (name === 'default' && keys.length === 0) return undefined;
  return found('default-export', say(key, parameters), { next: say(`${key}.next`, parameters), location });
}

function otherName({ file, name, keys }: Omit<Mixed, 'seen'>, say: CheckSay): Found | undefined {
  if (name === 'default') return undefined;
  const [near] = suggest(
    name,
    keys.filter((key) => key !== 'default' && key !== 'module.exports'),
  );
  const key = near === undefined ? 'cause.missing-export' : 'cause.missing-export.near';
  const parameters = { path: file, name, near: near ?? '' };
  return found('missing-export', say(key, parameters), {
    next: say(near === undefined ? 'cause.missing-export.add.next' : 'cause.missing-export.near.next', parameters),
  });
}

/** What a file's source exports, as far as it is plain to see. */
interface Exports {
  isModule: boolean;
  isNothing: boolean;
  names: readonly string[];
  defaulted?: AnyNode;
  /** `exports = …`, which exports nothing. */
  reassigned?: AnyNode;
  /** `module.exports = …`. */
  whole: boolean;
}

async function exportsIn(program: Program): Promise<Exports> {
  const { simple } = await import('acorn-walk');
  const names: string[] = [];
  let reassigned: AnyNode | undefined;
  let whole = false;
  let mentions = false;
  simple(program, {
    AssignmentExpression: (node) => {
      if (isName(node.left, 'exports') && !mentionsWhole(node)) reassigned ??= node;
      if (isWhole(node.left)) whole = true;
      const member = exportedMember(node.left);
      if (member !== undefined) names.push(member);
    },
    Identifier: (node) => {
      mentions ||= node.name === 'exports';
    },
    MemberExpression: (node) => {
      mentions ||= isWhole(node);
    },
  });
  const statements = program.body.filter(({ type }) => type.startsWith('Export'));
  const defaulted = statements.find(({ type }) => type === 'ExportDefaultDeclaration');
  return {
    isModule: statements.length > 0 || program.body.some(({ type }) => type === 'ImportDeclaration'),
    isNothing: statements.length === 0 && !mentions,
    names,
    whole,
    ...(defaulted ? { defaulted } : {}),
    ...(reassigned ? { reassigned } : {}),
  };
}

function isName(node: AnyNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

function isWhole(node: AnyNode): boolean {
  return node.type === 'MemberExpression' && isName(node.object, 'module') && isName(node.property, 'exports');
}

/** `exports = module.exports = …` keeps the two the same. */
function mentionsWhole({ right }: AssignmentExpression): boolean {
  return isWhole(right) || (right.type === 'AssignmentExpression' && isWhole(right.left));
}

function exportedMember(node: AnyNode): string | undefined {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  return isName(node.object, 'exports') || isWhole(node.object) ? node.property.name : undefined;
}

/** A call of what a required module does not export: `math.add is not a function`. */
export async function missingFunction(
  { message, name, location }: PrintedError,
  submission: string,
  say: CheckSay,
): Promise<Found | undefined> {
  const called = /^(?:\(intermediate value\)\.)?(\w+)(?:\.(\w+))? is not a (?:function|constructor)$/.exec(message);
  if (name !== 'TypeError' || !called || !location) return undefined;
  const [, base = '', member] = called;
  const source = await parseSource(submission, location.file);
  const origin = source && (await requiredFrom(source.program, base));
  if (!origin) return undefined;
  const file = moduleFile(submission, path.posix.join(path.posix.dirname(location.file), origin.from));
  const wanted = member ?? origin.member;
  if (file === undefined) return undefined;
  const cause = await findExportCause({ file, name: wanted ?? 'default' }, submission, say);
  return cause && { ...cause, cause: { location, ...cause.cause } };
}

/** Where a name comes from: `const math = require('./math')`, or `const { add } = require('./math')`. */
async function requiredFrom(program: Program, name: string): Promise<{ from: string; member?: string } | undefined> {
  const { simple } = await import('acorn-walk');
  let origin: { from: string; member?: string } | undefined;
  simple(program, {
    VariableDeclarator: ({ id, init }) => {
      const from = requiredPath(init);
      if (from === undefined) return;
      if (id.type === 'Identifier' && id.name === name) origin = { from };
      if (id.type !== 'ObjectPattern') return;
      for (const property of id.properties) {
        if (property.type !== 'Property' || !isName(property.value, name)) continue;
        if (property.key.type === 'Identifier') origin = { from, member: property.key.name };
      }
    },
  });
  return origin;
}

function requiredPath(node: AnyNode | null | undefined): string | undefined {
  if (node?.type !== 'CallExpression' || !isName(node.callee, 'require')) return undefined;
  const from = stringOf(node.arguments[0]);
  return from?.startsWith('.') ? from : undefined;
}
