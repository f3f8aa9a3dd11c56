// How well the embedded database server does what MongoDB does: `npm run conformance`. The differential rows need the
// real engine (--real mongodb://…), Mongoose's own tests a checkout of it with its packages (--mongoose <folder>).
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BSON } from 'mongodb';
import { compareServers } from './conformance/differential.mjs';
import { runMongooseSuite } from './conformance/mongoose-suite.mjs';
import { indexedFindRatio, insertRatio } from './conformance/speed.mjs';

/** What the real engine reaches, alone and without replication. */
const MONGOOSE_LEAST = 4_483;
const START_MOST = 50;
const INSERT_MOST = 2.2;

const { values } = parseArgs({
  options: { real: { type: 'string' }, mongoose: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const starts = [];
let server;
for (let round = 0; round < 5; round++) {
  await server?.stop();
  server = await startServer();
  starts.push(server.milliseconds);
}
let missed = 0;
function row({ what, figure, wanted, met }) {
  if (!met) missed += 1;
  console.log(`${met ? ' ' : '!'} ${what.padEnd(52)} ${String(figure).padStart(14)}   ${wanted}`);
}

const start = median(starts) - median(Array.from({ length: 5 }, bareNode));
row({
  what: 'start to the first answer, beside bare node',
  figure: `${Math.round(start)} ms`,
  wanted: `at most ${START_MOST} ms`,
  met: start <= START_MOST,
});
const insert = await insertRatio(server.uri);
row({
  what: 'insertMany of 100,000, against mere acknowledgement',
  figure: `${insert.toFixed(2)} ×`,
  wanted: `at most ${INSERT_MOST} ×`,
  met: insert <= INSERT_MOST,
});
const find = await indexedFindRatio(server.uri);
row({
  what: 'an indexed find in 100 times as many documents',
  figure: `${find.toFixed(2)} ×`,
  wanted: 'at most 2 ×: it does not scan',
  met: find <= 2,
});

if (values.real === undefined) console.log('- differential rows left out: there is no --real address of a MongoDB');
else {
  for (const { what, count, differ, allowed, examples } of await compareServers({
    ours: server.uri,
    real: values.real,
    seed: Number(values.seed),
  })) {
    const share = (100 * differ) / count;
    row({
      what: `${count} random ${what}, differing from the real engine`,
      figure: `${differ} (${share.toFixed(2)} %)`,
      wanted: `at most ${allowed} %`,
      met: share <= allowed,
    });
    for (const { work, ours, real } of examples) console.log(`    ${work}\n      ours ${ours}\n      real ${real}`);
  }
}
if (values.mongoose === undefined) console.log('- Mongoose’s own tests left out: there is no --mongoose folder');
else {
  const { passes, tests, pending, failed } = runMongooseSuite({ folder: values.mongoose, uri: server.uri });
  row({
    what: 'Mongoose’s own tests',
    figure: `${passes} of ${tests}`,
    wanted: `at least ${MONGOOSE_LEAST} (${pending} left out by the suite)`,
    met: passes >= MONGOOSE_LEAST,
  });
  for (const title of failed) console.log(`    ${title}`);
}
await server.stop();
process.exitCode = missed === 0 ? 0 : 1;

async function startServer() {
  const start = performance.now();
  const args = [path.join(root, 'dist', 'database.cjs'), JSON.stringify({ port: 0, host: '127.0.0.1' })];
  const child = spawn(process.execPath, ['--max-semi-space-size=64', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const uri = `mongodb://127.0.0.1:${JSON.parse(line).port}`;
    await ping(JSON.parse(line).port);
    const milliseconds = performance.now() - start;
    return { uri, milliseconds, stop: () => stop(child) };
  }
  throw new Error('The server did not start.');
}

/** One `ping` over a plain socket: a driver’s own start would be measured otherwise. */
async function ping(port) {
  const body = BSON.serialize({ ping: 1, $db: 'admin' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(2013, 12);
  const socket = connect(port, '127.0.0.1');
  socket.write(Buffer.concat([head, body]));
  await once(socket, 'data');
  socket.destroy();
}

function stop(child) {
  child.stdin.end();
  return new Promise((resolve) => child.once('exit', resolve));
}

/** Milliseconds that bare node takes to start and end here. */
function bareNode() {
  const start = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - start;
}

function median(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}
