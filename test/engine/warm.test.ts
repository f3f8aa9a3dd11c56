import { describe, expect, it } from 'vitest';
import type { Exercise, ProgramSpec } from '../../src/model/course.ts';
import { both, EXERCISE, type Files, openBench, PID, pidOf, plain, withoutPid } from '../rig/bench.ts';

const FACTS = `
const print = (name, value) => console.log(name, typeof value === 'string' ? value : JSON.stringify(value));
print('cache before', Object.keys(require.cache));
const express = require('express');
print('cache', Object.keys(require.cache));
print('children', module.children.map(({ filename }) => filename));
print('main', [require.main === module, process.mainModule === module, module.id, module.paths, __filename]);
print('argv', process.argv.slice(1));
print('place', [process.cwd(), process.execArgv.filter((one) => !one.startsWith('--allow')), Object.keys(process.env).sort()]);
print('events', process.eventNames().map((name) => [String(name), process.listenerCount(name)]));
print('handles', process.getActiveResourcesInfo());
print('globals', Reflect.ownKeys(globalThis).map(String).sort());
print('no gc', [typeof gc, require('vm').runInNewContext('typeof gc')]);
print('young', process.uptime() < 20);
print('stack', new Error('here').stack);
try { require('./broken.js'); } catch (error) { print('in a file', error.stack); }
delete require.cache[require.resolve('express')];
print('again', require('express') === express);
setTimeout(() => print('late', 2), 20);
setTimeout(() => print('early', 1), 1);
process.nextTick(() => print('tick', 0));
`;

/** Checks that run the program, each after the first. */
function checks(ids: readonly string[], spec: Partial<ProgramSpec> = {}): Exercise['checks'] {
  const [check] = EXERCISE.checks;
  if (check === undefined) throw new Error('The exercise has no check.');
  const part = { kind: 'program', spec: { stdout: { contains: ['pid '] }, exitCode: 0, ...spec } } as const;
  return ids.map((id, index) => ({ ...check, id, parts: [part], ...(index > 0 && { after: ids[0] ?? id }) }));
}

