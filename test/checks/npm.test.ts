import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import { LAYERS } from '../rig/layers.ts';
import type { Files } from '../rig/verdict.ts';

const manifest = (npm: string) => `given:
  word: { word: true }
run: { grants: [children], limits: { time: 20s } }
checks:
  - id: only
    title: does it
    hints: [Think.]
    npm: ${npm}
`;
const json = (value: object) => JSON.stringify(value);
const look = async (npm: string, files: Files, layer = 'auto') => {
  const { status, results, causes } = await verdictWith(manifest(npm), { 'index.js': '0;\n', ...files }, [
    '--isolate',
    layer,
  ]);
  return { status, causes, failure: results[0]?.failure };
};

const INSTALL = '{ commands: [{ npm: [install] }, { node: [index.js, "{{ word }}"], stdout: "hi {{ word }}" }] }';
const local: Files = {
  'package.json': json({ name: 'shop', dependencies: { hello: 'file:./hello' } }),
  'hello/package.json': json({ name: 'hello', version: '1.0.0' }),
  'hello/index.js': "module.exports = (name) => 'hi ' + name;",
  'index.js': "console.log(require('hello')(process.argv[2]));",
};

describe.each(LAYERS)('under the layer %s', (layer) => {
  it('npm install of a folder works offline', async () => {
    expect(await look(INSTALL, local, layer)).toMatchObject({ status: 'passed' });
  });
  it('commands see the files of the learner and none of the tutor', async () => {
    const files = { 'index.js': "console.log(require('node:fs').readdirSync('.').sort().join());", 'b.txt': '' };
    const seen = '{ commands: [{ node: [index.js], stdout: "b.txt,index.js", shown: node by-hand.js }] }';
    expect(await look(seen, files, layer)).toMatchObject({ status: 'passed' });
    const { failure } = await look(seen, { ...files, 'c.txt': '' }, layer);
    expect(failure).toMatchObject({
      tried: { line: 'node by-hand.js' },
      differences: [{ got: 'b.txt,c.txt,index.js' }],
    });
  });
  it('a script that ends with another code is refused, with what it said', async () => {
    const files = {
      ...local,
      'package.json': json({ scripts: { test: 'node -e "console.error(41+1);process.exit(3)"' } }),
    };
    const { status, failure } = await look('{ commands: [{ npm: [test] }] }', files, layer);
    expect(status).toBe('failed');
    expect(failure).toMatchObject({ tried: { line: 'npm test' }, differences: [{ expected: '0', got: '3' }] });
    expect(JSON.stringify(failure?.observed)).toContain('42');
  });
});

describe('what is installed', () => {
  it('a package that is loaded by its path is not an installed one: node_modules of the learner does not count', async () => {
    const files = {
      ...local,
      'package.json': json({ name: 'shop' }),
      'node_modules/hello/index.js': "module.exports = (name) => 'hi ' + name;",
    };
    expect(await look(INSTALL, files)).toMatchObject({ status: 'failed', causes: ['module-not-found'] });
  });
  it('a package that is only on the registry is named', async () => {
    const files = { ...local, 'package.json': json({ dependencies: { hello: '^1.0.0' } }) };
    expect(await look(INSTALL, files)).toMatchObject({ status: 'failed', causes: ['not-local'] });
  });
  it('a program that throws a network error of its own is not told to install from a folder', async () => {
    const files = { ...local, 'index.js': "throw new Error('the shop says ENOTFOUNDED');" };
    const { status, causes } = await look(INSTALL, files);
    expect(status).toBe('failed');
    expect(causes).not.toContain('not-local');
  });
  it('a package.json with a comment is named', async () => {
    const files = { ...local, 'package.json': '{\n  // my shop\n  "name": "shop"\n}\n' };
    expect(await look(INSTALL, files)).toMatchObject({ status: 'failed', causes: ['package-json'] });
  });
  it('a script whose name is misspelt is named', async () => {
    const files = { ...local, 'package.json': json({ scripts: { strat: 'node index.js' } }) };
    expect(await look('{ commands: [{ npm: [run, dev] }] }', files)).toMatchObject({
      status: 'failed',
      causes: ['missing-script'],
      failure: { cause: { text: expect.stringContaining('dev') } },
    });
  });
  it('a script that prints of a missing script, and fails, is not one', async () => {
    const files = {
      ...local,
      'package.json': json({ scripts: { dev: 'node -e "console.log(\'Missing\');process.exit(1)"' } }),
    };
    expect(await look('{ commands: [{ npm: [run, dev] }] }', files)).toMatchObject({
      status: 'failed',
      causes: ['none'],
    });
  });
});

