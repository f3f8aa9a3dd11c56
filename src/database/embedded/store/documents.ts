import type { Document } from '../values/document.ts';
import { RawDocument } from '../values/raw.ts';

/** The documents of a collection by the identity of their `_id`, in the order of insertion; each is read when it is first asked for. */
export class Documents {
  readonly #stored = new Map<string, Document | RawDocument>();

  get size(): number {
    return this.#stored.size;
  }

  has(id: string): boolean {
    return this.#stored.has(id);
  }

  get(id: string): Document | undefined {
    const stored = this.#stored.get(id);
    return stored instanceof RawDocument ? this.#read(id, stored) : stored;
  }

  set(id: string, stored: Document | RawDocument): void {
    this.#stored.set(id, stored);
  }

  delete(id: string): boolean {
    return this.#stored.delete(id);
  }

  *values(): Generator<Document> {
    for (const [, read] of this) {
      yield read;
    }
  }

  *[Symbol.iterator](): Generator<[string, Document]> {
    for (const [id, stored] of this.#stored) {
      yield [id, stored instanceof RawDocument ? this.#read(id, stored) : stored];
    }
  }

  #read(id: string, raw: RawDocument): Document {
    const read = raw.read();
    this.#stored.set(id, read);
    return read;
  }
}
