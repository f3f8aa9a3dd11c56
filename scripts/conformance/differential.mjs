// Sends the same random work to the embedded server and to MongoDB's real engine, and counts where they differ.
import { BSON, MongoClient } from 'mongodb';
import { generator } from './random.mjs';

const { EJSON } = BSON;
const DOCUMENTS = 120;
/** How many of each are sent, and at most how many of a hundred may differ. */
const ROWS = [
  ['queries', 10_000, 0.1],
  ['updates', 5_000, 1],
  ['sorts', 1_000, 1],
  ['projections', 1_000, 1],
  ['aggregations', 300, 3],
];

/** Compares two servers. @returns rows of a table: what, how many, how many differed, what is allowed, examples */
export async function compareServers({ ours, real, seed }) {
  const clients = await Promise.all([ours, real].map((uri) => new MongoClient(uri).connect()));
  const collections = clients.map((client) => client.db('conformance').collection('random'));
  try {
    const rows = [];
    for (const [what, count, allowed] of ROWS) rows.push(await compareRow(collections, { what, count, allowed, seed }));
    return rows;
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

async function compareRow(collections, { what, count, allowed, seed }) {
  const random = generator(seed);
  const documents = Array.from({ length: DOCUMENTS }, (_, _id) => ({ _id, ...random.document() }));
  for (const collection of collections) {
    await collection.drop();
    await collection.insertMany(documents);
  }
  const examples = [];
  let differ = 0;
  for (let index = 0; index < count; index++) {
    const work = WORK[what](random);
    const [ours, real] = await Promise.all(collections.map((collection) => outcome(() => work.run(collection))));
    if (ours === real) continue;
    differ += 1;
    if (examples.length < 5)
      examples.push({ work: EJSON.stringify(work.spec), ours: ours.slice(0, 300), real: real.slice(0, 300) });
  }
  return { what, count, differ, allowed, examples };
}

const list = (cursor) => cursor.map((found) => found._id).toArray();

const WORK = {
  queries: (random) => {
    const spec = random.query();
    return { spec, run: (collection) => list(collection.find(spec)) };
  },
  sorts: (random) => {
    const spec = random.sort();
    return { spec, run: (collection) => list(collection.find().sort(spec)) };
  },
  projections: (random) => {
    const spec = random.projection();
    return { spec, run: (collection) => collection.find({}, { projection: spec, promoteValues: false }).toArray() };
  },
  updates: (random) => {
    const spec = { before: { _id: 1, ...random.document() }, ...random.update() };
    return { spec, run: (collection) => updateOnce(collection, spec) };
  },
  aggregations: (random) => {
    const spec = random.pipeline();
    return { spec, run: (collection) => collection.aggregate(spec, { promoteValues: false }).toArray() };
  },
};

async function updateOnce(collection, { before, filter, update, upsert }) {
  const own = collection.db.collection('updated');
  await own.deleteMany({});
  await own.insertOne(before);
  const { matchedCount, modifiedCount, upsertedCount } = await own.updateOne(filter, update, { upsert });
  const after = await own.find({}, { promoteValues: false }).toArray();
  const known = after.map((found) => (found._id?._bsontype === 'ObjectId' ? { ...found, _id: 'made' } : found));
  return [matchedCount, modifiedCount, upsertedCount, known];
}

/** A result as canonical text, or that it failed: codes are compared, wordings are not. */
async function outcome(run) {
  try {
    return EJSON.stringify(await run(), { relaxed: false });
  } catch (error) {
    return error.code === undefined ? `error ${error.message}` : 'error';
  }
}