describe('a warm run is as a cold one', () => {
  it('to a CommonJS program that looks around', async () => {
    const files = { 'index.js': FACTS + PID, 'broken.js': "throw new Error('broken');" };
    const { cold, warm, hadWaited } = await both(openBench(), { before: plain, files });
    expect(cold.printed).toContain('express/index.js');
    expect(warm).toEqual(cold);
    expect(hadWaited).toBe(true);
  });
  it('to an ES module', async () => {
    const code = `import express, { Router } from 'express';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
console.log(typeof express, typeof Router, import.meta.url, import.meta.dirname, process.mainModule);
console.log(require('express') === express, Object.keys(require.cache));${PID}`;
    const { cold, warm, hadWaited } = await both(openBench(), {
      before: { 'main.mjs': `import 'express';${PID}` },
      files: { 'main.mjs': code },
    });
    expect(cold.printed).toContain('function function file:');
    expect(warm).toEqual(cold);
    expect(hadWaited).toBe(true);
  });
  it.each<{ name: string; before: Files; manifest: string; code: string }>([
    {
      name: 'becomes that of a module',
      before: plain,
      manifest: '{ "type": "module" }',
      code: "import express from 'express'; console.log(typeof require, typeof express);",
    },
    {
      name: 'is that of a module no more',
      before: { 'index.js': `import 'express';${PID}`, 'package.json': '{ "type": "module" }' },
      manifest: '{}',
      code: "const express = require('express'); console.log(typeof module, typeof express);",
    },
  ])('when the package.json $name', async ({ before, manifest, code }) => {
    const files = { 'index.js': code + PID, 'package.json': manifest };
    const { cold, warm } = await both(openBench(), { before, files });
    expect(warm).toEqual(cold);
  });
  it('when the package.json is no JSON any more', async () => {
    const files = { ...plain, 'package.json': '{ "type": ' };
    const { cold, warm } = await both(openBench(), { before: plain, files });
    // Where Node.js comes upon it differs, and so do its own lines below the message.
    const [first, second] = [cold, warm].map(({ printed }) => /^\w*Error: .*package\.json.*$/m.exec(printed)?.[0]);
    expect(first).toBeTypeOf('string');
    expect(second).toBe(first);
    expect(warm.statuses).toEqual(cold.statuses);
  });
  it('when the entry has another name', async () => {
    const files = { 'app.js': `require('express'); console.log(__filename, require.main === module);${PID}` };
    const { cold, warm, hadWaited } = await both(openBench(), { before: plain, files });
    expect(cold.printed).toContain('app.js true');
    expect(warm).toEqual(cold);
    expect(hadWaited).toBe(false);
  });
  it('when a package of the learner comes between', async () => {
    const files = { ...plain, 'index.js': `console.log(require('express'));${PID}` };
    const bench = openBench();
    const own = { ...files, 'node_modules/express/index.js': "module.exports = 'mine';" };
    const { cold, warm } = await both(bench, { before: plain, files: own });
    expect(cold.printed).toContain('mine');
    expect(warm).toEqual(cold);
  });
  it('when the program asks for the package no more', async () => {
    const files = { 'index.js': `console.log(Object.keys(require.cache));${PID}` };
    const { cold, warm, hadWaited } = await both(openBench(), { before: plain, files });
    expect(warm).toEqual(cold);
    expect(hadWaited).toBe(false);
  });
  it('when a package does things as it is loaded, which must not happen before the program asks for it', async () => {
    const files = {
      'index.js': `console.log('first'); require('nodemon'); console.log(process.eventNames().length);${PID}`,
    };
    const bench = openBench();
    const grade = async (warm: boolean) => withoutPid(await bench.grade(files, { warm, packages: ['nodemon'] }));
    const cold = await grade(false);
    expect(cold.printed).toContain('first');
    expect(await grade(true)).toEqual(cold);
    expect(await grade(true)).toEqual(cold);
    await bench.gone();
  });
  it('when a package loads more of itself while it works', async () => {
    const code = `const express = require('express');
const look = () => {
  const files = Object.keys(require.cache);
  const { children } = require.cache[files.find((file) => file.endsWith('iconv-lite/lib/index.js'))];
  console.log(files.filter((file) => file.includes('encodings')), children.map(({ filename }) => filename));
};
look();
const app = express().use(express.json(), (req, res) => res.json(req.body));
const server = app.listen(3000, async () => {
  const answer = await fetch('http://127.0.0.1:3000/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' });
  console.log(await answer.text());
  look();
  console.log('pid', process.pid);
  process.exit();
});`;
    const { cold, warm, hadWaited } = await both(openBench(), { before: plain, files: { 'index.js': code } });
    expect(cold.printed).toMatch(/\[\] \[[^\]]*\]\n\{"a":1\}\n\[\n[^\]]*encodings\/index\.js/);
    expect(warm).toEqual(cold);
    expect(hadWaited).toBe(true);
  });
  it('when it is started in another folder, which packages look at as they are loaded', async () => {
    const bench = openBench({ checks: checks(['runs'], { cwd: 'a/b' }) });
    const code = `const { existsSync, readdirSync } = require('node:fs');
console.log(process.cwd(), readdirSync('.'), readdirSync('../..').sort(), existsSync('../c'));
process.stderr.write = (text) => console.log(text.replace(/^.* GMT /m, ''));
require('./old.js')();${PID}`;
    const old = "const deprecate = require('depd')('x'); module.exports = () => deprecate('old');";
    const files = { 'index.js': code, 'old.js': old, 'a/b/kept.txt': 'kept' };
    const { cold, warm, hadWaited } = await both(bench, { before: files, files, packages: ['depd'] });
    expect(cold.printed).toMatch(/\/a\/b \[ 'kept\.txt' \].*at \.\.\/\.\.\/index\.js:4/s);
    expect(warm).toEqual(cold);
    expect(hadWaited).toBe(true);
  });
  it('when the program fails, at the same line', async () => {
    const files = { 'index.js': `const express = require('express');\nconst app = express();\napp.gte('/', 1);` };
    const { cold, warm } = await both(openBench(), { before: plain, files });
    expect(cold.printed).toContain('app.gte is not a function');
    expect(warm).toEqual(cold);
  });
});

