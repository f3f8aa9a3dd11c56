import { badValue, CommandError } from '../errors.ts';
import { compileExpression, type Variables } from '../expression/compile.ts';
import type { Store } from '../store/store.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { isNullish, isNumeric, toNumber, typeName } from '../values/types.ts';
import type { Cursors } from './cursors.ts';

/** What the server remembers beside its documents. */
export interface ServerState {
  store: Store;
  cursors: Cursors;
  /** `host:port`, as clients reached it. */
  address: string;
  startedAt: number;
  /** How often each command was asked for. */
  counters: Map<string, number>;
  connections: number;
}

/** One command as it came. */
export interface CommandContext {
  body: Document;
  database: string;
  server: ServerState;
  connectionId: number;
  /** Bytes of the whole message, the most that any document in it can have. */
  messageLength: number;
  /** To be called once a document: ends what runs longer than `maxTimeMS`. */
  tick(): void;
}

/** Answers a command: the fields of the reply without `ok`. */
export type Command = (context: CommandContext) => object;

/** A function that throws `MaxTimeMSExpired` once the command's `maxTimeMS` is over; it looks at the clock now and then. */
export function ticker(body: Document): () => void {
  const limit = isNumeric(body.maxTimeMS) ? toNumber(body.maxTimeMS) : 0;
  if (!(limit > 0)) {
    return () => {};
  }
  const end = performance.now() + limit;
  let calls = 0;
  return () => {
    calls += 1;
    if (calls % 64 === 0 && performance.now() > end) {
      throw new CommandError(50, 'operation exceeded time limit');
    }
  };
}

/** A field that must be a document, and may be left out. @throws CommandError 14 */
export function documentField(body: Document, name: string): Document {
  const value = body[name];
  if (isNullish(value)) {
    return document();
  }
  if (!isDocument(value)) {
    throw new CommandError(14, `BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'object'`);
  }
  return value;
}

/** A field that must be a list of documents. @throws CommandError 14 */
export function documentsField(body: Document, name: string): Document[] {
  const value = body[name];
  if (!Array.isArray(value) || !value.every(isDocument)) {
    throw new CommandError(14, `BSON field '${name}' must be an array of documents, not ${typeName(value)}`);
  }
  return value;
}

/** A whole number that is not negative; `otherwise` when it is left out. @throws CommandError 51024 */
export function countField(body: Document, name: string, otherwise: number): number {
  const value = body[name];
  if (isNullish(value)) {
    return otherwise;
  }
  const number = toNumber(value);
  if (!Number.isFinite(number)) {
    throw new CommandError(14, `BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'long'`);
  }
  if (number < 0) {
    throw new CommandError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  }
  return Math.trunc(number);
}

/** The name of the collection that a command is about. @throws CommandError 73 */
export function collectionName(body: Document, command: string): string {
  const value = body[command];
  if (typeof value !== 'string') {
    throw new CommandError(73, `collection name has invalid type ${typeName(value)}`);
  }
  return value;
}

/** The values of `let`. */
export function letVariables(value: unknown): Variables {
  if (isNullish(value)) {
    return new Map();
  }
  if (!isDocument(value)) {
    throw badValue("'let' must be an object");
  }
  const none: Variables = new Map();
  return new Map(
    Object.keys(value).map((name) => [name, compileExpression(value[name])(document(), none) ?? null] as const),
  );
}

/** The collation of an operation: its own, or its collection's. */
export function collationFor({ server, database }: CommandContext, collection: string, own: unknown): Collation {
  return collationOf(own ?? server.store.get({ database, collection })?.options.collation);
}
