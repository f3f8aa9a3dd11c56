import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import { LAYERS } from '../rig/layers.ts';
import type { Files } from '../rig/verdict.ts';

const manifest = `given: { first: { word: true }, second: { word: true } }
packages: [nodemon]
run: { grants: [children], limits: { time: 60s } }
checks:
  - id: only
    title: restarts
    hints: [Think.]
    watch:
      start: { npm: [run, dev] }
      steps:
        - stdout: { contains: [ready] }
        - { save: { index.js: "console.log('{{ first }}');\\n" }, stdout: { contains: ["{{ first }}"] } }
        - { save: { index.js: "console.log('{{ second }}');\\n" }, stdout: { contains: ["{{ second }}"] } }
`;
const look = async (dev: string, files: Files = {}, layer = 'auto') => {
  const submission = {
    'index.js': "console.log('ready');\n",
    'package.json': JSON.stringify({ scripts: { dev } }),
    ...files,
  };
  const { status, results, causes } = await verdictWith(manifest, submission, ['--isolate', layer]);
  return { status, causes, failure: results[0]?.failure };
};

describe.each(LAYERS)('under the layer %s', (layer) => {
  it('a command that restarts is taken', async () => {
    expect(await look('nodemon index.js', {}, layer)).toMatchObject({ status: 'passed' });
  });
  it('a command that runs once is refused', async () => {
    expect(await look('node index.js', {}, layer)).toMatchObject({ status: 'failed', causes: ['not-watching'] });
  });
});

describe('what is taken', () => {
  it.each([
    ["Node's own watching", 'node --watch index.js', {}],
    ['a watcher of the learner that polls', 'node watcher.js', { 'watcher.js': polling() }],
    [
      'a program that crashes between',
      'nodemon -q boot.js',
      { 'boot.js': "console.log('ready'); require('./index.js'); throw new Error('oh');\n" },
    ],
  ])('%s', async (_name, dev, files: Files) => {
    expect(await look(dev, files)).toMatchObject({ status: 'passed' });
  });
});

describe('what is refused', () => {
  it('a program that goes on and does not look at its files', async () => {
    const files = { 'index.js': "console.log('ready'); setInterval(() => {}, 1000);\n" };
    expect(await look('node index.js', files)).toMatchObject({ status: 'failed', causes: ['not-restarted'] });
  });
  it('what was printed before the save does not count', async () => {
    const files = {
      'index.js': "console.log('ready'); console.log(process.env); setInterval(() => console.log('ready'), 50);\n",
    };
    const { status, causes, failure } = await look('node index.js', files);
    expect({ status, causes }).toEqual({ status: 'failed', causes: ['not-restarted'] });
    expect(failure?.observed.map(({ what }) => what)).toContain('saved index.js');
  });
  it('a flood of output ends it', async () => {
    const files = { 'index.js': "for (;;) console.log('x'.repeat(1e5));\n" };
    expect(await look('node index.js', files)).toMatchObject({ status: 'failed' });
  });
  it('a link in the place of the file is not written through', async () => {
    const files = {
      'index.js':
        "const fs = require('fs'); fs.rmSync('index.js'); fs.symlinkSync('other.js', 'index.js'); fs.writeFileSync('other.js', ''); console.log('ready'); setInterval(() => { const t = fs.readFileSync('other.js', 'utf8'); if (t) console.log(t); }, 50);\n",
    };
    expect(await look('node index.js', files)).toMatchObject({ status: 'failed', causes: ['not-restarted'] });
  });
});

function polling(): string {
  return `const fs = require('fs');
const { spawn } = require('child_process');
let last;
setInterval(() => {
  const text = fs.readFileSync('index.js', 'utf8');
  if (text === last || text === '') return;
  last = text;
  spawn(process.execPath, ['index.js'], { stdio: 'inherit' });
}, 50);
`;
}