describe('what stands ready', () => {
  it('leaves no documents of one run to the next', async () => {
    const bench = openBench({ database: { name: 'test', seed: {} } });
    const code = `const { MongoClient } = require('mongodb');
(async () => {
  const client = await MongoClient.connect(process.env.MONGODB_URI);
  for (const name of ['test', 'other']) {
    const list = client.db(name).collection('list');
    await list.insertOne({ at: 1 });
    console.log(name, await list.countDocuments());
  }
  await client.close();
  console.log('pid', process.pid);
})();`;
    const packages = ['mongodb'];
    const { cold, warm, hadWaited } = await both(bench, {
      before: { 'index.js': code },
      files: { 'index.js': code },
      packages,
    });
    expect(cold.printed).toContain('test 1\nother 1');
    expect(warm).toEqual(cold);
    expect(hadWaited).toBe(true);
  });
  it('serves the run after one that was given up', async () => {
    const bench = openBench();
    await bench.grade(plain, { warm: true });
    const waiting = await bench.waiting(2);
    const givenUp = new AbortController();
    const endless = bench.grade(
      { 'index.js': "require('express'); setInterval(() => {}, 1000);" },
      { warm: true, signal: givenUp.signal },
    );
    givenUp.abort();
    await endless;
    const next = await bench.grade(plain, { warm: true });
    expect(next.statuses).toEqual(['runs passed ']);
    expect(waiting).toContain(pidOf(next));
  });
  it('takes back what waited in vain, and hands it to another submission clean', async () => {
    const bench = openBench({ checks: checks(['runs', 'second', 'third']) });
    await bench.grade({ ...plain, 'left.txt': 'old' }, { warm: true });
    const waiting = await bench.waiting(3);
    const failing = { 'index.js': "require('express'); process.exit(1);", 'left.txt': 'old' };
    expect((await bench.grade(failing, { warm: true })).statuses[0]).toContain('runs failed');
    const looks = { 'index.js': `require('express'); console.log(require('fs').readdirSync('.'));${PID}` };
    const next = await bench.grade(looks, { warm: true });
    expect(next.statuses).toEqual(['runs passed ', 'second passed ', 'third passed ']);
    expect(next.printed).not.toContain('left.txt');
    expect(waiting).toContain(pidOf(next));
  });
  it('is enough for all runs of a verdict, also after one that ended at its first check', async () => {
    const ids = ['runs', 'second', 'third', 'fourth'];
    const bench = openBench({ checks: checks(ids) });
    await bench.grade(plain, { warm: true });
    const waiting = await bench.waiting(ids.length);
    const failing = await bench.grade({ 'index.js': "require('express'); process.exit(1);" }, { warm: true });
    expect(failing.statuses[0]).toContain('runs failed');
    await bench.waiting(ids.length);
    const next = await bench.grade(plain, { warm: true });
    const pids = [...next.printed.matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));
    expect(new Set(pids).size).toBe(ids.length);
    expect(pids.filter((pid) => waiting.includes(pid)).length).toBeGreaterThanOrEqual(ids.length - 2);
  });
  it('is no more than the memory of the machine bears', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `check-${index}`);
    const bench = openBench({ checks: checks(ids) });
    await bench.grade(plain, { warm: true });
    await bench.waiting(2);
    await bench.grade(plain, { warm: true });
    expect(bench.processes().length).toBeLessThanOrEqual(10);
  });
  it('is gone with the worker, folders too', async () => {
    const bench = openBench();
    await bench.grade(plain, { warm: true });
    await bench.waiting();
    await bench.close();
    expect(bench.processes()).toEqual([]);
    expect(bench.left()).toEqual([]);
  });
  it('is gone when the worker is killed', async () => {
    const bench = openBench();
    await bench.grade(plain, { warm: true });
    await bench.waiting();
    bench.child.kill('SIGKILL');
    await bench.gone();
  });
});
