import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { ServerState } from './commands/context.ts';
import { Cursors } from './commands/cursors.ts';
import { answer, failure } from './commands/dispatch.ts';
import { CommandError } from './errors.ts';
import { deleteExpired } from './store/expiry.ts';
import { Snapshots } from './store/snapshot.ts';
import { Store } from './store/store.ts';
import { Framer } from './wire/framer.ts';
import { type Message, parseMessage, replyTo } from './wire/message.ts';

/** Milliseconds between two looks at TTL indexes and idle cursors; the real server takes a minute. */
const SWEEP = 1000;

export interface DatabaseOptions {
  /** 0 for any free port. */
  port: number;
  /** The address to listen on; only this machine's own. */
  host: string;
  /** Where data is kept; without it, it lives as long as the server. */
  folder?: string;
}

/** A running server. */
export interface DatabaseServer {
  /** `mongodb://host:port` */
  uri: string;
  port: number;
  /** Files that were damaged, under the names that they have now. */
  damaged: readonly string[];
  /** Forgets all data, as for a new run. */
  clear(): void;
  /** Writes what is not written yet, and ends all connections. */
  close(): Promise<void>;
}

/**
 * Starts the embedded server: MongoDB's wire protocol over TCP.
 *
 * @throws Error when the port is taken (`EADDRINUSE`) or the folder cannot be read
 */
export async function startDatabase({ port, host, folder }: DatabaseOptions): Promise<DatabaseServer> {
  const snapshots = folder === undefined ? undefined : new Snapshots(folder);
  const newStore = (): Store => new Store((namespace) => snapshots?.later(namespace, () => state.store));
  const state: ServerState = {
    store: newStore(),
    cursors: new Cursors(),
    address: '',
    startedAt: Date.now(),
    counters: new Map(),
    connections: 0,
  };
  const damaged = snapshots?.load(state.store) ?? [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => serve(socket, { state, sockets }));
  const bound = await listen(server, { port, host });
  state.address = `${host}:${bound}`;
  const sweep = setInterval(() => {
    deleteExpired(state.store, Date.now());
    state.cursors.sweep(Date.now());
  }, SWEEP);
  sweep.unref();
  return {
    uri: `mongodb://${state.address}`,
    port: bound,
    damaged,
    clear: () => {
      state.store = newStore();
      state.cursors = new Cursors();
    },
    close: async () => {
      clearInterval(sweep);
      snapshots?.flush(state.store);
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function listen(server: Server, where: { port: number; host: string }): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

/** Answers the messages of one connection in their order; one that is no message ends it. */
function serve(socket: Socket, { state, sockets }: { state: ServerState; sockets: Set<Socket> }): void {
  const framer = new Framer();
  state.connections += 1;
  const connectionId = state.connections;
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('close', () => {
    sockets.delete(socket);
  });
  socket.on('data', (bytes) => {
    try {
      for (const message of framer.push(bytes)) {
        respond(socket, { message, connectionId, state });
      }
    } catch {
      socket.destroy();
    }
  });
}

function respond(
  socket: Socket,
  { message, connectionId, state }: { message: Buffer; connectionId: number; state: ServerState },
): void {
  let request: Message;
  try {
    request = parseMessage(message);
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    socket.write(replyTo({ id: message.readInt32LE(4), legacy: false }, failure(error)));
    return;
  }
  const reply = answer({ body: request.body, connectionId, messageLength: message.length }, state);
  if (!request.silent) {
    socket.write(replyTo(request, reply));
  }
}
