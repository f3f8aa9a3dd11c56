import { ObjectId } from 'bson';
import type { Value } from '../model/course.ts';
import {
  type DatabaseChoice,
  DatabaseStuck,
  type MongoDocument,
  type SessionDatabase,
  USUAL_PORT,
} from '../model/mongo.ts';
import { addressOf } from './address.ts';
import { connectDatabase, type DatabaseClient, DatabaseError } from './client.ts';
import { type Document, fieldsOf, isDocument } from './embedded/values/document.ts';
import { documentToJson, fromExtendedJson, toExtendedJson } from './extended-json.ts';
import { type DatabaseProcess, startEmbedded, startMongod } from './processes.ts';

/** How long an address may take to answer, and a command, in milliseconds. */
const ADDRESS_TIMEOUT = 2_000;
const COMMAND_TIMEOUT = 3_000;
/** Databases that belong to the server. */
const INTERNAL = ['admin', 'config', 'local'];
const MOST_FOUND = 10_000;

/** A place for documents. */
interface Place {
  database: string;
  collection: string;
}

/** The database of one session, and what the engine does with it. */
export interface OpenDatabase extends SessionDatabase {
  /** The port on which the server really listens. */
  readonly port: number;
  /** Empties the server and puts the seed in, before a run. */
  reset(seed: Readonly<Record<string, Value>>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database of a session.
 *
 * @param options.dist where `database.cjs` lies
 * @throws Error when the server cannot be started, or the address does not answer within 2 s
 */
export async function openDatabase(
  choice: DatabaseChoice,
  { dist, name }: { dist: string; name: string },
): Promise<OpenDatabase> {
  const connect = async (): Promise<Connection> => {
    const server = await startServer(choice, dist);
    try {
      const client = await connectDatabase(server, choice.provider === 'address' ? ADDRESS_TIMEOUT : COMMAND_TIMEOUT);
      await client.command('admin', { ping: 1 });
      return { server, client };
    } catch (error) {
      await server.close();
      throw error;
    }
  };
  // The embedded server keeps nothing of its own in them: what is there, a run has left.
  const kept = choice.provider === 'embedded' ? [] : INTERNAL;
  return new Session(await connect(), connect, { name, kept });
}

interface Connection {
  server: Server;
  client: DatabaseClient;
}

type Server = Pick<DatabaseProcess, 'host' | 'port' | 'close'>;

async function startServer(choice: DatabaseChoice, dist: string): Promise<Server> {
  switch (choice.provider) {
    case 'embedded':
      return startEmbedded(dist);
    case 'mongod':
      return startMongod(choice.file);
    case 'address':
      return { ...addressOf(choice.uri), close: async () => undefined };
  }
}

class Session implements OpenDatabase {
  readonly name: string;
  readonly #reconnect: () => Promise<Connection>;
  /** Databases that are not emptied before a run. */
  readonly #kept: readonly string[];
  #connection: Connection;
  /** The server did not answer: it is ended, and started anew before the next run. */
  #stuck = false;
  #seeded: Readonly<Record<string, readonly Document[]>> = {};

  constructor(
    connection: Connection,
    reconnect: () => Promise<Connection>,
    { name, kept }: { name: string; kept: readonly string[] },
  ) {
    this.#connection = connection;
    this.#reconnect = reconnect;
    this.#kept = kept;
    this.name = name;
  }

  get port(): number {
    return this.#connection.server.port;
  }

  /** @throws DatabaseError for a reply that says no, DatabaseStuck when there is none */
  async #command(database: string, body: object): Promise<Document> {
    try {
      return await this.#connection.client.command(database, body);
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      this.#stuck = true;
      throw new DatabaseStuck('The database does not answer.', { cause: error });
    }
  }

  async #end(): Promise<void> {
    this.#connection.client.close();
    await this.#connection.server.close();
  }

  get uri(): string {
    return `mongodb://127.0.0.1:${USUAL_PORT}/${this.name}`;
  }

  async databases(): Promise<string[]> {
    return (await this.#allDatabases()).filter((name) => !INTERNAL.includes(name));
  }

  async #allDatabases(): Promise<string[]> {
    const reply = await this.#command('admin', { listDatabases: 1, nameOnly: true });
    return (reply.databases as Document[]).map(({ name }) => String(name));
  }

  async collections(database: string): Promise<string[]> {
    const reply = await this.#command(database, { listCollections: 1, nameOnly: true });
    return this.#batch(reply).map(({ name }) => String(name));
  }

  async find(place: Place, filter: Value): Promise<MongoDocument[]> {
    return (await this.#find(place, filter)).map(documentToJson);
  }

  async #find({ database, collection }: Place, filter: Value): Promise<Document[]> {
    const reply = await this.#command(database, {
      find: collection,
      filter: fromExtendedJson(filter),
      batchSize: MOST_FOUND,
      limit: MOST_FOUND,
      singleBatch: true,
    });
    return this.#batch(reply);
  }

  async indexes({ database, collection }: Place) {
    const reply = await this.#command(database, { listIndexes: collection });
    return this.#batch(reply).map(({ key, unique }) => ({
      key: toExtendedJson(key) as MongoDocument,
      unique: unique === true,
    }));
  }

  async accepts({ database, collection }: Place, candidate: Value): Promise<boolean> {
    const added = fromExtendedJson(candidate);
    const tried = fieldsOf({ _id: new ObjectId() }, isDocument(added) ? added : {});
    try {
      await this.#command(database, { insert: collection, documents: [tried] });
      await this.#command(database, { delete: collection, deletes: [{ q: { _id: tried._id }, limit: 1 }] });
      return true;
    } catch (error) {
      if (error instanceof DatabaseError) return false;
      throw error;
    }
  }

  async seeded(collection: string, filter: Value): Promise<MongoDocument[]> {
    const { compileQuery } = await import('./embedded/query/match.ts');
    const wanted = fromExtendedJson(filter);
    const matches = compileQuery(isDocument(wanted) ? wanted : fieldsOf({}));
    return (this.#seeded[collection] ?? []).filter((seeded) => matches(seeded)).map(documentToJson);
  }

  async reset(seed: Readonly<Record<string, Value>>): Promise<void> {
    const answers = !this.#stuck && (await this.#command('admin', { ping: 1 }).catch(() => undefined)) !== undefined;
    if (!answers) {
      await this.#end();
      this.#connection = await this.#reconnect();
      this.#stuck = false;
    }
    const left = (await this.#allDatabases()).filter((name) => !this.#kept.includes(name));
    for (const database of left) await this.#command(database, { dropDatabase: 1 });
    const seeded: Record<string, readonly Document[]> = {};
    for (const [collection, value] of Object.entries(seed)) {
      const documents = [fromExtendedJson(value)].flat().filter(isDocument);
      if (documents.length > 0) await this.#command(this.name, { insert: collection, documents });
      seeded[collection] = await this.#find({ database: this.name, collection }, {});
    }
    this.#seeded = seeded;
  }

  async close(): Promise<void> {
    await this.#end();
  }

  #batch(reply: Document): Document[] {
    const { cursor } = reply;
    const batch = isDocument(cursor) ? cursor.firstBatch : [];
    return Array.isArray(batch) ? batch.filter(isDocument) : [];
  }
}
