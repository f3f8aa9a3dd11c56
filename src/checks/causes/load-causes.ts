import type { CheckContext } from '../../model/context.ts';
import type { CheckSay } from '../messages.ts';
import { brokenPackage } from './broken-package.ts';
import { callbackUndefined, missingSemicolon } from './call-causes.ts';
import { usedOutside } from './early-read.ts';
import type { PrintedError } from './error-output.ts';
import { missingFunction } from './export-causes.ts';
import { type Found, found } from './found.ts';
import { moduleNotFound } from './module-not-found.ts';
import { mongoError } from './mongo/errors.ts';
import { unhandledRejection } from './promise-causes.ts';
import { streamError } from './stream-causes.ts';

/** Causes that keep a program from being loaded at all, and the uncaught error as the last of them. */
export async function findErrorCause(
  error: PrintedError,
  { stderr, context, say }: { stderr: string; context: CheckContext; say: CheckSay },
): Promise<Found> {
  return (
    (await brokenPackage(error, context, say)) ??
    moduleKind(error, say) ??
    pemText(error, say) ??
    jsonImport(error, say) ??
    folderImport(error, say) ??
    (await moduleNotFound(error, context, say)) ??
    missingExport(error, say) ??
    noJson(error, say) ??
    syntaxError(error, say) ??
    routePath(error, say) ??
    (await streamError(error, { stderr, context, say })) ??
    (await mongoError(error, context, say)) ??
    (await missingSemicolon(error, context, say)) ??
    (await missingFunction(error, context.submission, say)) ??
    (await callbackUndefined(error, context, say)) ??
    (await usedOutside(error, context, say)) ??
    (await unhandledRejection(error, { stderr, context, say })) ??
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

/** A key or a certificate that is none; OpenSSL says so in words that help nobody. */
function pemText({ message, location }: PrintedError, say: CheckSay): Found | undefined {
  if (!/PEM routines::|DECODER routines::unsupported|PEM_read_bio/.test(message)) return undefined;
  return found('pem-text', say('cause.pem-text'), { next: say('cause.pem-text.next'), location });
}

/** A JSON file that an ES module imports without saying that it is one, or says in the words of older versions. */
function jsonImport({ code, message, location, text }: PrintedError, say: CheckSay): Found | undefined {
  const isOldWord =
    /Unexpected identifier 'assert'/.test(message) || (/Unexpected token/.test(message) && /\bassert\s*\{/.test(text));
  const isMissing = code === 'ERR_IMPORT_ATTRIBUTE_MISSING' || code === 'ERR_IMPORT_ASSERTION_TYPE_MISSING';
  if (!isMissing && !isOldWord) return undefined;
  const file = /"[^"]*?([^/"]+\.json)"/.exec(message)?.[1] ?? 'data.json';
  return found('json-import', say(isOldWord ? 'cause.json-import.assert' : 'cause.json-import', { file }), {
    next: say('cause.json-import.next', { file }),
    location,
  });
}

/** An ES module that imports a folder. */
function folderImport({ code, message, location }: PrintedError, say: CheckSay): Found | undefined {
  if (code !== 'ERR_UNSUPPORTED_DIR_IMPORT') return undefined;
  const folder = /Directory import '[^']*?([^/\\']+)[/\\]?'/.exec(message)?.[1] ?? '';
  return found('folder-import', say('cause.folder-import', { folder }), {
    next: say('cause.folder-import.next', { folder }),
    location,
  });
}

function missingExport({ message, location }: PrintedError, say: CheckSay): Found | undefined {
  const match =
    /The requested module '([^']+)' does not provide an export named '([^']+)'/.exec(message) ??
    /Named export '()([^']+)' not found/.exec(message);
  if (!match) return undefined;
  const parameters = { path: match[1] ?? '', name: match[2] ?? '' };
  const key = parameters.name === 'default' ? 'cause.missing-export.default' : 'cause.missing-export';
  return found('missing-export', say(key, parameters), { next: say(`${key}.next`, parameters), location });
}

const NO_JSON = /is not valid JSON|\bin JSON at position \d+|Unexpected end of JSON input|Unterminated string in JSON/;

/** `JSON.parse` was given something else; it throws a SyntaxError, too. */
function noJson({ name, message, location }: PrintedError, say: CheckSay): Found | undefined {
  if (name !== 'SyntaxError' || !NO_JSON.test(message)) return undefined;
  return found('no-json', say('cause.no-json', { message }), { next: say('cause.no-json.next'), location });
}

function syntaxError({ name, message, location }: PrintedError, say: CheckSay): Found | undefined {
  if (name !== 'SyntaxError' || !location) return undefined;
  return found('syntax-error', say('cause.syntax-error', { message }), {
    next: say('cause.syntax-error.next'),
    location,
  });
}

/** Express 5 reads paths more strictly than Express 4: no bare `*`, no `?`, no regular expression inside a string. */
function routePath({ name, message, text, location }: PrintedError, say: CheckSay): Found | undefined {
  if (name !== 'PathError' && !message.includes('pathToRegexpError')) return undefined;
  const path = /originalPath: '([^']*)'/.exec(text)?.[1] ?? /: ([^;]*); visit/.exec(message)?.[1] ?? '';
  const kind = path.includes('*') ? 'star' : path.includes('?') ? 'query' : 'other';
  return found('route-path', say('cause.route-path', { path }), {
    next: say(`cause.route-path.${kind}.next`),
    location,
  });
}
