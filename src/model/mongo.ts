import type { Template, Value } from './course.ts';

/** The port that MongoDB has everywhere, and learners write. */
export const USUAL_PORT = 27_017;

/** Where the documents of a run are, and which provider gives the server. Plain JSON. */
export type DatabaseChoice =
  | { provider: 'embedded' }
  /** A program `mongod` that is started for the session, with a folder of its own. */
  | { provider: 'mongod'; file: string }
  /** A server that runs already; its databases are dropped. */
  | { provider: 'address'; uri: string };

/** What an exercise says of its database. */
export interface DatabaseSpec {
  /** The database that `MONGODB_URI` names and the seed is put into. */
  name: string;
  /** Documents by collection, there before every run. */
  seed: Readonly<Record<string, Template>>;
}

/** The `mongo` kind: what is looked at in turn. */
export type MongoSpec = readonly MongoLook[];

/** One collection, in whichever database the run used unless one is named. */
export interface MongoLook {
  collection: string;
  database?: string;
  /** Only the documents that match this filter are looked at. */
  where?: Template;
  count?: Template;
  /** For each of these conditions there is a document of its own that matches. */
  has?: readonly Template[];
  /** The same, and there is no other document. */
  only?: readonly Template[];
  /** The documents of the seed that match are as they were. */
  unchanged?: boolean;
  indexes?: readonly IndexLook[];
  /** Documents that the collection's validator must refuse. */
  refuses?: readonly Template[];
  /** There is no such collection, or it is empty. */
  absent?: boolean;
}

export interface IndexLook {
  key: Readonly<Record<string, Value>>;
  unique?: boolean;
}

/** A document as JSON-like data: `{ $oid: … }`, `{ $date: … }` and their like for what JSON has no word for. */
export type MongoDocument = { readonly [field: string]: Value };

export interface MongoIndex {
  key: MongoDocument;
  unique: boolean;
}

/** A session's database, seen by the grader from outside. */
export interface SessionDatabase {
  /** As the learner's code reaches it, by the port that it expects. */
  readonly uri: string;
  readonly name: string;
  /** Names of the databases that hold anything. */
  databases(): Promise<string[]>;
  collections(database: string): Promise<string[]>;
  find(place: { database: string; collection: string }, filter: Value): Promise<MongoDocument[]>;
  indexes(place: { database: string; collection: string }): Promise<MongoIndex[]>;
  /** Whether the collection takes a document; it is not kept. */
  accepts(place: { database: string; collection: string }, candidate: Value): Promise<boolean>;
  /** The documents that were there before the run and match a filter. */
  seeded(collection: string, filter: Value): Promise<MongoDocument[]>;
}

/** The server of a session does not answer the grader: something keeps it busy, or has ended it. */
export class DatabaseStuck extends Error {}
