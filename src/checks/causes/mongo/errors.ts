import type { CheckContext } from '../../../model/context.ts';
import type { SourceLocation } from '../../../model/verdict.ts';
import type { CheckSay } from '../../messages.ts';
import type { PrintedError } from '../error-output.ts';
import { type Found, found } from '../found.ts';
import { readServerCode } from '../http/server-code.ts';
import { type ParsedSource, parseFolder } from '../source.ts';
import { writtenAddresses } from './addresses.ts';
import { connecting, loadedFiles, looseFinds } from './code.ts';
import { oldOptions } from './old-options.ts';
import { queryNotAwaited } from './shared.ts';

const NO_CALLBACK = /([\w.]+)\(\) no longer accepts a callback/;
const TWICE = /Cannot overwrite `([^`]+)` model once compiled/;
const REMOVED = /\b(findByIdAndRemove|findOneAndRemove|count|update|remove) is not a function/;
const CLOSED = /Client must be connected before running operations|Connection was force closed|client was closed/i;
const CAST_ID = /Cast to ObjectId failed for value (".*?"|\S+)/s;

const INSTEAD: Readonly<Record<string, string>> = {
  findByIdAndRemove: 'findByIdAndDelete',
  findOneAndRemove: 'findOneAndDelete',
  count: 'countDocuments',
  update: 'updateOne or updateMany',
  remove: 'deleteOne or deleteMany',
};

/** Errors that Mongoose and the driver throw, by name. */
export async function mongoError(
  { name, message, location }: PrintedError,
  { submission, entry }: Pick<CheckContext, 'submission' | 'entry'>,
  say: CheckSay,
): Promise<Found | undefined> {
  const twice = TWICE.exec(message)?.[1];
  if (twice !== undefined) {
    return found('model-twice', say('cause.model-twice', { name: twice }), {
      next: say('cause.model-twice.next'),
      location,
    });
  }
  if (name === 'MongoParseError') return oldOptions(message, await parseFolder(submission), say);
  const call = NO_CALLBACK.exec(message)?.[1];
  if (call !== undefined) {
    return found('mongoose-callback', say('cause.mongoose-callback', { call: call.replace('.prototype', '') }), {
      next: say('cause.mongoose-callback.next'),
      location,
    });
  }
  if (CLOSED.test(message)) {
    return found('not-connected', say('cause.not-connected.closed'), {
      next: say('cause.not-connected.closed.next'),
      location,
    });
  }
  if (/buffering timed out/.test(message)) {
    return unconnected(loadedFiles((await readServerCode(submission)).files, entry), say);
  }
  const value = CAST_ID.exec(message)?.[1];
  if (value !== undefined && name === 'CastError') {
    return found('cast-error', say('cause.cast-error', { value }), {
      next: say('cause.cast-error.program.next'),
      location,
    });
  }
  const member = /^Cannot read properties of null \(reading '([^']+)'\)/.exec(message)?.[1];
  if (member !== undefined && location !== undefined) {
    const { mentions } = await readServerCode(submission);
    if (!mentions(/['"]mongoose['"]/) || !mentions(/\.find(?:One|ById)\w*\s*\(/)) return undefined;
    return found('unknown-document', say('cause.unknown-document', { name: member }), {
      next: say('cause.unknown-document.next'),
      location,
    });
  }
  return (
    (await queryUsed(message, { submission, say })) ?? (await removedMethod(message, location, { submission, say }))
  );
}

/** A query was used as if it were the list of its documents. */
async function queryUsed(
  message: string,
  { submission, say }: { submission: string; say: CheckSay },
): Promise<Found | undefined> {
  const name = /^([\w$]+)(?:\.\w+)? is not (?:iterable|a function)/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const { files } = await readServerCode(submission);
  const loose = (await looseFinds(files)).find(({ variable }) => variable === name);
  return loose && queryNotAwaited(loose, name, say);
}

async function removedMethod(
  message: string,
  location: SourceLocation | undefined,
  { submission, say }: { submission: string; say: CheckSay },
): Promise<Found | undefined> {
  const method = REMOVED.exec(message)?.[1];
  const isMongoose = method !== undefined && (await readServerCode(submission)).mentions(/['"]mongoose['"]/);
  if (!isMongoose || location === undefined) return undefined;
  return found('removed-method', say('cause.removed-method', { method }), {
    next: say('cause.removed-method.next', { instead: INSTEAD[method] ?? '' }),
    location,
  });
}

/** Queries that wait for a connection which never comes; `printed` is all that the program has said. */
export async function silentDatabase(
  files: readonly ParsedSource[],
  printed: string,
  { context, say }: { context: Pick<CheckContext, 'submission' | 'entry'>; say: CheckSay },
): Promise<Found | undefined> {
  if (!files.some(({ text }) => /['"](?:mongoose|mongodb)['"]/.test(text))) return undefined;
  const old = printed.includes('MongoParseError') ? oldOptions(printed, files, say) : undefined;
  return old ?? unconnected(loadedFiles(files, context.entry), say);
}

async function unconnected(files: readonly ParsedSource[], say: CheckSay): Promise<Found | undefined> {
  const { connects, uncalled } = await connecting(files);
  if (uncalled !== undefined) {
    const { name, location } = uncalled;
    return found('not-connected', say('cause.not-connected.uncalled', { name }), {
      next: say('cause.not-connected.uncalled.next', { name }),
      location,
    });
  }
  if (!connects) {
    if (!files.some(({ text }) => /['"]mongoose['"]/.test(text))) return undefined;
    return found('not-connected', say('cause.not-connected'), { next: say('cause.not-connected.next') });
  }
  const addresses = await writtenAddresses(files);
  const other = addresses.find(({ port, isUsual, isFallback }) => port !== undefined && !isUsual && !isFallback);
  if (other?.port === undefined) return undefined;
  return found('database-port', say('cause.database-port', { port: other.port }), {
    next: say('cause.database-port.next'),
    location: other.location,
  });
}
