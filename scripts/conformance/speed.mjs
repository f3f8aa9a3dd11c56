// How fast the embedded server is, as ratios within one run.
import net from 'node:net';
import { MongoClient } from 'mongodb';

const DOCUMENTS = 100_000;
const ROUNDS = 5;

/** Time that a driver needs for insertMany at the server, over its time at one that only acknowledges. */
export async function insertRatio(uri) {
  const acknowledging = await startAcknowledging();
  const times = { ours: [], bare: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(await insertTime(`mongodb://127.0.0.1:${acknowledging.address().port}`));
      times.ours.push(await insertTime(uri));
    }
  } finally {
    acknowledging.close();
  }
  return median(times.ours) / median(times.bare);
}

/** How much longer an indexed find takes in a hundred times as many documents. */
export async function indexedFindRatio(uri) {
  const client = await new MongoClient(uri).connect();
  try {
    const times = [];
    for (const count of [DOCUMENTS / 100, DOCUMENTS]) {
      const collection = client.db('speed').collection(`indexed${count}`);
      await collection.insertMany(Array.from({ length: count }, (_, n) => ({ n })));
      await collection.createIndex({ n: 1 });
      await collection.findOne({ n: 1 });
      times.push(
        await timed(async () => {
          for (let n = 0; n < 500; n++) await collection.findOne({ n });
        }),
      );
    }
    await client.db('speed').dropDatabase();
    return times[1] / times[0];
  } finally {
    await client.close();
  }
}

async function insertTime(uri) {
  const client = await new MongoClient(uri).connect();
  const collection = client.db('speed').collection('inserted');
  const documents = Array.from({ length: DOCUMENTS }, (_, n) => ({
    n,
    name: `name ${n}`,
    tags: ['a', 'b'],
    at: { x: n / 2 },
  }));
  const time = await timed(() => collection.insertMany(documents));
  await collection.drop();
  await client.close();
  return time;
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

/** A server that reads messages whole and says yes to everything. */
async function startAcknowledging() {
  const server = net.createServer((socket) => {
    let chunks = [];
    let length = 0;
    socket.setNoDelay(true).on('error', () => undefined);
    socket.on('data', (bytes) => {
      chunks.push(bytes);
      length += bytes.length;
      if (chunks[0].length < 4) chunks = [Buffer.concat(chunks)];
      while (length >= 4 && length >= chunks[0].readInt32LE(0)) {
        const all = Buffer.concat(chunks);
        const message = all.subarray(0, all.readInt32LE(0));
        chunks = [all.subarray(message.length)];
        length -= message.length;
        socket.write(acknowledgement(message));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const OP_QUERY = 2004;
/** `{ ok: 1, n: …, ismaster: true, maxWireVersion: 25, … }`, built by hand so that only sockets are measured. */
function acknowledgement(message) {
  const legacy = message.readInt32LE(12) === OP_QUERY;
  const fields = [
    ...[
      ['ismaster', 1],
      ['isWritablePrimary', 1],
      ['helloOk', 1],
      ['ok', 1],
      ['minWireVersion', 0],
    ],
    ...[
      ['maxWireVersion', 25],
      ['maxBsonObjectSize', 16_777_216],
      ['maxMessageSizeBytes', 48_000_000],
    ],
    ...[
      ['maxWriteBatchSize', 100_000],
      ['n', DOCUMENTS],
    ],
  ];
  const body = Buffer.concat([
    Buffer.alloc(4),
    ...fields.map(([name, value]) => {
      const number = Buffer.alloc(4);
      number.writeInt32LE(value);
      return Buffer.concat([Buffer.from([0x10]), Buffer.from(`${name}\0`), number]);
    }),
    Buffer.alloc(1),
  ]);
  body.writeInt32LE(body.length, 0);
  const head = Buffer.alloc(legacy ? 36 : 21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(legacy ? 1 : 2013, 12);
  if (legacy) head.writeInt32LE(1, 32);
  return Buffer.concat([head, body]);
}
