import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { CheckContext } from '../../model/context.ts';
import { suggest } from '../../model/suggest.ts';
import type { CheckSay } from '../messages.ts';
import type { PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';

/** Causes that keep a program from being loaded at all, and the uncaught error as the last of them. */
export async function findErrorCause(error: PrintedError, context: CheckContext, say: CheckSay): Promise<Found> {
  return (
    moduleKind(error, say) ??
    (await moduleNotFound(error, context, say)) ??
    missingExport(error, say) ??
    syntaxError(error, say) ??
    found('crashed', say('cause.crashed', { message: headline(error) }), {
      next: say('cause.crashed.next'),
      location: error.location,
    })
  );
}

/** `TypeError: x is not a function`. */
export function headline({ name, message }: PrintedError): string {
  return message === '' ? name : `${name}: ${message}`;
}

const IMPORT_IN_COMMONJS = /Cannot use import statement outside a module|Unexpected token 'export'/;
const COMMONJS_IN_MODULE = /\b(?:require|module|exports|__dirname|__filename) is not defined in ES module scope/;

function moduleKind({ message, location }: PrintedError, say: CheckSay): Found | undefined {
  const kind = IMPORT_IN_COMMONJS.test(message) ? 'import' : COMMONJS_IN_MODULE.test(message) ? 'require' : undefined;
  if (!kind) return undefined;
  return found('module-kind', say(`cause.module-kind.${kind}`), {
    next: say(`cause.module-kind.${kind}.next`),
    location,
  });
}

async function moduleNotFound(
  { message, code, location }: PrintedError,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const wanted = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1] ?? '';
  if (!/^[./]|^[A-Za-z]:/.test(wanted)) {
    const next = say('cause.module-not-found.package.next');
    return found('module-not-found', say('cause.module-not-found.package', { path: wanted }), { next, location });
  }
  const near = await nearestFile(submission, path.basename(wanted));
  const shown = `./${path.basename(wanted)}`;
  const key = near ? 'cause.module-not-found.near' : 'cause.module-not-found.file';
  const parameters = { path: wanted.startsWith('.') ? wanted : shown, near: `./${near}` };
  return found('module-not-found', say(key, parameters), { next: say(`${key}.next`, parameters), location });
}

async function nearestFile(folder: string, name: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((entry) => entry !== 'node_modules');
  const sameStem = names.find((entry) => path.parse(entry).name === path.parse(name).name && entry !== name);
  return sameStem ?? suggest(name, names)[0];
}

function missingExport({ message, location }: PrintedError, say: CheckSay): Found | undefined {
  const match =
    /The requested module '([^']+)' does not provide an export named '([^']+)'/.exec(message) ??
    /Named export '()([^']+)' not found/.exec(message);
  if (!match) return undefined;
  const parameters = { path: match[1] ?? '', name: match[2] ?? '' };
  return found('missing-export', say('cause.missing-export', parameters), {
    next: say('cause.missing-export.next', parameters),
    location,
  });
}

function syntaxError({ name, message, location }: PrintedError, say: CheckSay): Found | undefined {
  if (name !== 'SyntaxError' || !location) return undefined;
  return found('syntax-error', say('cause.syntax-error', { message }), {
    next: say('cause.syntax-error.next'),
    location,
  });
}
