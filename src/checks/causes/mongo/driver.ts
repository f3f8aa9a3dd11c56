import type { CheckContext } from '../../../model/context.ts';
import type { CheckSay } from '../../messages.ts';
import type { FailedProgram } from '../../program.ts';
import { isNodeReport, readPrintedError } from '../error-output.ts';
import { type Found, found } from '../found.ts';
import { type ParsedSource, parseFolder } from '../source.ts';
import { writtenAddresses } from './addresses.ts';
import { callbackCall, looseCursor, looseOperation, promiseIn, wordIn } from './driver-calls.ts';
import { oldOptions } from './old-options.ts';

const SCHEME = /MongoParseError: Invalid (?:scheme|connection string)/;
const NO_ADDRESS = /Cannot read properties of undefined \(reading 'startsWith'\)[\s\S]*connection-string/;
const SELECTION = /MongoServerSelectionError: (.+)/;
const CLOSED =
  /MongoTopologyClosedError|MongoExpiredSessionError|MongoNotConnectedError|MongoClientClosedError|Topology is closed/;
const OPERATOR = /Update document requires atomic operators/;
const DUPLICATE = /E11000 duplicate key error[^\n]*?dup key: \{ ([^\n]*?) \}/;
const LIST =
  /(?:BSON field 'documents' must be an array of documents, not array|'insert\.documents(?:\.0)?' is the wrong type 'array')/;
const NO_LIST = /TypeError: (\w+)(?:\.\w+)? is not (?:iterable|a function)/;
const OF_NULL = /TypeError: Cannot read properties of null \(reading '(\w+)'\)/;
const CURSOR = /\b(?:Find|Aggregation)Cursor \{|Converting circular structure to JSON[\s\S]*'MongoClient'/;
const MAKES_ID = /\bObjectId\s*\(|createFromHexString/;
const HEX_ID = /^[0-9a-f]{24}$/i;

/** What a failed program with a database printed, and its source. */
interface Case {
  failed: FailedProgram;
  context: CheckContext;
  say: CheckSay;
  sources: readonly ParsedSource[];
  /** What it printed on both streams. */
  printed: string;
  /** An error ended it. */
  crashed: boolean;
}

/** The likeliest cause that has to do with MongoDB's driver; undefined for a program that does not use it. */
export async function findDriverCause(
  failed: FailedProgram,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (context.database === undefined || !context.exercise.packages.includes('mongodb')) return undefined;
  const { stdout, stderr, exitCode } = failed.outcome;
  const one: Case = {
    failed,
    context,
    say,
    sources: await parseFolder(context.submission),
    printed: `${stderr.text}\n${stdout.text}`,
    crashed: exitCode !== 0 && exitCode !== null && isNodeReport(stderr.text),
  };
  const error = (await badAddress(one)) ?? (await refused(one));
  if (error !== undefined) return one.crashed ? { ...error, isError: true } : error;
  return one.crashed ? undefined : silent(one);
}

/** The driver could not connect, or was given nothing to connect to. */
async function badAddress(one: Case): Promise<Found | undefined> {
  const { printed, say, sources } = one;
  const options = printed.includes('MongoParseError') ? oldOptions(printed, sources, say) : undefined;
  if (options !== undefined) return options;
  if (SCHEME.test(printed) || NO_ADDRESS.test(printed)) {
    const kind = SCHEME.test(printed) ? 'other' : 'undefined';
    return found('database-address', say('cause.driver.scheme', { given: say(`cause.driver.scheme.${kind}`) }), {
      next: say('cause.driver.scheme.next'),
      location: await place(one),
    });
  }
  const message = SELECTION.exec(printed)?.[1];
  if (message === undefined) return undefined;
  return (
    (await elsewhere(one)) ??
    found('server-selection', say('cause.driver.selection', { message }), {
      next: say('cause.driver.selection.next'),
      location: await place(one),
    })
  );
}

async function elsewhere({ sources, say }: Case): Promise<Found | undefined> {
  const other = (await writtenAddresses(sources)).find(({ isUsual }) => !isUsual);
  if (other === undefined) return undefined;
  return found('database-address', say('cause.driver.address', { place: other.place }), {
    next: say('cause.driver.address.next'),
    location: other.location,
  });
}

/** The server or the driver refused an operation. */
async function refused(one: Case): Promise<Found | undefined> {
  const { printed, say, sources } = one;
  if (CURSOR.test(printed)) {
    const { location } = (await looseCursor(sources)) ?? {};
    return found('cursor-printed', say('cause.driver.cursor'), { next: say('cause.driver.cursor.next'), location });
  }
  if (CLOSED.test(printed)) {
    const location = (await looseOperation(sources))?.location ?? (await place(one));
    return found('database-closed', say('cause.driver.closed'), { next: say('cause.driver.closed.next'), location });
  }
  if (OPERATOR.test(printed)) {
    return found('no-update-operator', say('cause.driver.operator'), {
      next: say('cause.driver.operator.next'),
      location: await place(one),
    });
  }
  if (LIST.test(printed)) {
    const next = say('cause.driver.list.next');
    return found('insert-one-list', say('cause.driver.list'), { next, location: await place(one) });
  }
  return (await unready(one)) ?? duplicate(one);
}

/** A result that is not there yet, or is null. */
async function unready(one: Case): Promise<Found | undefined> {
  const { printed, say, sources, crashed } = one;
  if (!crashed) return undefined;
  const name = NO_LIST.exec(printed)?.[1];
  const set = name === undefined ? undefined : await promiseIn(sources, name);
  if (set !== undefined) {
    return found('await-missing', say('cause.driver.promise', { name: name ?? '', call: set.name }), {
      next: say('cause.driver.promise.next'),
      location: set.location,
    });
  }
  const field = OF_NULL.exec(printed)?.[1];
  if (field === undefined || wordIn(sources, 'findOne') === undefined) return undefined;
  return found('nothing-found', say('cause.driver.nothing', { field }), {
    next: say('cause.driver.nothing.next'),
    location: await place(one),
  });
}

async function duplicate(one: Case): Promise<Found | undefined> {
  const { printed, say, crashed } = one;
  const key = DUPLICATE.exec(printed)?.[1];
  if (key === undefined || !crashed) return undefined;
  return found('duplicate-key', say('cause.driver.duplicate', { key }), {
    next: say('cause.driver.duplicate.next'),
    location: await place(one),
  });
}

async function place({ failed, context }: Case) {
  return (await readPrintedError(failed.outcome.stderr.text, context.submission))?.location;
}

/** No error told what is wrong; the source may. */
async function silent(one: Case): Promise<Found | undefined> {
  const { sources, say, failed } = one;
  const callback = await callbackCall(sources);
  if (callback !== undefined) {
    return found('driver-callback', say('cause.driver.callback', { name: callback.name }), {
      next: say('cause.driver.callback.next'),
      location: callback.location,
    });
  }
  if (failed.outcome.ended !== 'exit') {
    const other = await elsewhere(one);
    if (other !== undefined) return other;
  }
  const hasId = failed.input.args.some((arg) => HEX_ID.test(arg));
  const compares = wordIn(sources, '_id');
  if (!hasId || compares === undefined || sources.some(({ text }) => MAKES_ID.test(text))) return undefined;
  return found('text-id', say('cause.driver.text-id'), {
    next: say('cause.driver.text-id.next'),
    location: compares.location,
  });
}
