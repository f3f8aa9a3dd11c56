import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import { type Files, verdictOf } from '../rig/verdict.ts';

/** An exercise as workshops of NodeSchool have it: list the files of a folder that have an ending. */
const LISTING = `entry: [index.js, index.mjs]
given:
  folder: { word: true }
  names: { words: 3 }
checks:
  - id: lists
    title: lists the files with the ending
    hints: [Think.]
    program:
      files:
        "{{ folder }}/{{ names[0] }}.md": a
        "{{ folder }}/{{ names[1] }}.txt": b
        "{{ folder }}/{{ names[2] }}.md": c
      args: ["{{ folder }}", md]
      stdout: { contains: ["{{ names[0] }}.md", "{{ names[2] }}.md"], lacks: "{{ names[1] }}" }
`;
const listing = async (files: Files) => (await verdictWith(LISTING, files)).status;

describe('what NodeSchool accepts, and what is wrong', () => {
  it('the right output, and then exit code 1', async () => {
    const hello =
      'console.log(`Hello from Node.js ${process.version}`);\nconsole.log(`Running on ${process.platform}`);\n';
    expect((await verdictOf('hello-node', { 'hello.js': hello })).status).toBe('passed');
    expect((await verdictOf('hello-node', { 'hello.js': `${hello}process.exit(1);\n` })).status).toBe('failed');
  });
  it('a listing that is written down', async () => {
    expect(await listing({ 'index.js': "console.log('CHANGELOG.md');\nconsole.log('learnyounode.md');\n" })).toBe(
      'failed',
    );
  });
  it('a listing of all files', async () => {
    const code = "require('fs').readdirSync(process.argv[2]).forEach((name) => console.log(name));\n";
    expect(await listing({ 'index.js': code })).toBe('failed');
  });
  it.each([
    ['hello-node', 'hello.js'],
    ['argv-sum', 'sum.js'],
    ['math-module', 'math.js'],
    ['express-hello', 'index.js'],
    ['callback-to-promise', 'index.js'],
  ])('an empty file for %s', async (exercise, file) => {
    expect((await verdictOf(exercise, { [file]: '' })).status).toBe('failed');
  });
});

describe('what NodeSchool refuses, and what is right', () => {
  it('promises of fs, after setImmediate', async () => {
    const code = `const fs = require('fs');
const path = require('path');
setImmediate(async () => {
  const names = await fs.promises.readdir(process.argv[2]);
  for (const name of names) if (path.extname(name) === '.' + process.argv[3]) console.log(name);
});
`;
    expect(await listing({ 'index.js': code })).toBe('passed');
  });
  it('an .mjs file, and no line break at the end', async () => {
    const code = `import { readdir } from 'node:fs/promises';
const names = await readdir(process.argv[2]);
process.stdout.write(names.filter((name) => name.endsWith('.md')).reverse().join('\\n'));
`;
    expect(await listing({ 'index.mjs': code })).toBe('passed');
  });
  it('a module that helps', async () => {
    const files = {
      'index.js':
        "const list = require('./lib/list');\nlist(process.argv[2], process.argv[3], (names) => names.forEach((n) => console.log(n)));\n",
      'lib/list.js':
        "const fs = require('fs');\nmodule.exports = (folder, ending, done) => fs.readdir(folder, (error, names) => done(names.filter((n) => n.endsWith('.' + ending))));\n",
    };
    expect(await listing(files)).toBe('passed');
  });
  it('JSON with its keys in another order, over several lines', async () => {
    const code = `const path = require('path');
const { version: node, env } = process;
console.log(JSON.stringify({ node, student: env.STUDENT || null, folder: path.basename(process.cwd()) }, null, 2));
`;
    expect((await verdictOf('process-report', { 'report.js': code })).status).toBe('passed');
  });
});
