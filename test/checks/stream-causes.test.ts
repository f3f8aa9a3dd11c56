import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import type { ShortVerdict } from '../rig/verdict.ts';

const program = (spec: string) =>
  `checks:\n  - id: only\n    title: does it\n    hints: [Think.]\n    program: ${spec}\n`;

/** Where the cause was found. */
function line({ results }: ShortVerdict): number | undefined {
  return results[0]?.failure?.cause?.location?.line;
}

const IMPORTS = "const fs = require('fs'); const { once } = require('events');\n";

describe('too much memory for a big file', () => {
  const spec = program('{ files: { big.log: { lines: 100000, size: 120MB } }, stdout: "100000", peakMemory: 130MB }');
  const count = (code: string, more = {}) => verdictWith(spec, { 'index.js': IMPORTS + code, ...more });
  const LEAK = 'const all = Buffer.alloc(100 * 1024 * 1024, 1); setTimeout(() => all, 1);\n';

  it.each([
    ['readFileSync', "console.log(fs.readFileSync('big.log', 'utf8').split('\\n').length - 1);"],
    [
      'readFile of promises',
      "fs.promises.readFile('big.log').then((data) => console.log(data.toString('latin1').match(/\\n/g).length));",
    ],
    [
      'text of stream/consumers',
      "require('stream/consumers').text(fs.createReadStream('big.log')).then((text) => console.log(text.split('\\n').length - 1));",
    ],
  ])('whole-file-in-memory: %s', async (_, code) => {
    const found = await count(code);
    expect(found).toMatchObject({ status: 'failed', causes: ['whole-file-in-memory'] });
    expect(line(found)).toBe(2);
  });

  it.each([
    ['text += chunk', { start: "let text = '';", keep: 'text += chunk;', result: "text.split('\\n').length - 1" }],
    [
      'text = text + chunk',
      { start: "let text = '';", keep: 'text = text + chunk.toString();', result: "text.split('\\n').length - 1" },
    ],
    [
      'chunks.push',
      {
        start: 'const list = [];',
        keep: 'list.push(chunk);',
        result: "Buffer.concat(list).toString().split('\\n').length - 1",
      },
    ],
  ])('whole-file-in-memory: %s', async (_, { start, keep, result }) => {
    const code = `${start}\nconst stream = fs.createReadStream('big.log');\nstream.on('data', (chunk) => {\n${keep}\n});\nstream.on('end', () => console.log(${result}));`;
    const found = await count(code);
    expect(found).toMatchObject({ status: 'failed', causes: ['whole-file-in-memory'] });
    expect(line(found)).toBe(5);
  });

  it('whole-file-in-memory: lines of for await, in a file beside the entry', async () => {
    const lib = `${IMPORTS}exports.count = async () => {\nconst lines = [];\nfor await (const line of (await fs.promises.open('big.log')).readLines()) lines.push(line);\nreturn lines.length;\n};`;
    const found = await count("require('./lib.js').count().then(console.log);", { 'lib.js': lib });
    expect(found).toMatchObject({ status: 'failed', causes: ['whole-file-in-memory'] });
    expect(found.results[0]?.failure?.cause?.location).toMatchObject({ file: 'lib.js', line: 4 });
  });

  it.each([
    [
      'a number that grows with each chunk',
      "let n = 0;\nfs.createReadStream('big.log', 'utf8').on('data', (chunk) => { n += chunk.split('\\n').length - 1; }).on('end', () => console.log(n));",
    ],
    [
      'the lengths of the chunks',
      "const n = [];\nfs.createReadStream('big.log', 'utf8').on('data', (chunk) => { n.push(chunk.split('\\n').length - 1); }).on('end', () => console.log(n.reduce((a, b) => a + b)));",
    ],
  ])('is no whole file: %s', async (_, code) => {
    expect(await count(code)).toMatchObject({ status: 'passed' });
    expect(await count(LEAK + code)).toMatchObject({ status: 'failed', causes: ['memory'] });
  });
});

