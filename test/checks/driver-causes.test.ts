import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import { edited } from '../rig/edited.ts';
import { type ShortVerdict, verdictOf } from '../rig/verdict.ts';

const MANIFEST = `packages: [mongodb]
run: { limits: { time: 3s } }
given: { id: { hex: 24 }, word: word }
database:
  name: shop
  seed: { products: [{ _id: { $oid: "{{ id }}" }, name: "{{ word }}", price: 5 }] }
checks:
  - id: only
    title: prints the name of the product
    program: { args: ["{{ id }}"], stdout: { contains: ["{{ word }}"] } }
    hints: [Think.]
`;
const OPEN = `const { MongoClient, ObjectId } = require('mongodb');
const client = new MongoClient('mongodb://127.0.0.1:27017');
const products = client.db('shop').collection('products');
`;
const say = (code: string): Promise<ShortVerdict> => verdictWith(MANIFEST, { 'index.js': code });
const told = async (code: string) => {
  const { causes, results } = await say(code);
  return [causes[0], results[0]?.failure?.cause?.location?.line];
};
/** What must not be named for a program that is wrong in another way. */
const WRONG_NAME =
  'products.findOne({ _id: new ObjectId(process.argv[2]) }).then((one) => { console.log(one.price); return client.close(); });\n';

describe('the address', () => {
  it('another port, another host and Atlas are named with their line, whether or not the driver gave up', async () => {
    for (const address of ['127.0.0.1:27018', 'mongodb:27017', 'user:pw@cluster0.example.net']) {
      const code = OPEN.replace('127.0.0.1:27017', address);
      expect(await told(`${code}products.findOne().then((one) => console.log(one.name));\n`)).toEqual([
        'database-address',
        2,
      ]);
    }
    const quick = OPEN.replace("27017')", "27018', { serverSelectionTimeoutMS: 200 })");
    expect(await told(`${quick}products.findOne();\n`)).toEqual(['database-address', 2]);
  });

  it('an address without mongodb:// and a variable that nobody has set are named', async () => {
    expect((await told(OPEN.replace('mongodb://', '')))[0]).toBe('database-address');
    expect((await told(OPEN.replace(/'mongodb:.*'/, 'process.env.MONGO_URL')))[0]).toBe('database-address');
  });

  it('an address that is right is not blamed, and one that is not used in time is no cause of another fault', async () => {
    expect((await told(OPEN + WRONG_NAME))[0]).toBe('none');
    const spare = "const production = 'mongodb+srv://cluster0.example.net';\n";
    expect((await told(OPEN + spare + WRONG_NAME))[0]).toBe('none');
  });

  it('where the source does not tell the place, that no database answered is said', async () => {
    const code = OPEN.replace(
      "'mongodb://127.0.0.1:27017'",
      "'mongodb://127.0.0.1:' + 27018, { serverSelectionTimeoutMS: 200 }",
    );
    expect((await told(`${code}products.findOne();\n`))[0]).toBe('server-selection');
  });
});

describe('what today’s driver does not take', () => {
  it('old options are named as the learner wrote them', async () => {
    const code = OPEN.replace("27017')", "27017', {\n  useUnifiedTopology: true })");
    expect(await told(code)).toEqual(['old-options', 3]);
  });

  it('options that exist are not blamed', async () => {
    const code = OPEN.replace("27017')", "27017', { appName: 'useNewUrlParser' })");
    expect((await told(code + WRONG_NAME))[0]).toBe('none');
  });

  it.each([
    ['connect', 'client.connect((error) => { console.log("never"); });\n'],
    ['toArray', 'products.find().toArray(function (error, list) { console.log(list[0].name); client.close(); });\n'],
  ])('a callback of %s is named', async (_, code) => {
    expect(await told(OPEN + code)).toEqual(['driver-callback', 4]);
  });

  it('functions that are called are no callbacks in this sense', async () => {
    const code = 'products.find().forEach((one) => console.log(one.price)).then(() => client.close());\n';
    expect((await told(OPEN + code))[0]).toBe('none');
    const passes =
      'products.find().map((one) => one.name).forEach((name) => console.log(name)).then(() => client.close());\n';
    expect((await say(OPEN + passes)).status).toBe('passed');
  });
});

