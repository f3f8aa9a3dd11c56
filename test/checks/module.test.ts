import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRig } from '../rig/cli.ts';
import { KINDS_COURSE, verdictWith } from '../rig/course.ts';
import { verdictOf } from '../rig/verdict.ts';

const hasBubblewrap = spawnSync('bwrap', ['--version'], { stdio: 'ignore' }).status === 0;
const layers = [...(hasBubblewrap ? ['strict'] : []), 'guard', 'none'];
const kinds = ['--course', KINDS_COURSE];

/** An exercise with one check of these steps. */
const steps = (yaml: string, more = '') =>
  `${more}run: { limits: { time: 2s } }\nchecks:\n  - id: only\n    title: does it\n    hints: [Think.]\n    module:\n${yaml.replace(/^/gm, '      ')}\n`;
const adds = steps('- import: entry\n  as: math\n- call: math.add\n  args: [2, 3]\n  returns: 5');

const commonjs = `
const { readFile, writeFile } = require('node:fs/promises');
module.exports = {
  add: (a, b) => b + a, helper() {},
  divide(a, b) { if (!b) throw Object.assign(new RangeError('no zero'), { more: 1 }); console.error('log'); return a / b; },
  LIMIT: Object.create(null, { max: { value: 100, enumerable: true }, tags: { value: [1, , {}], enumerable: true } }),
  Counter: class Counter {
    value = 0;
    up = (n) => { this.value += n; };
    load(file) {
      return new Promise((resolve, reject) => setImmediate(() => readFile(file, 'utf8').then(async (text) => {
        await writeFile('count.txt', this.value + +text + '\\n'); resolve(+text + this.value); }, reject)));
    }
  },
};`;
const esm = commonjs
  .replace(
    "const { readFile, writeFile } = require('node:fs/promises')",
    "import { readFile, writeFile } from 'node:fs/promises'",
  )
  .replace('module.exports =', 'const all =')
  .concat('\nexport const { add, divide, LIMIT, Counter } = all;');

