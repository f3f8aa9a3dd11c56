import { CommandError } from '../errors.ts';
import { EncodedDocument } from '../values/encode.ts';

/** As many bytes as a batch may have. */
const MAX_BATCH = 16_000_000;
/** Documents in a first batch when the client names no size. */
const FIRST_BATCH = 101;
/** Milliseconds after which an unused cursor is forgotten. */
const IDLE = 600_000;

interface Cursor {
  namespace: string;
  documents: readonly object[];
  position: number;
  usedAt: number;
}

/** Results that clients have not read to the end. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  #lastId = BigInt(Date.now()) * 1000n;

  /** The reply with the first batch of a result; `size` is the number of documents asked for. */
  first(
    documents: readonly object[],
    { namespace, size, single = false }: { namespace: string; size: number | undefined; single?: boolean },
  ): object {
    const cursor = { namespace, documents, position: 0, usedAt: Date.now() };
    const firstBatch = take(cursor, size ?? FIRST_BATCH);
    if (single || cursor.position >= documents.length) {
      return { cursor: { firstBatch, id: 0n, ns: namespace } };
    }
    this.#lastId += 1n;
    this.#open.set(this.#lastId, cursor);
    return { cursor: { firstBatch, id: this.#lastId, ns: namespace } };
  }

  /** @throws CommandError 43 for a cursor that is not there anymore */
  next(id: bigint, size: number): object {
    const cursor = this.#open.get(id);
    if (!cursor) {
      throw new CommandError(43, `cursor id ${id} not found`);
    }
    cursor.usedAt = Date.now();
    const nextBatch = take(cursor, size);
    const done = cursor.position >= cursor.documents.length;
    if (done) {
      this.#open.delete(id);
    }
    return { cursor: { nextBatch, id: done ? 0n : id, ns: cursor.namespace } };
  }

  /** Whether there was such a cursor. */
  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  /** Forgets cursors that nobody has used for ten minutes. */
  sweep(now: number): void {
    for (const [id, cursor] of this.#open) {
      if (now - cursor.usedAt > IDLE) {
        this.#open.delete(id);
      }
    }
  }
}

function take(cursor: Cursor, count: number): EncodedDocument[] {
  const batch: EncodedDocument[] = [];
  let bytes = 0;
  while (cursor.position < cursor.documents.length && batch.length < count) {
    const next = new EncodedDocument(cursor.documents[cursor.position] as object);
    bytes += next.bytes.length;
    if (batch.length > 0 && bytes > MAX_BATCH) {
      break;
    }
    batch.push(next);
    cursor.position += 1;
  }
  return batch;
}
