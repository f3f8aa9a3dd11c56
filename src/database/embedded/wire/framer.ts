/** As long as a message may be, with its header. */
const MAX_MESSAGE = 48_000_000;
const HEADER = 16;

/** Cuts whole messages out of a stream of bytes. */
export class Framer {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The messages that are complete with these bytes. @throws Error for a length that no message has */
  push(bytes: Buffer): Buffer[] {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    const messages: Buffer[] = [];
    for (let wanted = this.#next(); wanted > 0 && this.#length >= wanted; wanted = this.#next()) {
      const all = this.#joined();
      messages.push(all.subarray(0, wanted));
      this.#chunks = [all.subarray(wanted)];
      this.#length -= wanted;
    }
    return messages;
  }

  /** The length of the message that begins here; 0 when that is not known yet. */
  #next(): number {
    if (this.#length < 4) {
      return 0;
    }
    const [first] = this.#chunks;
    const length = (first && first.length >= 4 ? first : this.#joined()).readInt32LE(0);
    if (length < HEADER || length > MAX_MESSAGE) {
      throw new Error(`A message of ${length} bytes`);
    }
    return length;
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    const all = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
