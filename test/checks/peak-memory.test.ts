import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRig, ROOT } from '../rig/cli.ts';
import { verdictWith } from '../rig/course.ts';
import { LAYERS } from '../rig/layers.ts';

const MANIFEST = `checks:
  - id: only
    title: needs little memory
    hints: [Think.]
    program: { stdout: done, peakMemory: 130MB }
`;
const verdict = (code: string, layer = 'guard') => verdictWith(MANIFEST, { 'index.js': code }, ['--isolate', layer]);

const BIG = 'Buffer.alloc(200 * 1024 * 1024, 1)';

describe.each(LAYERS)('peak memory under the layer %s', (layer) => {
  it('lets a program pass that needs little', async () => {
    expect(await verdict('console.log("done");', layer)).toMatchObject({ status: 'passed' });
  });

  it('says how much a program needed and how much is allowed', async () => {
    const { status, results } = await verdict(
      `const all = ${BIG}; console.log("done", all.length > 0 ? "" : "");`,
      layer,
    );
    expect(status).toBe('failed');
    expect(results[0]?.failure?.summary).toMatch(/peak memory 2\d\d MB, allowed 130 MB/);
    expect(results[0]?.failure?.differences).toMatchObject([{ what: 'peak memory', expected: 'at most 130 MB' }]);
  });

  it('remembers what a program has given back', async () => {
    const code = `${BIG}; const { execArgv } = process;
require('v8').setFlagsFromString('--expose-gc');
require('vm').runInNewContext('gc')();
setTimeout(() => console.log(process.memoryUsage().rss < 130 * 1024 * 1024 ? 'done' : 'kept'), 60);`;
    const { status, results } = await verdict(code, layer);
    expect(status).toBe('failed');
    expect(results[0]?.failure?.differences.map(({ what }) => what)).toEqual(['peak memory']);
  });

  it('counts memory that a thread or a child of the program needs', async () => {
    const code = `const { Worker } = require('worker_threads');
new Worker('const all = ${BIG}; setTimeout(() => all, 150)', { eval: true }).on('exit', () => console.log('done'));`;
    const manifest = `run: { kind: program, grants: [workers] }\n${MANIFEST}`;
    const { results } = await verdictWith(manifest, { 'index.js': code }, ['--isolate', layer]);
    expect(results[0]?.failure?.summary).toMatch(/peak memory 2\d\d MB/);
  });

  it.each([
    [
      'says that it needed nothing',
      `fs.writeSync(3, JSON.stringify({ type: 'exit', code: 0, maxRss: 1, handles: [] }) + '\\n');`,
    ],
    ['says that it began with as much', `fs.writeSync(3, JSON.stringify({ type: 'ready', maxRss: 9e9 }) + '\\n');`],
    ['ends without a word', 'process.reallyExit(0);'],
  ])('is seen from outside when a program %s', async (_, trick) => {
    const code = `const fs = require('fs'); const all = ${BIG}; fs.writeSync(1, 'done');
for (const end = Date.now() + 60; Date.now() < end;) all[0] += 1;
try { ${trick} } catch {}
process.reallyExit(0);`;
    const { status, results } = await verdict(code, layer);
    expect(status).toBe('failed');
    expect(results[0]?.failure?.summary).toMatch(/peak memory 2\d\d MB/);
  });
});

describe('a program that is stopped for its memory', () => {
  it('is told the limit of the check, also where it ran into the limit of the run', async () => {
    const code = 'const all = []; for (;;) all.push(Buffer.alloc(1024 * 1024, 1));';
    const { results, causes } = await verdict(code);
    expect(results[0]?.failure?.summary).toMatch(/^It needs too much memory: peak memory .*, allowed 130 MB\.$/);
    expect(causes).toEqual(['memory']);
  });

  it('is told of its error first when it has one', async () => {
    const { results, causes } = await verdict(`const all = ${BIG}; null.length; all;`);
    expect(causes).toEqual(['crashed']);
    expect(results[0]?.failure?.summary).toBe('The program stopped with an error.');
  });
});

describe('a big file that is made for a run', () => {
  it("costs a right solution nothing, whatever the grader's own size, and is gone afterwards", async () => {
    const rig = await makeRig();
    await rig.write('big.cjs', 'globalThis.ballast = Buffer.alloc(400 * 1024 * 1024, 1);\n');
    await mkdir(path.join(rig.folder, 'temp'), { mode: 0o755 });
    const solution = path.join(ROOT, 'exercises', 'line-counter', 'solution');
    const env = {
      NODE_OPTIONS: `--require=${path.join(rig.folder, 'big.cjs')}`,
      TMPDIR: path.join(rig.folder, 'temp'),
    };
    const { answer } = await rig.json(['check', 'line-counter', '--submission', solution, '--isolate', 'none'], {
      env,
    });
    expect(answer.status).toBe('passed');
    expect(await readdir(path.join(rig.folder, 'temp'))).toEqual([]);
  });
});

describe('the size of a file', () => {
  const sized = (code: string) =>
    verdictWith(
      'given: { n: { integer: [20, 90] } }\nchecks:\n  - id: only\n    title: x\n    hints: [x]\n    program: { args: ["{{ n }}"] }\n    files: { out.bin: { size: "{{ n | times: 10 }}" } }\n',
      { 'index.js': code },
    );
  const write = (count: string) =>
    `require('fs').writeFileSync('out.bin', Buffer.alloc(Number(process.argv[2]) * 10 + ${count}));`;

  it('is counted in bytes', async () => {
    expect(await sized(write('0'))).toMatchObject({ status: 'passed' });
    const { results } = await sized(write('1'));
    expect(results[0]?.failure?.differences[0]).toMatchObject({
      what: 'out.bin',
      got: expect.stringMatching(/1 bytes$/),
    });
  });
});