describe('backpressure-ignored', () => {
  const write = (code: string) =>
    verdictWith(program('{ stdout: done, peakMemory: 130MB }'), { 'index.js': IMPORTS + code });
  const LOOP = "const out = fs.createWriteStream('out.log');\nfor (let i = 0; i < 120000; i++) ";
  const END = "\nout.end(() => console.log('done'));";

  it.each([
    ['a loop', `${LOOP}out.write('x'.repeat(1024));${END}`],
    [
      'forEach',
      `const out = fs.createWriteStream('out.log');\nArray.from({ length: 120000 }).forEach(() => { out.write('x'.repeat(1024)); });${END}`,
    ],
  ])('is named for write in %s', async (_, code) => {
    const found = await write(code);
    expect(found).toMatchObject({ status: 'failed', causes: ['backpressure-ignored'] });
    expect(line(found)).toBe(3);
  });

  it.each([
    [
      'a program that waits for drain and keeps something else',
      `const all = Buffer.alloc(200e6, 1);\n(async () => {\n${LOOP}if (!out.write('x')) await once(out, 'drain');\nout.end(() => console.log('done', all[0] ? '' : ''));\n})();`,
    ],
    ['a program without write', "const all = Buffer.alloc(200e6, 1);\nconsole.log('done', all[0] ? '' : '');"],
    [
      'one write outside of any loop',
      "const all = Buffer.alloc(200e6, 1);\nconst out = fs.createWriteStream('out.log');\nout.write('x');\nout.end(() => console.log('done', all[0] ? '' : ''));",
    ],
  ])('is not named for %s', async (_, code) => {
    expect(await write(code)).toMatchObject({ status: 'failed', causes: ['memory'] });
  });
});

describe('errors of streams', () => {
  const ends = (code: string) => verdictWith(program('{ stdout: done }'), { 'index.js': `${IMPORTS}${code}` });

  it.each([
    ['a stream that reads', "fs.createReadStream('nowhere.txt').on('data', console.log);"],
    ['a stream that writes', "fs.createWriteStream('nowhere/out.txt').end('x');"],
    ['a stream behind pipe', "fs.createReadStream('nowhere.txt').pipe(process.stdout);"],
    ['an unpacking stream', "require('zlib').createGunzip().on('data', () => {}).end('this is no archive');"],
  ])('stream-error-unheard is named for %s', async (_, code) => {
    const found = await ends(code);
    expect(found).toMatchObject({ status: 'failed', causes: ['stream-error-unheard'] });
    expect(line(found)).toBe(2);
  });

  it.each([
    [
      'an emitter',
      "const { EventEmitter } = require('events');\nnew EventEmitter().emit('error', new Error('oh'));",
      'crashed',
    ],
    ['a connection', "require('net').connect(1, '127.0.0.1');", 'crashed'],
    ['a file that is read at once', "fs.readFileSync('nowhere.txt');", 'crashed'],
    [
      'a pipeline that is not caught',
      "require('stream/promises').pipeline(fs.createReadStream('nowhere.txt'), process.stdout);",
      'unhandled-rejection',
    ],
  ])('stream-error-unheard is not named for %s', async (_, code, cause) => {
    expect(await ends(code)).toMatchObject({ status: 'failed', causes: [cause] });
  });

  it('stream-error-unheard is not named where the error is heard', async () => {
    const found = await ends(
      "fs.createReadStream('no.txt').on('error', (error) => { console.log(error); process.exit(1); });",
    );
    expect(found.causes).not.toContain('stream-error-unheard');
  });

  it('write-after-end is named at the write', async () => {
    const found = await ends("const out = fs.createWriteStream('out.txt');\nout.end('a');\nout.write('b');");
    expect(found).toMatchObject({ status: 'failed', causes: ['write-after-end'] });
    expect(line(found)).toBe(4);
  });

  it('write-after-end is not named for an end after the last write', async () => {
    const found = await ends(
      "const out = fs.createWriteStream('out.txt');\nout.write('b');\nout.end(() => console.log('don'));",
    );
    expect(found.causes).not.toContain('write-after-end');
  });
});

describe('cut-character', () => {
  const passes = (code: string, expected = 'équipe') =>
    verdictWith(program(`{ stdin: équipe, stdout: "${expected}" }`), { 'index.js': `${IMPORTS}${code}` });
  const read = "fs.createReadStream('/dev/stdin', { highWaterMark: 1 })";

  it('is named where a half of a character is made a text', async () => {
    const found = await passes(`${read}.on('data', (chunk) =>\nprocess.stdout.write(chunk.toString()));`);
    expect(found).toMatchObject({ status: 'failed', causes: ['cut-character'] });
    expect(line(found)).toBe(3);
  });

  it('is not there where the stream has an encoding', async () => {
    expect(
      await passes(`${read}.setEncoding('utf8').on('data', (chunk) => process.stdout.write(chunk));`),
    ).toMatchObject({
      status: 'passed',
    });
  });

  it('is not named for another encoding', async () => {
    const found = await passes(`${read}.on('data', (chunk) => process.stdout.write(Buffer.from([0xe9])));`);
    expect(found.status).toBe('failed');
    expect(found.causes).not.toContain('cut-character');
  });

  it('is not named where only other letters differ', async () => {
    const found = await passes("process.stdout.write('equipe');");
    expect(found.causes).not.toContain('cut-character');
  });
});