describe('facts of package.json', () => {
  const range =
    '{ package: { dependencies: { express: { in: dependencies, allows: ["5.1.0"], refuses: ["6.0.0"] } } } }';
  it.each([
    ['a caret', '^5.0.0'],
    ['the number alone', '5'],
    ['two bounds', '>=5 <6'],
    ['an x', '5.x'],
    ['or', '4.21.0 || ~5.1.0'],
  ])('takes %s', async (_name, express) => {
    expect(await look(range, { 'package.json': json({ dependencies: { express } }) })).toMatchObject({
      status: 'passed',
    });
  });
  it.each([
    ['a range that is too wide', { dependencies: { express: '>=5' } }],
    ['the star', { dependencies: { express: '*' } }],
    ['a dev dependency', { devDependencies: { express: '^5.0.0' } }],
    ['no range at all', { dependencies: { express: 'five' } }],
    ['a number', { dependencies: { express: 5 } }],
    ['a prototype', { __proto__: { dependencies: { express: '^5.0.0' } } }],
    ['nothing', {}],
  ])('refuses %s', async (_name, content) => {
    expect(await look(range, { 'package.json': json(content) })).toMatchObject({ status: 'failed' });
  });
  it.each([
    ['no file', {}],
    ['an array', { 'package.json': '[]' }],
    ['an empty file', { 'package.json': '' }],
  ])('refuses %s, and says so', async (_name, files: Files) => {
    const { status, failure } = await look(range, files);
    expect(status).toBe('failed');
    expect(failure?.differences[0]?.what).toContain('package.json');
  });
  it('a byte order mark does not matter', async () => {
    const text = `\uFEFF${json({ dependencies: { express: '^5.0.0' } })}`;
    expect(await look(range, { 'package.json': text })).toMatchObject({ status: 'passed' });
  });
});

describe('what a hostile package can do', () => {
  it('a script that never ends is stopped', async () => {
    const files = { 'package.json': json({ scripts: { test: 'node -e "setInterval(() => {}, 1000)"' } }) };
    const quick = manifest('{ commands: [{ npm: [test] }] }').replace('20s', '2s');
    const { status, results } = await verdictWith(quick, { 'index.js': '0;', ...files });
    expect(status).toBe('failed');
    expect(results[0]?.failure?.summary).toMatch(/still running after 2/);
  });
  it('a script that forges the report of a command is not believed', async () => {
    const forged = json({ exitCode: 0, stdout: 'open', stderr: '', absent: false });
    const files = {
      'package.json': json({ scripts: { test: 'node forge.js' } }),
      'forge.js': `console.log(${JSON.stringify(forged)}); console.log('token' + ${JSON.stringify(forged)}); process.exit(1);`,
    };
    const { status } = await look('{ commands: [{ npm: [test], stdout: { contains: [open] } }] }', files);
    expect(status).toBe('failed');
  });
  it('a script that says a tool is absent does not skip the check', async () => {
    const absent = json({ exitCode: null, stdout: '', stderr: '', absent: true });
    const files = {
      'package.json': json({
        scripts: { test: `node -e "console.log('${absent.replaceAll('"', '\\"')}');process.exit(1)"` },
      }),
    };
    expect(await look('{ commands: [{ npm: [test] }] }', files)).toMatchObject({ status: 'failed' });
  });
});
