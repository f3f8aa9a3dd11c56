import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { KINDS_COURSE, verdictWith } from '../rig/course.ts';
import { verdictOf } from '../rig/verdict.ts';

const hasBubblewrap = spawnSync('bwrap', ['--version'], { stdio: 'ignore' }).status === 0;
const layers = [...(hasBubblewrap ? ['strict'] : []), 'guard', 'none'];

/** An exercise with one check: what stands there before, and what must stand there afterwards. */
const manifest = (program: string, files: string) =>
  `checks:\n  - id: only\n    title: does it\n    hints: [Think.]\n    program: ${program}\n    files: ${files}\n`;
const look = (code: string, files: string, program = '{ exitCode: any }') =>
  verdictWith(manifest(program, files), { 'index.js': `const fs = require('fs');\n${code}` });

describe.each(layers)('under the layer %s', (layer) => {
  it('takes other ways to make the same files', async () => {
    const code = `import { readdir, readFile, mkdir, writeFile, rm } from 'node:fs/promises';
const [from, to] = process.argv.slice(2);
setImmediate(async () => {
  if (!to) return;
  await mkdir(to, { recursive: true });
  const notes = [];
  for (const name of (await readdir(from)).reverse()) {
    const text = await readFile(from + '/' + name, 'utf8');
    await writeFile(to + '/' + name, text.trimEnd().toUpperCase() + '\\r\\n');
    notes.push({ name, lines: text.split('\\n').length - 1 });
  }
  if (from === 'notes') await rm('draft.txt');
  else await writeFile(to + '/index.json', '\\uFEFF' + JSON.stringify({ notes, count: notes.length }, null, 4));
  console.log(notes.length + ' notes');
});`;
    const verdict = await verdictOf('copy-notes', { 'index.js': code, 'package.json': '{"type":"module"}' }, [
      '--course',
      KINDS_COURSE,
      '--isolate',
      layer,
    ]);
    expect(verdict.results.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
  });
});

describe('what hostile code leaves behind', () => {
  it.each([
    ['a link to a file', "fs.symlinkSync('/etc/hostname', 'out.txt');", /a symbolic link/],
    ['a folder of that name', "fs.mkdirSync('out.txt');", /a folder/],
    ['a file that nobody may read', "fs.writeFileSync('out.txt', 'x', { mode: 0 });", /x|cannot be read/],
    ['a huge sparse file', "fs.closeSync(fs.openSync('out.txt', 'w')); fs.truncateSync('out.txt', 2e8);", /./s],
    ['bytes that are no text', "fs.writeFileSync('out.txt', Buffer.from([0xff, 0, 0xfe]));", /\ufffd/],
  ])('%s', async (_name, code, got) => {
    const { status, results } = await look(code, '{ out.txt: { text: secret } }');
    expect(status).toBe('failed');
    expect(results[0]?.failure?.differences[0]?.got).toMatch(got);
  });
  it('a link in the way to a file is not followed', async () => {
    const { results } = await look("fs.symlinkSync('/etc', 'out');", '{ out/hostname: file }');
    expect(results[0]?.failure?.differences[0]?.got).toMatch(/a symbolic link/);
  });
});

describe('what was there before', () => {
  const given = '{ files: { big.txt: { lines: 1000, size: 3MB }, noise.bin: { size: 2MB } }, exitCode: any }';
  it('is made to the byte, and the same in every run', async () => {
    const code =
      "const t = fs.readFileSync('big.txt'); fs.copyFileSync('noise.bin', 'copy.bin'); fs.writeFileSync('sizes.json', JSON.stringify([t.length, t.toString().split('\\n').length - 1, fs.statSync('noise.bin').size]));";
    const files =
      '{ sizes.json: { json: [3145728, 1000, 2097152] }, copy.bin: { sameAs: noise.bin }, big.txt: unchanged }';
    expect((await look(code, files, given)).results[0]?.failure).toBeUndefined();
  });
  it('is missed to the byte', async () => {
    const code = "const t = fs.readFileSync('noise.bin'); t[1500000] ^= 1; fs.writeFileSync('copy.bin', t);";
    const { results } = await look(code, '{ copy.bin: { sameAs: noise.bin } }', given);
    expect(results[0]?.failure?.differences[0]?.got).toBe('2097152 bytes, different from byte 1500000 on');
  });
});
