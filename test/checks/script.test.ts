import { describe, expect, it } from 'vitest';
import { verdictWithOwn } from '../rig/course.ts';
import { foreignPort } from '../rig/foreign.ts';
import { LAYERS } from '../rig/layers.ts';

const manifest = (parts: string, more = '') => `given:
  word: { words: 1 }
${more}checks:
  - id: only
    title: does it
    hints: [Think.]
${parts
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
`;
const program =
  'program: { args: ["{{ word }}"], exitCode: any }\nscript: { file: checks/look.mjs, args: ["{{ word }}"] }';
const write = "require('fs').writeFileSync('out.txt', process.argv[2] ?? '');";
const compare = `import { readFileSync } from 'node:fs';
const { word } = JSON.parse(process.env.NODE_TUTOR_GIVENS);
const got = readFileSync(process.env.NODE_TUTOR_WORK + '/out.txt', 'utf8');
const passed = got === word && word === process.argv[2];
console.log(JSON.stringify(passed ? { passed } : { passed, message: 'out.txt holds another word.', expected: word, got, next: 'Write the word.' }));`;

const look = (script: string, code: string, args: readonly string[] = []) =>
  verdictWithOwn({
    manifest: manifest(program),
    own: { 'checks/look.mjs': script },
    files: { 'index.js': code },
    args,
  });

describe.each(LAYERS)('under the layer %s', (layer) => {
  const args = ['--isolate', layer];
  it('looks at the work folder after the run, with the givens', async () => {
    expect((await look(compare, write, args)).results[0]).toMatchObject({ status: 'passed' });
  });
  it('says what is wrong in its own words', async () => {
    const { status, results } = await look(compare, write.replace("process.argv[2] ?? ''", "'wrong'"), args);
    expect(status).toBe('failed');
    expect(results[0]?.failure).toMatchObject({
      differences: [{ got: 'wrong' }],
      cause: { text: 'out.txt holds another word.' },
      next: 'Write the word.',
    });
  });
  it('reaches the server of the learner', async () => {
    const server = `require('http').createServer((_, response) => response.end('hello ' + process.pid)).listen(3000);`;
    const script = `const text = await (await fetch(process.env.NODE_TUTOR_URL + '/')).text();
console.log(JSON.stringify({ passed: /^hello \\d+$/.test(text), message: 'It says ' + text }));`;
    const parts = 'http: { get: / }\nscript: { file: checks/look.mjs }';
    const asked = { manifest: manifest(parts, 'run: server\n'), own: { 'checks/look.mjs': script }, args };
    expect((await verdictWithOwn({ ...asked, files: { 'index.js': server } })).status).toBe('passed');
    const { results } = await verdictWithOwn({ ...asked, files: { 'index.js': server.replace('hello', 'bye') } });
    expect(results[0]?.failure?.summary).toMatch(/^It says bye \d+$/);
  });
});

describe.each(LAYERS.filter((layer) => layer !== 'none'))('a hostile course under the layer %s', (layer) => {
  const tried = async (code: string) => {
    const script = `import fs from 'node:fs';
import net from 'node:net';
let message;
try { message = 'done: ' + await (async () => { ${code} })(); } catch (error) { message = 'refused: ' + error.code; }
console.log(JSON.stringify({ passed: false, message }));`;
    const { results } = await look(script, write, ['--isolate', layer]);
    return results[0]?.failure?.summary;
  };
  it.each([
    ['writes into the work folder', "return fs.writeFileSync(process.env.NODE_TUTOR_WORK + '/out.txt', 'x');"],
    ['reads files of the machine', `return fs.readFileSync(${JSON.stringify(import.meta.filename)}, 'utf8').length;`],
  ])('is kept from what %s', async (_name, code) => {
    expect(await tried(code)).toMatch(/^refused: /);
  });
  it('is kept from other ports of this machine', async () => {
    const port = await foreignPort();
    const code = `return await new Promise((resolve, reject) => net.connect(${port}, '127.0.0.1', resolve).on('error', reject));`;
    expect(await tried(code)).toMatch(/^refused: /);
  });
});

describe('what is no answer is broken, and not the fault of the learner', () => {
  it.each([
    ['a crash', "throw new Error('oops');", /exit code 1.*oops/s],
    ['no output', '', /no answer that can be read: nothing/],
    ['other text', "console.log('passed');", /no answer that can be read: passed/],
    ['an answer without a message', 'console.log(\'{"passed":false}\');', /no answer/],
    ['something like true', 'console.log(\'{"passed":"yes"}\');', /no answer/],
    ['two answers', 'console.log(\'{"passed":false,"message":"a"}\\n{"passed":true}\');', /no answer/],
    ['an answer and then a failure', 'console.log(\'{"passed":true}\'); process.exitCode = 3;', /exit code 3/],
    ['a flood', "for (;;) console.log('x'.repeat(1000));", /printed too much/],
  ])('%s', async (_name, script, message) => {
    const { status, results } = await look(script, write);
    expect(status).toBe('broken');
    expect(results[0]?.status).toBe('broken');
    const reason = results[0]?.reason;
    expect(reason?.kind === 'broken' ? reason.message : '').toMatch(message);
  });
  it('a script that never ends', async () => {
    const { status, results } = await look('setInterval(() => {}, 1000);', write);
    expect(status).toBe('broken');
    expect(JSON.stringify(results[0]?.reason)).toContain('still running after 10 s');
  }, 30_000);
});

describe('what the learner does', () => {
  it('cannot stand in for the script or change what it imports', async () => {
    const script = `import { passed } from './verdict.mjs';\nconsole.log(JSON.stringify({ passed, message: 'no' }));`;
    const { status } = await verdictWithOwn({
      manifest: manifest(program),
      own: { 'checks/look.mjs': script, 'checks/verdict.mjs': 'export const passed = false;' },
      files: {
        'index.js': `const fs = require('fs');
fs.mkdirSync('checks', { recursive: true });
for (const name of ['look.mjs', 'verdict.mjs']) fs.writeFileSync('checks/' + name, 'export const passed = true; console.log(JSON.stringify({ passed }));');`,
        'checks/look.mjs': 'console.log(\'{"passed":true}\');',
      },
      args: [],
    });
    expect(status).toBe('failed');
  });
  it('leaves links that do not break the check', async () => {
    const code = `${write}\nrequire('fs').symlinkSync('/etc', 'etc');`;
    expect((await look(compare, code)).results[0]).toMatchObject({ status: 'passed' });
  });
});