describe.each(layers)('under the layer %s', (layer) => {
  it.each([
    ['CommonJS', { 'math.js': commonjs }],
    ['an ES module by its ending', { 'math.mjs': esm }],
    ['an ES module by its package', { 'math.js': esm, 'package.json': '{"type":"module"}' }],
    ['CommonJS in several files', { 'math.js': "module.exports = require('./lib');", 'lib/index.js': commonjs }],
  ])('takes %s', async (_name, files) => {
    const verdict = await verdictOf('math-module', files, [...kinds, '--isolate', layer]);
    expect(verdict.results.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
  });

  it('tells in JavaScript what was tried, and both values', async () => {
    const { results } = await verdictWith(
      steps(
        '- import: ./lib/math.js\n- call: math.list\n  args: [{ name: Sana }, [1, -2], { $callback: done }]\n  returns: [1, { a: "1" }]',
      ),
      { 'index.js': '0', 'lib/math.mjs': 'export const list = (o) => [1, { a: 1 }, o];' },
      ['--isolate', layer],
    );
    expect(results[0]?.failure).toMatchObject({
      tried: {
        kind: 'code',
        code: "import * as math from './lib/math.js';\nmath.list({ name: 'Sana' }, [ 1, -2 ], done);",
      },
      differences: [{ expected: "[ 1, { a: '1' } ]", got: "[ 1, { a: 1 }, { name: 'Sana' } ]" }],
    });
  });
});

describe('values', () => {
  const gives = (value: string, wanted: string) =>
    verdictWith(steps(`- import: entry\n  as: it\n- get: it.value\n  value: ${wanted}`), {
      'index.js': `exports.value = ${value};`,
    });
  it.each([
    ['undefined', '{ $undefined: true }'],
    ['NaN', '{ $number: NaN }'],
    ['-0', '0'],
    ['-0', '{ $number: "-0" }'],
    ['10n ** 20n', '{ $bigint: "100000000000000000000" }'],
    ['new Date(Date.UTC(2024, 0, 2))', '{ $date: "2024-01-02T00:00:00Z" }'],
    ['/a+/gi', '{ $regexp: "/a+/gi" }'],
    ['new Map([["a", [1]], [2, "b"]])', '{ $map: [[a, [1]], [2, b]] }'],
    ['new Set([[2], "1"])', '{ $set: ["1", [2]] }'],
    ['Buffer.from("hé")', '{ $buffer: "hé" }'],
    ['new Uint8Array([0, 255])', '{ $bytes: "00ff" }'],
    ['Object.assign(new TypeError("no"), { code: "E" })', '{ $error: { name: TypeError, message: "no", code: E } }'],
    ['new RangeError("no 7")', '{ $error: { message: { $text: { contains: [7] } } } }'],
    ['class extends Error { name = "Own" }', '{ $type: class }'],
    ['0.1 + 0.2', '{ $near: 0.3 }'],
    ['{ a: 1, b: { c: [1] }, d: 2 }', '{ $has: { b: { c: [1] } } }'],
    ['new (class User { name = "x" })()', '{ $class: User, has: { name: x } }'],
    ['new (class User { name = "x" })()', '{ name: x }'],
    ['"abc 5"', '{ $text: { contains: [5] } }'],
    ['(() => { const o = { n: 1 }; o.self = o; return o; })()', '{ n: 1, self: { $any: true } }'],
  ])('%s is %s', async (value, wanted) => {
    expect((await gives(value, wanted)).results[0]?.failure).toBeUndefined();
  });
  it.each([
    ['"5"', '5', "'5'"],
    ['null', '{ $undefined: true }', 'null'],
    ['0', '{ $number: "-0" }', '0'],
    ['[1]', '{ "0": 1 }', '[ 1 ]'],
    ['new Date(1)', '{}', '1970-01-01T00:00:00.001Z'],
    ['new Map([["a", 1]])', '{ a: 1 }', "Map(1) { 'a' => 1 }"],
    ['{ a: 1, b: 2 }', '{ a: 1 }', '{ a: 1, b: 2 }'],
    ['Promise.resolve(5)', '5', 'Promise { <pending> }'],
    ['new Error("no")', '{}', '[Error: no]'],
    ['new Error("no 8")', '{ $error: { message: { $text: { contains: [7] } } } }', '[Error: no 8]'],
    ['(() => { const o = {}; o.self = o; return o; })()', '{ self: {} }', '<ref *1> { self: [Circular *1] }'],
    ['{ get a() { throw new Error("trap"); } }', '{ a: 1 }', '{ a: <reading it throws Error: trap> }'],
    ['"x".repeat(1e6)', 'x', expect.stringMatching(/^'x{500}/)],
    ['Array(100).fill("y".repeat(1e4))', '[]', '<too much to show>'],
    ['Buffer.alloc(1e6)', '{ $buffer: "" }', '<too much to show>'],
    ['new Proxy({}, { ownKeys() { throw new Error("trap"); } })', '{}', '<reading it throws Error: trap>'],
    [
      '(() => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o; })()',
      '{}',
      expect.stringContaining('{ o:'),
    ],
  ])('%s is not %s', async (value, wanted, got) => {
    const { results } = await gives(value, wanted);
    expect(results[0]?.failure?.differences[0]?.got).toEqual(got);
  });
});

describe('a hostile or broken module', () => {
  it.each<[string, string, { cause: string; summary: RegExp }]>([
    [
      'process.exit(0) in an import',
      'process.exit(0);',
      { cause: 'process-exit', summary: /ended with exit code 0 while \.\/index\.js was being imported/ },
    ],
    [
      'process.exit(0) in a call',
      'exports.add = () => process.exit(0);',
      { cause: 'process-exit', summary: /math\.add\(2, 3\) was running/ },
    ],
    [
      'an import that never ends',
      'for (;;);',
      { cause: 'import-time', summary: /still running after 2\S* s, while \.\/index\.js was being imported/ },
    ],
    [
      'a call that never ends',
      'exports.add = () => { for (;;); };',
      { cause: 'time', summary: /while math\.add\(2, 3\) was running/ },
    ],
    [
      'an import that awaits for ever',
      'export const add = await new Promise(() => {});',
      { cause: 'import-time', summary: /never done loading/ },
    ],
    ['an error in an import', 'null.x;', { cause: 'crashed', summary: /could not be imported: TypeError/ }],
    [
      'an error outside of the call',
      'exports.add = () => { setImmediate(() => { throw new Error("late"); }); for (const end = Date.now() + 50; Date.now() < end;); return new Promise(() => {}); };',
      { cause: 'promise-returned', summary: /returned value/ },
    ],
  ])('%s', async (_name, code, { cause, summary }) => {
    const { results, causes } = await verdictWith(adds, { 'index.js': code });
    expect(results[0]?.failure?.summary).toMatch(summary);
    expect(causes).toEqual([cause]);
  });

  it('cannot answer for the process with reports of its own', async () => {
    const forged = [0, 1]
      .map((index) => `{"type":"step","token":"x","index":${index},"answer":{"is":"value","value":5}}`)
      .join('\\n');
    const code = `const fs = require('fs');\nfs.writeSync(3, '${forged}\\n{"type":"done","token":"x"}\\n');\nconsole.log('${forged}');\nexports.add = () => 4;`;
    const { results } = await verdictWith(adds, { 'index.js': code });
    expect(results[0]?.failure?.differences).toMatchObject([{ expected: '5', got: '4' }]);
  });

  it('cannot learn what is expected, nor the word that its reports carry', async () => {
    const spy = `const seen = [];
for (const proto of [Object.prototype, Array.prototype]) Object.defineProperty(proto, 'toJSON', { configurable: true, value() { seen.push(Object.keys(this).join()); return this; } });
const { stringify } = JSON; JSON.stringify = (value) => { seen.push(String(value)); return stringify(value); };
const { writeSync } = require('fs'); require('fs').writeSync = (...args) => { seen.push(args.join()); return writeSync(...args); };
exports.seen = () => { delete Object.prototype.toJSON; delete Array.prototype.toJSON; return ['seen', ...seen, ...process.execArgv, ...Object.values(process.env)].join(' '); };
exports.add = (a, b) => a + b;`;
    const { results } = await verdictWith(
      steps(
        '- import: entry\n  as: math\n- call: math.add\n  args: [2, 3]\n  returns: 5\n- call: math.seen\n  returns: nothing',
      ),
      { 'index.js': spy },
    );
    const got = results[0]?.failure?.differences[0]?.got ?? '';
    expect(got).toMatch(/seen/);
    expect(got).not.toMatch(/token|nothing|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('may fill the prototypes of the language with junk', async () => {
    const junk =
      "Promise.prototype.then = null; Array.prototype.map = () => []; Object.prototype.t = 'x'; exports.add = (a, b) => a + b;";
    const { status, results } = await verdictWith(adds, { 'index.js': junk });
    expect(['passed', 'failed']).toContain(status);
    expect(results[0]?.status).not.toBe('broken');
  });
});

describe('what a step printed', () => {
  const prints = steps(
    '- import: entry\n  as: it\n  printed: hello\n- call: it\n  args: ["Zoë"]\n  printed: "hi Zoë"\n- call: it\n  args: ["B"]\n  resolves: 1\n  printed: hi B',
  );
  it('is told apart step by step, also of an async function', async () => {
    const code =
      "console.log('hello'); module.exports = async (name) => { process.stdout.write('hi '); console.log(name); return 1; };";
    expect((await verdictWith(prints, { 'index.js': code })).status).toBe('passed');
  });
  it('is shown where it differs', async () => {
    const code = "console.log('hello'); module.exports = async (name) => { console.log('hi', 'Zoë'); return 1; };";
    const { results } = await verdictWith(prints, { 'index.js': code });
    expect(results[0]?.failure?.differences).toMatchObject([{ what: 'stdout', expected: 'hi B', got: 'hi Zoë' }]);
  });
});

describe('callbacks and events', () => {
  it.each([
    [
      'a callback with undefined for no error',
      'module.exports = (a, b, cb) => { process.nextTick(cb, undefined, a + b); };',
    ],
    ['a callback at once', 'module.exports = (a, b, cb) => { cb(null, a + b, undefined); };'],
    [
      'an interval that goes on',
      'module.exports = (a, b, cb) => { setInterval(() => {}, 50); setTimeout(() => cb(null, a + b), 10); };',
    ],
  ])('takes %s', async (_name, code) => {
    const manifest = steps(
      '- import: entry\n  as: later\n- call: later\n  args: [2, 3, { $callback: done }]\n- called: done\n  with: [null, 5]',
      '',
    ).replace('time: 2s', 'time: 5s');
    expect((await verdictWith(manifest, { 'index.js': code })).results[0]?.failure).toBeUndefined();
  });
});

describe.runIf(Boolean(Reflect.get(process.features, 'typescript')))('TypeScript, where this Node.js runs it', () => {
  it('stands in place of JavaScript', async () => {
    const code = 'type Sum = number;\nexport const add = (a: Sum, b: Sum): Sum => a + b;';
    expect((await verdictWith(adds, { 'index.ts': code })).results[0]?.failure).toBeUndefined();
  });
});
describe.runIf(!Reflect.get(process.features, 'typescript'))('TypeScript, where this Node.js does not run it', () => {
  it('is refused, and told which Node.js runs it', async () => {
    const { results, causes } = await verdictWith(adds, { 'index.ts': 'export const add: unknown = 1;' });
    expect(causes).toEqual(['unfit-submission']);
    expect(results[0]?.failure?.next).toMatch(/Node\.js 22\.18 or later/);
  });
});

describe('a manifest', () => {
  it('is refused where a step uses a name that no earlier step gave', async () => {
    const rig = await makeRig();
    const course = path.join(rig.folder, 'course');
    await cp(KINDS_COURSE, course, { recursive: true });
    const file = 'course/exercises/math-module/exercise.yaml';
    await rig.write(file, (await rig.read(file)).replace('call: math.add', 'call: maths.add'));
    const { code, answer } = await rig.json(['check', 'math-module', '--course', course]);
    expect(code).toBe(2);
    expect(answer.error.diagnostics).toMatchObject([
      { message: 'no earlier step is named `maths`', fix: expect.stringContaining('math') },
    ]);
  });
});
