import { appendFile, chmod, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, onTestFinished, test } from 'vitest';
import { makeRig, type Rig, ROOT } from '../rig/cli.ts';

const KINDS = path.join(ROOT, 'fixtures', 'courses', 'kinds');
const DOCUMENTS = path.join(KINDS, 'exercises', 'documents');
const SOLUTION = ['check', 'documents', '--course', KINDS, '--submission', path.join(DOCUMENTS, 'solution')];

/** A port that nothing listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function serve(rig: Rig, args: readonly string[] = []) {
  const port = await freePort();
  const running = rig.start(['database', '--port', String(port), '--data', 'data', ...args]);
  await running.sees(`mongodb://127.0.0.1:${port}`);
  const client = await new MongoClient(`mongodb://127.0.0.1:${port}`, { serverSelectionTimeoutMS: 5000 }).connect();
  onTestFinished(() => client.close());
  const stop = async () => {
    await client.close();
    running.child.kill('SIGINT');
    return running.finished;
  };
  return { port, items: client.db('shop').collection('items'), stop, running, client };
}

test('database serves until Ctrl-C, and what was written is there the next time', async () => {
  const rig = await makeRig();
  const first = await serve(rig);
  await first.items.createIndex({ name: 1 }, { unique: true });
  await first.items.insertMany([{ name: 'a', when: new Date(5) }, { name: 'B' }]);
  await first.client.db('Shop').collection('items').insertOne({ other: true });
  expect(await first.stop()).toMatchObject({ code: 130 });
  const second = await serve(rig);
  expect(await second.items.find({}, { projection: { _id: 0 } }).toArray()).toEqual([
    { name: 'a', when: new Date(5) },
    { name: 'B' },
  ]);
  expect(await second.items.insertOne({ name: 'a' }).catch((error) => error.code)).toBe(11000);
  expect(await second.client.db('Shop').collection('items').countDocuments()).toBe(1);
  await second.stop();
});

test('a killed tutor loses nothing that was a moment old, and leaves no server', async () => {
  const rig = await makeRig();
  const { items, running, port } = await serve(rig);
  await items.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n })));
  running.child.kill('SIGKILL');
  await running.finished;
  await expect
    .poll(
      () =>
        MongoClient.connect(`mongodb://127.0.0.1:${port}`, { serverSelectionTimeoutMS: 200 }).then(
          (open) => open.close().then(() => 'serves'),
          () => 'gone',
        ),
      { timeout: 10_000 },
    )
    .toBe('gone');
  const again = await serve(rig);
  expect(await again.items.countDocuments()).toBe(1000);
  await again.stop();
});

test('a damaged file is kept aside and told, the others are there', async () => {
  const rig = await makeRig();
  const first = await serve(rig);
  await first.items.insertOne({ n: 1 });
  await first.client.db('shop').collection('notes').insertOne({ n: 2 });
  await first.stop();
  const files = await readdir(path.join(rig.folder, 'data'));
  const notes = files.find((file) => file.includes('notes')) ?? '';
  await appendFile(path.join(rig.folder, 'data', notes), 'half a document');
  const second = await serve(rig);
  expect(await second.items.countDocuments()).toBe(1);
  expect(await second.client.db('shop').collection('notes').countDocuments()).toBe(0);
  const { stderr } = await second.stop();
  expect(stderr).toContain('A file of it was damaged');
  expect((await readdir(path.join(rig.folder, 'data'))).some((file) => file.includes('damaged'))).toBe(true);
});

test('a taken port and data that is served already are told, with what to do', async () => {
  const rig = await makeRig();
  const first = await serve(rig);
  const taken = await rig.run(['database', '--port', String(first.port)]);
  expect(taken).toMatchObject({ code: 2 });
  expect(taken.stderr).toContain(`--port ${first.port + 1}`);
  const shared = await rig.run(['database', '--data', 'data']);
  expect(shared).toMatchObject({ code: 2 });
  expect(shared.stderr).toContain(`mongodb://127.0.0.1:${first.port}`);
  await first.stop();
});

test.each([
  ['postgres', 'There is no database provider "postgres"'],
  ['mongodb+srv://user:secret@cluster0.example.net', 'no address of a server without a password'],
])('--database %s is refused before anything runs', async (where, text) => {
  const rig = await makeRig();
  const { code, stderr } = await rig.run([...SOLUTION, '--database', where]);
  expect(code).toBe(2);
  expect(stderr).toContain(text);
});

test('an address that does not answer is told within two seconds, and never replaced', async () => {
  const rig = await makeRig();
  const { code, stderr } = await rig.run(SOLUTION, {
    env: { NODE_TUTOR_DATABASE: `mongodb://127.0.0.1:${await freePort()}` },
  });
  expect(code).toBe(2);
  expect(stderr).toContain('cannot be used');
});

test('an explicit address is used, under guard', async () => {
  const rig = await makeRig();
  const { port, stop, client } = await serve(rig);
  const { code, stdout } = await rig.run([
    ...SOLUTION,
    '--isolate',
    'guard',
    '--database',
    `mongodb://127.0.0.1:${port}`,
  ]);
  expect(stdout).toContain('2 of 2 passed');
  expect(code).toBe(0);
  expect(await client.db('shop').collection('products').countDocuments()).toBe(2);
  await stop();
});

test('mongod from the PATH is started on a folder of its own, and gone afterwards', async () => {
  const rig = await makeRig();
  const bin = path.join(rig.folder, 'bin');
  await rig.write('bin/mongod', '');
  const program = [
    '#!/usr/bin/env node',
    `const port = process.argv[process.argv.indexOf('--port') + 1];`,
    `require('node:fs').writeFileSync(process.argv[process.argv.indexOf('--dbpath') + 1] + '/used', '');`,
    `const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(path.join(ROOT, 'dist', 'database.cjs'))}, JSON.stringify({ port: Number(port), host: '127.0.0.1' })], { stdio: ['pipe', 'pipe', 'inherit'] });`,
    `child.stdout.once('data', () => console.log('Waiting for connections'));`,
    `process.on('SIGTERM', () => child.stdin.end());`,
  ];
  await writeFile(path.join(bin, 'mongod'), program.join('\n'));
  await chmod(path.join(bin, 'mongod'), 0o755);
  const env = { PATH: [bin, rig.env.PATH].join(path.delimiter) };
  const { code, stdout } = await rig.run([...SOLUTION, '--isolate', 'guard', '--database', 'mongod'], { env });
  expect(stdout).toContain('2 of 2 passed');
  expect(code).toBe(0);
  const doctor = await rig.run(['doctor', '--database', 'mongod'], { env });
  expect(doctor.stdout).toContain(path.join(bin, 'mongod'));
});

test('without mongod on the PATH, --database mongod says so', async () => {
  const rig = await makeRig();
  const { code, stderr } = await rig.run([...SOLUTION, '--database', 'mongod']);
  expect(code).toBe(2);
  expect(stderr).toContain('There is no program mongod');
});

test('run keeps the learner’s data between two runs', async () => {
  const rig = await makeRig();
  await rig.run(['start', 'documents', '--course', KINDS, '--dir', 'work']);
  await rig.write(
    'work/documents/index.js',
    `const { MongoClient } = require('mongodb');
const client = new MongoClient('mongodb://localhost:27017');
client.connect().then(async () => {
  const notes = client.db('mine').collection('notes');
  await notes.insertOne({ at: new Date() });
  console.log(await notes.countDocuments(), 'notes');
  await client.close();
});
`,
  );
  const run = () => rig.run(['run', 'documents', '--dir', 'work', '--course', KINDS]);
  expect((await run()).stdout).toBe('1 notes\n');
  expect((await run()).stdout).toBe('2 notes\n');
});
