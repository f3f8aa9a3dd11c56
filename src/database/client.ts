import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decode } from './embedded/values/decode.ts';
import type { Document } from './embedded/values/document.ts';
import { encode } from './embedded/values/encode.ts';
import { Framer } from './embedded/wire/framer.ts';

const OP_MSG = 2013;

/** A reply that says no: MongoDB's own code and text. */
export class DatabaseError extends Error {
  readonly code: number;

  constructor({ code, errmsg }: Document) {
    super(String(errmsg));
    this.code = Number(code);
  }
}

/** The grader's own connection to a server: one command after the other, without the start-up cost of a driver. */
export interface DatabaseClient {
  /** @throws DatabaseError for a reply that says no, Error when the connection ends or nothing comes in time */
  command(database: string, body: object): Promise<Document>;
  close(): void;
}

/** Connects to a server without authentication. @throws Error of the system, or when it takes longer than `timeout` milliseconds */
export async function connectDatabase(
  { host, port }: { host: string; port: number },
  timeout: number,
): Promise<DatabaseClient> {
  const socket = connect({ host, port });
  socket.setNoDelay(true);
  await once(socket, 'connect', { signal: AbortSignal.timeout(timeout) }).catch((error: Error) => {
    socket.destroy();
    throw error;
  });
  const replies = new Replies(socket, timeout);
  let last = 0;
  return {
    async command(database, body) {
      last += 1;
      const reply = replies.of(last);
      socket.write(message(last, { ...body, $db: database }));
      const answer = await reply;
      const [fault] = Array.isArray(answer.writeErrors) ? answer.writeErrors : [];
      if (Number(answer.ok) !== 1 || fault !== undefined) throw new DatabaseError((fault as Document) ?? answer);
      return answer;
    },
    close: () => socket.destroy(),
  };
}

/** Replies that are waited for, by the number of their request. */
class Replies {
  readonly #waiting = new Map<number, { resolve: (reply: Document) => void; reject: (error: Error) => void }>();
  readonly #timeout: number;

  constructor(socket: Socket, timeout: number) {
    this.#timeout = timeout;
    const framer = new Framer();
    socket.on('data', (bytes) => {
      try {
        for (const reply of framer.push(bytes)) {
          this.#waiting.get(reply.readInt32LE(8))?.resolve(decode(reply.subarray(21)));
        }
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection to the database ended')));
  }

  of(id: number): Promise<Document> {
    let resolve: (reply: Document) => void = () => undefined;
    let reject: (error: Error) => void = () => undefined;
    const promise = new Promise<Document>((...settle) => {
      [resolve, reject] = settle;
    });
    const timer = setTimeout(() => reject(new Error('the database does not answer')), this.#timeout);
    this.#waiting.set(id, { resolve, reject });
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(id);
    });
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}

function message(id: number, body: object): Buffer {
  const section = encode(body);
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + section.length, 0);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, section]);
}
