import { connect } from 'node:net';
import { type Document, MongoClient, MongoServerError } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DatabaseServer, startDatabase } from '../../src/database/embedded/server.ts';

let server: DatabaseServer;
let client: MongoClient;

beforeAll(async () => {
  server = await startDatabase({ port: 0, host: '127.0.0.1' });
  client = await new MongoClient(server.uri).connect();
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const db = () => client.db('shop');
const items = () => db().collection<Document & { _id: number }>('items');
const code = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof MongoServerError ? error.code : error),
  );

beforeEach(async () => {
  await db().dropDatabase();
});

const PEOPLE = [
  {
    _id: 1,
    name: 'Ann',
    age: 30,
    tags: ['a', 'b'],
    addr: { city: 'Oslo', zip: 1 },
    items: [
      { p: 1, q: 5 },
      { p: 2, q: 10 },
    ],
  },
  { _id: 2, name: 'Bob', age: 25, tags: ['b'], addr: { city: 'Rome' }, items: [{ p: 1, q: 20 }] },
  { _id: 3, name: 'cid', age: 35, tags: [], addr: null },
  { _id: 4, name: 'Dee' },
];

test.each([
  [{ age: { $gt: 25 } }, [1, 3]],
  [{ age: { $gte: 25, $lt: 35 } }, [1, 2]],
  [{ age: { $nin: [25] } }, [1, 3, 4]],
  [{ age: { $not: { $gt: 26 } } }, [2, 4]],
  [{ $nor: [{ age: 25 }, { age: 30 }] }, [3, 4]],
  [{ name: { $regex: '^b', $options: 'i' } }, [2]],
  [{ name: { $in: [/^a/i, 'Bob'] } }, [1, 2]],
  [{ age: { $exists: false } }, [4]],
  [{ items: { $elemMatch: { p: 1, q: { $gt: 10 } } } }, [2]],
  [{ tags: { $elemMatch: { $eq: 'a' } } }, [1]],
  [{ items: { $elemMatch: { $exists: false } } }, []],
  [{ 'items.0.q': 20 }, [2]],
  [{ 'addr.zip': null }, [2, 3, 4]],
  [{ addr: { $type: 'null' } }, [3]],
  [{ tags: { $size: 2 } }, [1]],
  [{ tags: { $all: ['a', 'b'] } }, [1]],
  [{ tags: ['b'] }, [2]],
  [{ age: { $mod: [10, 0] } }, [1]],
  [{ $expr: { $gt: ['$age', 28] } }, [1, 3]],
  [{ addr: { zip: 1, city: 'Oslo' } }, []],
  [{ age: { $bitsAllSet: [1, 2] } }, [1]],
  [{ $jsonSchema: { required: ['age'], properties: { age: { maximum: 30 } } } }, [1, 2]],
])('find %j', async (filter, ids) => {
  await items().insertMany(PEOPLE);
  const found = await items()
    .find(filter as object)
    .sort({ _id: 1 })
    .toArray();
  expect(found.map(({ _id }) => _id)).toEqual(ids);
});

