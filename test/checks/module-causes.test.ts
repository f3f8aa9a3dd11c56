import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import type { Files } from '../rig/verdict.ts';

/** What has the cause, what is wrong and only looks alike, and what is right and looks alike. */
interface CauseCase {
  steps: string;
  has: Files;
  alike: Files;
  right: Files;
}

const manifest = (steps: string) =>
  `run: { limits: { time: 2s } }\nchecks:\n  - id: only\n    title: does it\n    hints: [Think.]\n    module:\n${steps.replace(/^/gm, '      ')}\n`;
const index = (code: string, more: Files = {}): Files => ({ 'index.js': code, ...more });
const mjs = (code: string, more: Files = {}): Files => ({ 'index.mjs': code, ...more });

const add = '- import: entry\n  as: math\n- call: math.add\n  args: [2, 3]\n  returns: 5';
const whole = '- import: entry\n  as: add\n- call: add\n  args: [2, 3]\n  returns: 5';
const fruits = '- import: ./fruits\n  keys: [apple]';
const later =
  '- import: entry\n  as: later\n- call: later\n  args: [2, 3, { $callback: done }]\n- called: done\n  with: [null, 5]';

const cases: Readonly<Record<string, CauseCase>> = {
  'exports-reassigned': {
    steps: add,
    has: index('exports = { add: (a, b) => a + b };'),
    alike: index('let other = { exports: 1 }; other.exports = 2; exports.plus = (a, b) => a + b;'),
    right: index('exports = module.exports = { add: (a, b) => a + b };'),
  },
  'nothing-exported': {
    steps: add,
    has: index('const add = (a, b) => a + b;'),
    alike: index('const { exports: out } = module; out.added = (a, b) => a + b;'),
    right: index('this.add = (a, b) => a + b;'),
  },
  'missing-export': {
    steps: add,
    has: index('exports.Add = (a, b) => a + b;'),
    alike: index('exports.add = 5;'),
    right: index('Object.assign(exports, { add: (a, b) => a + b, Add: 1 });'),
  },
  'default-export': {
    steps: add,
    has: mjs('export default { add: (a, b) => a + b };'),
    alike: mjs('export default 1; export const add = (a, b) => a - b;'),
    right: mjs('const add = (a, b) => a + b; export { add, add as default };'),
  },
  'missing-index': {
    steps: fruits,
    has: index('0;', { 'fruits/apple.js': 'exports.apple = 1;' }),
    alike: index('0;', { 'fruits.txt': 'apple' }),
    right: index('0;', { 'fruits/package.json': '{"main":"lib.js"}', 'fruits/lib.js': 'exports.apple = 1;' }),
  },
  'folder-import': {
    steps: add,
    has: mjs("export * from './math';", { 'math/index.js': 'export const add = (a, b) => a + b;' }),
    alike: mjs("export * from './maths/index.js';", { 'math/index.js': 'export const add = (a, b) => a + b;' }),
    right: mjs("export * from './math/index.mjs';", { 'math/index.mjs': 'export const add = (a, b) => a + b;' }),
  },
  'module-not-found': {
    steps: fruits,
    has: index('0;', { 'fruit.js': 'exports.apple = 1;' }),
    alike: index('0;', { 'fruits.js': 'throw new Error("Cannot find module");' }),
    right: index('0;', { 'fruits.cjs': "exports.apple = require('./fruit').apple;", 'fruit.js': 'exports.apple = 1;' }),
  },
  'json-import': {
    steps: add,
    has: mjs("import data from './data.json';\nexport const add = () => data.sum;", { 'data.json': '{"sum":5}' }),
    alike: mjs("import data from './data.json' with { type: 'json' };\nexport const add = () => data.add;", {
      'data.json': '{"sum":5}',
    }),
    right: mjs("import data from './data.json' with { type: 'json' };\nexport const add = () => data.sum;", {
      'data.json': '{"sum":5}',
    }),
  },
  'module-kind': {
    steps: add,
    has: index("import fs from 'fs';\nexport const add = (a, b) => a + b;", { 'package.json': '{"type":"commonjs"}' }),
    alike: index('throw new SyntaxError("import");', { 'package.json': '{"type":"commonjs"}' }),
    right: index("import fs from 'fs';\nexport const add = (a, b) => a + b;", { 'package.json': '{"type":"module"}' }),
  },
  'promise-returned': {
    steps: add,
    has: index('exports.add = async (a, b) => a + b;'),
    alike: index('exports.add = (a, b) => ({ then: 1 });'),
    right: index('exports.add = (a, b) => { Promise.resolve(1); return a + b; };'),
  },
  'printed-instead': {
    steps: add,
    has: index('exports.add = (a, b) => { console.log(a + b); };'),
    alike: index('exports.add = (a, b) => { console.log("adding"); };'),
    right: index('exports.add = (a, b) => { console.log(a + b); return a + b; };'),
  },
  'typed-in': {
    steps: '- import: entry\n  printed: { lacks: [linux] }',
    has: index("console.log(`Running on linux, ${process.platform === 'linux'}`);"),
    alike: index("const name = ['li', 'nux'].join(''); if (name === 'linux') console.log(name);"),
    right: index("console.log(process.platform === 'linux' ? 'a penguin' : 'another animal');"),
  },
  'nothing-returned': {
    steps: add,
    has: index('exports.add = (a, b) => { a + b; };'),
    alike: index('exports.add = (a, b) => null;'),
    right: index('exports.add = (a, b) => { let c; c = a + b; return c; };'),
  },
  'no-promise': {
    steps: add.replace('returns', 'resolves'),
    has: index('exports.add = (a, b) => a + b;'),
    alike: index('exports.add = async (a, b) => a - b;'),
    right: index('exports.add = (a, b) => ({ then: (resolve) => resolve(a + b) });'),
  },
  'never-settles': {
    steps: add.replace('returns', 'resolves'),
    has: index('exports.add = (a, b) => new Promise((resolve) => a + b);'),
    alike: index('exports.add = (a, b) => new Promise((resolve, reject) => reject(a + b));'),
    right: index('exports.add = (a, b) => new Promise((resolve) => setTimeout(resolve, 30, a + b));'),
  },
  'callback-never-called': {
    steps: later,
    has: index('module.exports = (a, b, callback) => { a + b; };'),
    alike: index('module.exports = (a, b, callback) => { callback(null, a - b); };'),
    right: index('module.exports = (a, b, callback) => { setTimeout(() => callback(null, a + b), 50); };'),
  },
  'callback-twice': {
    steps: later,
    has: index('module.exports = (a, b, cb) => { cb(null, a + b); setTimeout(cb, 30, null, 1); };'),
    alike: index('module.exports = (a, b, cb) => { let n = 0; n++; n++; cb(null, n); };'),
    right: index(
      'module.exports = (a, b, cb) => { let done; const once = () => { if (done) return; done = true; cb(null, a + b); }; once(); once(); };',
    ),
  },
  'callback-order': {
    steps: later,
    has: index('module.exports = (a, b, cb) => cb(a + b);'),
    alike: index('module.exports = (a, b, cb) => cb(new Error("5"));'),
    right: index('module.exports = (a, b, cb) => cb(null, a + b, "more".slice(4) || undefined);'),
  },
  'callback-undefined': {
    steps: later,
    has: index('module.exports = (callback, a, b) => { callback(null, a + b); };'),
    alike: index('const data = {}; module.exports = (a, b, callback) => { data.callback(null, a + b); };'),
    right: index('module.exports = (a, b, callback) => { try { a(); } catch { callback(null, a + b); } };'),
  },
  'process-exit': {
    steps: whole,
    has: index('module.exports = (a, b) => { process.exit(a + b); };'),
    alike: index('module.exports = (a, b) => { throw new Error("process.exit"); };'),
    right: index('module.exports = (a, b) => { process.exitCode = 3; return a + b; };'),
  },
};

describe.each(Object.entries(cases))('the cause %s', (cause, { steps, has, alike, right }) => {
  it('is named where it is the cause', async () => {
    expect((await verdictWith(manifest(steps), has)).causes).toEqual([cause]);
  });
  it('is not named where a wrong solution only looks alike', async () => {
    const verdict = await verdictWith(manifest(steps), alike);
    expect(verdict.status).toBe('failed');
    expect(verdict.causes).not.toContain(cause);
  });
  it('does not make a right solution fail', async () => {
    expect((await verdictWith(manifest(steps), right)).results[0]?.failure).toBeUndefined();
  });
});