describe('promises and cursors', () => {
  it('an operation that nobody waited for before the connection was closed', async () => {
    expect(await told(`${OPEN}products.findOne();\nclient.close();\n`)).toEqual(['database-closed', 4]);
  });

  it('a cursor that is printed, itself or as JSON', async () => {
    const code = `${OPEN}const all = products.find();\nconsole.log(PRINTED);\nclient.close();\n`;
    expect(await told(code.replace('PRINTED', 'all'))).toEqual(['cursor-printed', 4]);
    expect(await told(code.replace('PRINTED', 'JSON.stringify(all)'))).toEqual(['cursor-printed', 4]);
  });

  it('a list that is a promise still; a list that is none for another reason is not meant', async () => {
    const code = `${OPEN}const list = products.find().toArray();\nfor (const one of list) console.log(one);\n`;
    expect(await told(code)).toEqual(['await-missing', 4]);
    const other = `${OPEN}const list = 5;\nfor (const one of list) console.log(one);\n`;
    expect((await told(other))[0]).toBe('crashed');
  });

  it('null of findOne; null of something else is not meant', async () => {
    const code = `${OPEN}products.findOne({ name: 'x' }).then((one) => console.log(one.name)).finally(() => client.close());\n`;
    expect((await told(code))[0]).toBe('nothing-found');
    expect((await told(`${OPEN}const one = null;\nconsole.log(one.name);\n`))[0]).toBe('crashed');
  });
});

describe('operations', () => {
  it.each([
    ['no-update-operator', 'products.updateOne({}, { price: 6 })'],
    ['duplicate-key', 'products.insertOne({ _id: 1 }).then(() => products.insertOne({ _id: 1 }))'],
    ['insert-one-list', 'products.insertOne([{ price: 6 }])'],
  ])('%s', async (cause, code) => {
    expect((await told(`${OPEN}${code}.finally(() => client.close());\n`))[0]).toBe(cause);
  });

  it('a duplicate key that was caught is not blamed', async () => {
    const twice =
      'products.insertOne({ _id: 1 }).then(() => products.insertOne({ _id: 1 })).catch(console.error).then(() => client.close());\n';
    expect((await told(OPEN + twice))[0]).not.toBe('duplicate-key');
  });

  it('an id that stayed a text; one that became an ObjectId is not blamed', async () => {
    const code = `${OPEN}products.findOne({ _id: process.argv[2] }).then((one) => { console.log(one?.name); return client.close(); });\n`;
    expect(await told(code)).toEqual(['text-id', 4]);
    expect((await told(OPEN + WRONG_NAME))[0]).toBe('none');
  });
});

describe('a connection that stays open', () => {
  const PRINT = 'products.findOne().then((one) => console.log(one.name));\n';

  it('passes, with the advice to close it', async () => {
    const { status, advice } = await say(OPEN + PRINT);
    expect(status).toBe('passed');
    expect(advice.join()).toMatch(/client\.close\(\)/);
  });

  it('gets no advice where it is closed', async () => {
    const closes = PRINT.replace('.then(', '.finally(() => client.close()).then(');
    expect(await say(OPEN + closes)).toMatchObject({ status: 'passed', advice: [] });
  });

  it('is not what a wrong output is put down to', async () => {
    const { status, results } = await say(`${OPEN}products.findOne().then((one) => console.log(one.price));\n`);
    expect(status).toBe('failed');
    expect(results[0]?.failure).toMatchObject({ differences: [{ what: 'stdout', got: '5' }] });
    expect(results[0]?.failure?.cause).toBeUndefined();
  });

  it('a loop beside it is named as such', async () => {
    const busy = `${OPEN}products.findOne().then(() => { for (;;) {} });\n`;
    expect((await told(busy))[0]).toBe('time');
  });
});

it('a program without a database is not asked about it', async () => {
  const files = edited('argv-sum', {});
  const [name = ''] = Object.keys(files);
  const code = "console.log('mongodb://127.0.0.1:27018'); client.connect(() => {});\n";
  expect((await verdictOf('argv-sum', { [name]: code })).causes).toEqual(['crashed']);
});

describe('a right program that looks like a mistake is accepted', () => {
  const PRINT =
    '  console.log((await products.findOne({ _id: new ObjectId(process.argv[2]) })).name);\n  await client.close();\n';
  it.each([
    [
      'server-selection: an address that is tried and given up',
      `  const other = new MongoClient('mongodb://127.0.0.1:' + 27018, { serverSelectionTimeoutMS: 100 });
  await other.connect().catch((error) => console.log(error.name));\n`,
    ],
    [
      'database-closed: a client that is closed, and opened again',
      '  await client.close();\n  await client.connect();\n',
    ],
    [
      'cursor-printed: a cursor whose documents are printed',
      '  for await (const one of products.find()) console.log(one.price);\n',
    ],
    [
      'no-update-operator: a document that replaces',
      "  await products.replaceOne({ name: 'nobody' }, { price: 6 });\n",
    ],
    ['insert-one-list: a list for insertMany', '  await products.insertMany([{ price: 6 }]);\n'],
  ])('%s', async (_what, lines) => {
    expect(await say(`${OPEN}(async () => {\n${lines}${PRINT}})();\n`)).toMatchObject({ status: 'passed', causes: [] });
  });
});
