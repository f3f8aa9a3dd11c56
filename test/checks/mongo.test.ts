import { describe, expect, test } from 'vitest';
import { KINDS_COURSE } from '../rig/course.ts';
import { verdictOf } from '../rig/verdict.ts';

const kinds = ['--course', KINDS_COURSE];

/** A program that changes the seeded products with the driver. */
function program(body: string): Record<string, string> {
  return {
    'index.js': `const { MongoClient } = require('mongodb');
const [name, price] = [process.argv[2], Number(process.argv[3])];
(async () => {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  const db = client.db('shop');
  const products = db.collection('products');
  ${body}
  console.log('done');
  await client.close();
})();
`,
  };
}

const RIGHT =
  'await products.createIndex({ name: 1 }, { unique: true });\n  await products.updateOne({ name }, { $set: { price } });';
const failureOf = (verdict: Awaited<ReturnType<typeof verdictOf>>) => verdict.results[0]?.failure;

describe.each(['guard', 'strict'])('under %s', (layer) => {
  const grade = (body: string) => verdictOf('documents', program(body), [...kinds, '--isolate', layer]);

  test('the right documents pass', async () => {
    expect((await grade(RIGHT)).status).toBe('passed');
  });

  test('a number stored as a text is refused, and shown beside the one that was asked for', async () => {
    const failure = failureOf(await grade(RIGHT.replace('{ price }', '{ price: String(price) }')));
    expect(failure?.differences[0]?.got).toMatch(/price: "\d+"/);
  });

  test('a document too many is refused, and shown', async () => {
    const failure = failureOf(await grade(`${RIGHT}\n  await products.insertOne({ name: 'extra' });`));
    expect(failure?.differences[0]?.expected).toContain('no other document');
    expect(failure?.differences[0]?.got).toContain('extra');
  });

  test('a document that was to stay as it is, and did not', async () => {
    const failure = failureOf(
      await grade(`${RIGHT}\n  await products.updateOne({ name: 'other' }, { $pop: { tags: 1 } });`),
    );
    expect(failure?.differences[0]?.expected).toContain('tags: ["a", "b"]');
    expect(failure?.differences[0]?.got).toContain('tags: ["a"]');
  });
});

test('each run finds the seed as it was', async () => {
  const verdict = await verdictOf('documents', program(`${RIGHT}\n  await products.deleteMany({});`), kinds);
  expect(verdict.results.map(({ status }) => status)).toEqual(['failed', 'passed']);
});

test.each(['admin', 'config', 'local', 'elsewhere'])('a run finds nothing of the one before in %s', async (name) => {
  const left = `client.db('${name}').collection('left')`;
  const body = `if ((await ${left}.countDocuments()) > 0) throw new Error('left over');\n  await ${left}.insertOne({});\n  ${RIGHT}`;
  const verdict = await verdictOf('documents', program(body), kinds);
  expect(verdict.results.map(({ status, failure }) => [status, failure?.summary])).toEqual([
    ['passed', undefined],
    ['passed', undefined],
  ]);
});

test('a misspelt collection is named', async () => {
  const verdict = await verdictOf(
    'documents',
    program("await db.dropDatabase();\n  await db.collection('product').insertOne({ name, price });"),
    kinds,
  );
  expect(failureOf(verdict)?.cause).toMatchObject({ name: 'other-collection' });
  expect(failureOf(verdict)?.cause?.text).toContain('wrote to product');
});

test('a program that leaves its connection open passes by what it has done', async () => {
  const files = program(RIGHT);
  const open = { 'index.js': files['index.js']?.replace('  await client.close();\n', '') ?? '' };
  expect((await verdictOf('documents', open, kinds)).status).toBe('passed');
});

test('a program that leaves its connection open, but does something wrong at last, fails', async () => {
  const files = program(`${RIGHT}\n  setTimeout(() => products.deleteMany({}), 250);`);
  const open = { 'index.js': files['index.js']?.replace('  await client.close();\n', '') ?? '' };
  expect((await verdictOf('documents', open, kinds)).results[0]?.status).toBe('failed');
});

test('a submission cannot reach the grader’s view of its database', async () => {
  const body = `${RIGHT}\n  await client.db('admin').command({ shutdown: 1 }).catch(() => {});
  await client.db('admin').command({ killAllSessions: [] });
  await client.db('other').collection('products').insertOne({ name, price });
  await products.updateOne({ name }, { $set: { price: -1 } });`;
  expect((await verdictOf('documents', program(body), kinds)).status).toBe('failed');
});

test('a query that never ends is the learner’s, and the next check gets a server again', async () => {
  const busy = `await products.insertOne({ name: 'a'.repeat(40) + 'b' });
  products.find({ name: /^(a+)+$/ }).toArray().catch(() => {});
  console.log('done');
  setTimeout(() => process.exit(), 300);
  return;`;
  const once = `${RIGHT}\n  if (process.argv[4] === 'busy') { ${busy} }`;
  const stuck = await verdictOf('documents', program(once.replace("process.argv[4] === 'busy'", 'true')), kinds);
  expect(stuck.results.map(({ status }) => status)).toEqual(['failed', 'failed']);
  expect(stuck.causes).toContain('database-stuck');
  expect((await verdictOf('documents', program(once), kinds)).status).toBe('passed');
});
