import { decode } from './decode.ts';
import { type Document, fieldsOf, firstName } from './document.ts';
import { scan } from './scan.ts';

/** A document as it came, not yet read: most that are inserted by the thousand are never looked at. */
export class RawDocument {
  readonly bytes: Buffer;
  /** Its `_id`, an ObjectId, as hexadecimal digits. */
  readonly objectId: string;

  constructor(bytes: Buffer, objectId: string) {
    this.bytes = bytes;
    this.objectId = objectId;
  }

  read(): Document {
    const read = decode(this.bytes);
    return firstName(read) === '_id' ? read : fieldsOf({ _id: read._id }, read);
  }
}

/**
 * A document of a message: read, unless that can wait. Its bytes are looked through in any case.
 *
 * @throws CommandError 22 and 15, as {@link decode} does
 */
export function readOrKeep(bytes: Buffer): Document | RawDocument {
  const { objectId, hasTimestamp } = scan(bytes);
  return objectId === undefined || hasTimestamp ? decode(bytes) : new RawDocument(bytes, objectId);
}