test.each([
  ['$set of a new path', {}, { $set: { 'x.y.z': 1 } }, { x: { y: { z: 1 } } }],
  ['$set behind an array’s end', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['$inc of what is not there', {}, { $inc: { n: 2 } }, { n: 2 }],
  ['$mul', { n: 4 }, { $mul: { n: 2.5 } }, { n: 10 }],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 9 } }, { a: 3, b: 9 }],
  ['$rename', { a: 1 }, { $rename: { a: 'b' } }, { b: 1 }],
  ['$unset', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  [
    '$push in order and cut',
    { a: [3, 1] },
    { $push: { a: { $each: [2, 4], $sort: 1, $slice: -3 } } },
    { a: [2, 3, 4] },
  ],
  ['$push at a position', { a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { a: [1, 2, 3, 4] }],
  ['$addToSet', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  ['$pull with a condition', { a: [1, 5, 8] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ['$pull of documents', { a: [{ k: 1 }, { k: 2 }] }, { $pull: { a: { k: 1 } } }, { a: [{ k: 2 }] }],
  ['$pop', { a: [1, 2] }, { $pop: { a: -1 } }, { a: [2] }],
  ['$bit', { a: 5 }, { $bit: { a: { and: 4 } } }, { a: 4 }],
  ['$[]', { a: [{ v: 1 }, { v: 2 }] }, { $inc: { 'a.$[].v': 1 } }, { a: [{ v: 2 }, { v: 3 }] }],
  ['a pipeline', { a: 2, b: 3 }, [{ $set: { sum: { $add: ['$a', '$b'] } } }], { a: 2, b: 3, sum: 5 }],
])('update: %s', async (...[, before, update, after]) => {
  await items().insertOne({ _id: 1, ...before });
  await items().updateOne({}, update as object);
  expect(await items().findOne({}, { projection: { _id: 0 } })).toEqual(after);
});

test('the positional operator changes the element that matched', async () => {
  await items().insertOne({
    _id: 1,
    a: [
      { k: 1, v: 0 },
      { k: 2, v: 0 },
    ],
  });
  await items().updateOne({ 'a.k': 2 }, { $set: { 'a.$.v': 7 } });
  await items().updateOne({}, { $inc: { 'a.$[low].v': 1 } }, { arrayFilters: [{ 'low.v': { $lt: 5 } }] });
  expect((await items().findOne())?.a).toEqual([
    { k: 1, v: 1 },
    { k: 2, v: 7 },
  ]);
});

test.each([
  [
    'an unknown operator of a query',
    2,
    () =>
      items()
        .find({ a: { $foo: 1 } })
        .toArray(),
  ],
  ['an unknown operator of an update', 9, () => items().updateOne({}, { $foo: { a: 1 } } as object)],
  ['two changes of one path', 40, () => items().updateOne({}, { $set: { a: 1 }, $inc: { a: 1 } })],
  ['another _id', 66, () => items().updateOne({}, { $set: { _id: 2 } } as object)],
  ['a field in a scalar', 28, () => items().updateOne({}, { $set: { 'text.b': 1 } })],
  ['an increment of a text', 14, () => items().updateOne({}, { $inc: { text: 1 } } as object)],
  ['a push to a text', 2, () => items().updateOne({}, { $push: { text: 1 } } as object)],
  ['a projection that mixes', 31254, () => items().findOne({}, { projection: { a: 1, b: 0 } })],
  [
    'an unknown stage',
    40324,
    () =>
      items()
        .aggregate([{ $foo: 1 }])
        .toArray(),
  ],
  ['an unknown command', 59, () => db().command({ nopeNope: 1 })],
  ['a change stream', 40573, () => items().watch().next()],
  ['JavaScript', 238, () => items().find({ $where: 'true' }).toArray()],
])('%s is error %i', async (_what, expected, work) => {
  await items().insertOne({ _id: 1, text: 'x' });
  expect(await code(work() as Promise<unknown>)).toBe(expected);
});

test('a duplicate key names the index, its pattern and the value', async () => {
  await items().createIndex({ email: 1 }, { unique: true });
  await items().insertOne({ _id: 1, email: 'a@b.c' });
  const error = await items()
    .insertOne({ _id: 2, email: 'a@b.c' })
    .catch((reason) => reason);
  expect(error).toMatchObject({ code: 11000, keyPattern: { email: 1 }, keyValue: { email: 'a@b.c' } });
  expect(error.message).toContain(
    'E11000 duplicate key error collection: shop.items index: email_1 dup key: { email: "a@b.c" }',
  );
});

test('sparse, partial and compound unique indexes', async () => {
  await items().createIndex({ s: 1 }, { unique: true, sparse: true });
  await items().createIndex({ p: 1 }, { unique: true, partialFilterExpression: { on: true } });
  await items().createIndex({ a: 1, b: 1 }, { unique: true, sparse: true });
  await items().insertMany([
    { _id: 1, p: 1 },
    { _id: 2, p: 1, on: true },
    { _id: 3, a: 1, b: 1 },
    { _id: 4, a: 1, b: 2 },
  ]);
  expect(await code(items().insertOne({ _id: 5, p: 1, on: true }))).toBe(11000);
  expect(await code(items().insertOne({ _id: 6, a: 1, b: 2 }))).toBe(11000);
  await items().updateOne({ _id: 2 }, { $set: { p: 2 } });
  expect(await code(items().insertOne({ _id: 7, p: 1, on: true }))).toBeUndefined();
});

test('an ordered batch stops at the first error, an unordered one goes on', async () => {
  const docs = () => [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
  await items()
    .insertMany(docs())
    .catch(() => undefined);
  expect(await items().countDocuments()).toBe(1);
  await items().deleteMany({});
  await items()
    .insertMany(docs(), { ordered: false })
    .catch(() => undefined);
  expect(await items().countDocuments()).toBe(2);
});

test('an indexed find reads no other document, also after changes', async () => {
  await items().insertMany(Array.from({ length: 500 }, (_, _id) => ({ _id, n: _id, tags: [_id, -_id] })));
  await items().createIndexes([{ key: { n: 1 } }, { key: { tags: 1 } }]);
  const plan = async (filter: object) => (await items().find(filter).explain('executionStats')).executionStats;
  expect(await plan({ n: 7 })).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
  expect(await plan({ n: { $gte: 5, $lt: 8 } })).toMatchObject({ nReturned: 3, totalDocsExamined: 4 });
  expect(await plan({ tags: 7 })).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
  await items().updateMany({ n: { $lt: 3 } }, { $set: { n: 1000 } });
  await items().deleteOne({ n: 7 });
  expect(await items().countDocuments({ n: 1000 })).toBe(3);
  expect(await items().countDocuments({ n: { $lte: 7 } })).toBe(4);
  expect(await items().countDocuments({ tags: { $gt: 490, $lt: -490 } } as object)).toBe(9);
});

test('a validator refuses, and says which rule', async () => {
  await db().createCollection('items', {
    validator: { $jsonSchema: { required: ['n'], properties: { n: { bsonType: 'int' } } } },
  });
  const error = await items()
    .insertOne({ _id: 1, n: 'x' })
    .catch((reason) => reason);
  expect(error.code).toBe(121);
  expect(error.errInfo.details.schemaRulesNotSatisfied[0]).toMatchObject({ operatorName: 'properties' });
  expect(await code(items().insertOne({ _id: 2, n: 5 }))).toBeUndefined();
  expect(await code(items().updateOne({}, { $unset: { n: '' } }))).toBe(121);
});

test('documents are deleted when their time is over', async () => {
  await items().createIndex({ at: 1 }, { expireAfterSeconds: 0 });
  await items().insertMany([{ _id: 1, at: new Date(0) }, { _id: 2, at: new Date(Date.now() + 60_000) }, { _id: 3 }]);
  await expect.poll(() => items().countDocuments(), { timeout: 5_000 }).toBe(2);
});

test('$out and $merge write, and leave what was there when they fail', async () => {
  await items().insertMany([
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ]);
  const target = db().collection('target');
  await target.insertOne({ old: true });
  await target.createIndex({ n: 1 }, { unique: true });
  expect(
    await code(
      items()
        .aggregate([{ $project: { n: { $literal: 1 } } }, { $out: 'target' }])
        .toArray(),
    ),
  ).toBe(11000);
  expect(await target.findOne({}, { projection: { _id: 0 } })).toEqual({ old: true });
  await items()
    .aggregate([{ $match: { n: 1 } }, { $out: 'target' }])
    .toArray();
  await items()
    .aggregate([{ $set: { n: { $add: ['$n', 10] } } }, { $merge: 'target' }])
    .toArray();
  expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 1, n: 11 },
    { _id: 2, n: 12 },
  ]);
});

test('maxTimeMS ends a query that takes too long', async () => {
  await items().insertMany(Array.from({ length: 3000 }, (_, _id) => ({ _id })));
  const slow = items().aggregate(
    [
      {
        $lookup: {
          from: 'items',
          let: { id: '$_id' },
          pipeline: [{ $match: { $expr: { $gt: ['$_id', '$$id'] } } }],
          as: 'more',
        },
      },
    ],
    { maxTimeMS: 50 },
  );
  expect(await code(slow.toArray())).toBe(50);
});

describe('hostile input', () => {
  test('no operator reaches a prototype', async () => {
    await items().insertOne(JSON.parse('{"_id":1,"a":1,"__proto__":{"x":1}}'));
    await items().updateOne({}, { $rename: { a: '__proto__.polluted' } });
    await items().updateOne({}, { $set: { 'constructor.prototype.polluted': 1 } });
    await items().updateOne({}, [{ $set: { b: { $arrayToObject: [[['__proto__', { polluted: 1 }]]] } } }]);
    await items()
      .aggregate([{ $group: { _id: '__proto__', n: { $sum: 1 } } }])
      .toArray();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(await items().countDocuments({ '__proto__.polluted': 1 })).toBe(1);
    expect(await items().countDocuments({ toString: { $exists: true } })).toBe(0);
  });

  test('a document over 16 MB is refused', async () => {
    expect(await code(items().insertOne({ _id: 1, text: 'x'.repeat(16_000_000) }))).toBeUndefined();
    expect(await code(items().updateOne({}, { $set: { more: 'x'.repeat(1_000_000) } }))).toBe(17419);
  });

  test('deep documents are refused, and the server goes on', async () => {
    let deep: object = {};
    for (let level = 0; level < 250; level++) deep = { a: deep };
    expect(await code(items().insertOne({ _id: 1, deep }))).toBe(15);
    let filter: object = { a: 1 };
    for (let level = 0; level < 90; level++) filter = { $and: [filter] };
    expect(await code(items().find(filter).toArray())).toBeUndefined();
  });

  test.each([
    ['a length of zero', Buffer.from([0, 0, 0, 0])],
    ['a negative length', Buffer.from([255, 255, 255, 255])],
    ['an enormous length', Buffer.from([255, 255, 255, 127])],
    ['an unknown opcode', Buffer.concat([Buffer.from([16, 0, 0, 0]), Buffer.alloc(12, 7)])],
    ['a section of an unknown kind', broken(Buffer.from([9, 5, 0, 0, 0, 0]))],
  ])('%s ends only its connection', async (_what, bytes) => {
    const socket = connect(server.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined).write(bytes);
    await closed;
    expect(await db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test('a body that is no BSON is answered with an error', async () => {
    const socket = connect(server.port, '127.0.0.1');
    const reply = new Promise<Buffer>((resolve) => socket.once('data', resolve));
    socket.write(broken(Buffer.from([0, 9, 0, 0, 0, 1, 2, 3, 4, 5])));
    expect((await reply).toString('latin1')).toContain('Invalid BSON');
    socket.destroy();
  });

  test('half a message waits, and a thousand connections do not matter', async () => {
    const sockets = Array.from({ length: 1000 }, () => connect(server.port, '127.0.0.1').on('error', () => undefined));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    for (const socket of sockets) socket.write(Buffer.from([60, 0, 0, 0, 1]));
    expect(await db().command({ ping: 1 })).toMatchObject({ ok: 1 });
    for (const socket of sockets) socket.destroy();
  });
});

function broken(section: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(20 + section.length, 0);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, section]);
}
