import { decode } from '../values/decode.ts';
import { type Document, fieldsOf, isDocument } from '../values/document.ts';
import { encode } from '../values/encode.ts';
import { type RawDocument, readOrKeep } from '../values/raw.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** A request of a client. */
export interface Message {
  id: number;
  body: Document;
  /** It came as OP_QUERY, as the first `isMaster` of a connection does, and is answered so. */
  legacy: boolean;
  /** The client wants no answer. */
  silent: boolean;
}

/**
 * Reads a message: OP_MSG, or OP_QUERY for the handshake.
 *
 * @throws CommandError 22 for broken BSON, Error for another opcode or wrong lengths
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 */
export function parseMessage(bytes: Buffer): Message {
  const id = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === OP_QUERY) {
    return { id, body: queryBody(bytes), legacy: true, silent: false };
  }
  if (opcode !== OP_MSG) {
    throw new Error(`Opcode ${opcode} is not supported`);
  }
  const flags = bytes.readUInt32LE(HEADER);
  const end = bytes.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  return { id, body: sections(bytes.subarray(HEADER + 4, end)), legacy: false, silent: (flags & MORE_TO_COME) !== 0 };
}

function queryBody(bytes: Buffer): Document {
  const nameStart = HEADER + 4;
  const nameEnd = bytes.indexOf(0, nameStart);
  const [database] = bytes.toString('utf8', nameStart, nameEnd).split('.');
  const body = decode(sized(bytes, nameEnd + 9));
  return fieldsOf(isDocument(body.$query) ? body.$query : body, { $db: database });
}

/** The sections of OP_MSG: one body, and lists of documents that belong into it. */
function sections(bytes: Buffer): Document {
  let at = 0;
  let body: Document | undefined;
  const lists: [string, (Document | RawDocument)[]][] = [];
  while (at < bytes.length) {
    const kind = bytes.readUInt8(at);
    const section = sized(bytes, at + 1);
    if (kind === 0) {
      body = decode(section);
    } else if (kind === 1) {
      lists.push(documentSequence(section));
    } else {
      throw new Error(`There is no section of kind ${kind}`);
    }
    at += 1 + section.length;
  }
  if (!body) {
    throw new Error('A message without a body');
  }
  for (const [name, documents] of lists) {
    body[name] = documents;
  }
  return body;
}

function documentSequence(section: Buffer): [string, (Document | RawDocument)[]] {
  const nameEnd = section.indexOf(0, 4);
  const name = section.toString('utf8', 4, nameEnd);
  const read = name === 'documents' ? readOrKeep : decode;
  const documents: (Document | RawDocument)[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const part = sized(section, at);
    documents.push(read(part));
    at += part.length;
  }
  return [name, documents];
}

/** The bytes from a place on, as many as the length says that stands there. */
function sized(bytes: Buffer, at: number): Buffer {
  const length = bytes.readInt32LE(at);
  if (length < 5 || at + length > bytes.length) {
    throw new Error('A part of a message has a wrong length');
  }
  return bytes.subarray(at, at + length);
}

/** A reply to a message, in the form in which it came. */
export function replyTo({ id, legacy }: Pick<Message, 'id' | 'legacy'>, reply: object): Buffer {
  const body = encode(reply);
  const head = Buffer.alloc(legacy ? HEADER + 20 : HEADER + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) {
    head.writeInt32LE(8, HEADER);
    head.writeInt32LE(1, HEADER + 16);
  }
  return Buffer.concat([head, body]);
}
