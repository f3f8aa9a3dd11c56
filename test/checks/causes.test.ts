import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Files, verdictOf } from '../rig/verdict.ts';

/**
 * For each cause three submissions: one that has it, a wrong one that only looks alike (it must be refused, without naming
 * this cause), and a right one that looks alike (it must be accepted).
 */
interface CauseCase {
  exercise: string;
  has: Files;
  alike: Files;
  right: Files;
}

const sum = (body: string): Files => ({ 'sum.js': body });
const valid = 'for (const a of args) if (Number.isNaN(Number(a))) { console.error(a + " is bad"); process.exit(1); }\n';
const rightSum = sum(`const args = process.argv.slice(2);\n${valid}console.log(args.reduce((t, a) => t + +a, 0));\n`);
const seats = (body: string): Files => ({ 'seats.js': body });
const rightSeats = seats(
  'const s = process.env.SEATS;\nif (s === undefined || Number.isNaN(+s)) { console.error(`SEATS: ${s}`); process.exit(1); }\nconsole.log(`Booked ${s} seats`);\n',
);
const hello = (body: string): Files => ({ 'hello.js': body });
const rightHello = hello(
  'console.log(`Hello from Node.js ${process.version}`);\nconsole.log(`Running on ${process.platform}`);\n',
);
const starter = (file: string) =>
  readFileSync(new URL(`../../exercises/esm-named/starter/${file}`, import.meta.url), 'utf8');
const prices = (body: string, more: Files = {}): Files => ({
  ...Object.fromEntries(['main.js', 'settings.js', 'package.json'].map((file) => [file, starter(file)])),
  'prices.js': body,
  ...more,
});
const app = (body: string, tail = 'app.listen(3000);\n'): Files => ({
  'index.js': `const express = require('express');\nconst app = express();\n${body}\n${tail}`,
});
const rightApp = app("app.get('/', (req, res) => res.send('Hello from Express'));");

const cases: Readonly<Record<string, CauseCase>> = {
  'argv-text': {
    exercise: 'argv-sum',
    has: sum(`let t = '';\nfor (const a of process.argv.slice(2)) t += a;\nconsole.log(t);\n`),
    alike: sum(`console.log(process.argv.slice(2).join(' + '));\n`),
    right: sum(
      `const args = process.argv.slice(2);\n${valid}let total = 0;\nfor (const a of args) total += a * 1;\nconsole.log('' + total);\n`,
    ),
  },
  'wrong-stream': {
    exercise: 'exit-codes',
    has: seats(
      'const s = process.env.SEATS;\nif (!s) { console.log("SEATS is missing"); process.exit(1); }\nconsole.log(`Booked ${s} seats`);\n',
    ),
    alike: seats(
      'const s = process.env.SEATS;\nif (!s) { console.log("SEATS is missing"); }\nconsole.log(`Booked ${s} seats`);\n',
    ),
    right: seats(`console.error('checking SEATS');\n${rightSeats['seats.js']}`),
  },
  'exit-code-lost': {
    exercise: 'exit-codes',
    has: seats(
      'const s = process.env.SEATS;\nif (!s) console.error("SEATS is missing");\nelse console.log(`Booked ${s} seats`);\n',
    ),
    alike: seats(
      'const s = process.env.SEATS;\nif (!s) { console.error("SEATS is missing"); process.exit(2); }\nconsole.log(`Booked ${s} seats`);\n',
    ),
    right: seats(
      'const s = process.env.SEATS;\nif (s === undefined || Number.isNaN(+s)) { console.error(`SEATS: ${s}`); process.exitCode = 1; }\nelse console.log(`Booked ${s} seats`);\n',
    ),
  },
  crashed: {
    exercise: 'exit-codes',
    has: seats('const s = process.env.SEATS.trim();\nconsole.log(`Booked ${s} seats`);\n'),
    alike: seats('console.error("TypeError: not really");\nprocess.exit(1);\n'),
    right: seats(
      `try { null.x } catch (error) { console.error(error.message, 'SEATS', process.env.SEATS); }\n${rightSeats['seats.js']}`,
    ),
  },
  'syntax-error': {
    exercise: 'hello-node',
    has: hello('console.log(`Hello from Node.js ${process.version}`;\n'),
    alike: hello('try { eval("(") } catch (error) { console.log(error.name) }\n'),
    right: hello(`try { eval('(') } catch { }\n${rightHello['hello.js']}`),
  },
  'package-json': {
    exercise: 'hello-node',
    has: { ...rightHello, 'package.json': '{\n  "name": "hello",\n}\n' },
    alike: hello('throw new Error("Invalid package config /tmp/work/package.json.");\n'),
    right: { ...rightHello, 'package.json': '{ "name": "hello" }\n', 'old/package.json': '{ broken' },
  },
  'module-kind': {
    exercise: 'esm-named',
    has: prices(
      "const { currency } = require('./settings.js');\nexport const total = () => 0;\nexport const label = () => currency;\n",
    ),
    alike: prices('export const total = () => 0;\nexport const label = () => "require is fine";\n'),
    right: prices(
      "import { createRequire } from 'node:module';\nimport { currency } from './settings.js';\nconst require = createRequire(import.meta.url);\nrequire('node:fs');\nexport const total = (prices) => prices.reduce((a, b) => a + b, 0);\nexport const label = (price) => `${currency} ${price}`;\n",
    ),
  },
  'missing-export': {
    exercise: 'esm-named',
    has: prices('export function totals() {}\nexport function label() {}\n'),
    alike: prices('export function total() { return 0; }\nexport function label() { return ""; }\n'),
    right: prices(
      "import { currency } from './settings.js';\nconst sum = (prices) => prices.reduce((a, b) => a + b, 0);\nconst show = (price) => `${currency} ${price}`;\nexport { sum as total, show as label };\n",
    ),
  },
  'module-not-found': {
    exercise: 'esm-named',
    has: prices(
      "import { currency } from './setting.js';\nexport const total = () => currency;\nexport const label = total;\n",
    ),
    alike: prices('throw new Error("Cannot find module in my heart");\n'),
    right: prices("export * from './lib/all.mjs';\n", {
      'lib/all.mjs':
        "import { currency } from '../settings.js';\nexport const total = (prices) => prices.reduce((a, b) => a + b, 0);\nexport const label = (price) => `${currency} ${price}`;\n",
    }),
  },
  'nothing-printed': {
    exercise: 'hello-node',
    has: hello('const text = `Hello from Node.js ${process.version}`;\n'),
    alike: hello('console.error("thinking");\n'),
    right: hello('process.stdout.write(`Hello from Node.js ${process.version}\\nRunning on ${process.platform}`);\n'),
  },
  'undefined-printed': {
    exercise: 'hello-node',
    has: hello('console.log(`Hello from Node.js ${process.versoin}\\nRunning on ${process.platform}`);\n'),
    alike: hello('console.log(`Hello from Node.js ${process.version}\\nRunning on null`);\n'),
    right: hello(`console.error(undefined);\n${rightHello['hello.js']}`),
  },
  'only-white-space': {
    exercise: 'hello-node',
    has: hello('console.log(`Hello from  Node.js ${process.version} Running on ${process.platform}`);\n'),
    alike: hello('console.log(`Hello from Node.js ${process.version}! Running on ${process.platform}`);\n'),
    right: hello(
      'console.log(`Hello from Node.js ${process.version}  \\r\\nRunning on ${process.platform}\\r\\n\\r\\n`);\n',
    ),
  },
  'only-case': {
    exercise: 'hello-node',
    has: hello('console.log(`hello from node.js ${process.version}\\nrunning on ${process.platform}`);\n'),
    alike: hello('console.log(`HI FROM NODE.JS ${process.version}\\nrunning on ${process.platform}`);\n'),
    right: rightHello,
  },
  'empty-entry': {
    exercise: 'hello-node',
    has: hello('// Write your program here.\n/* Good luck */\n'),
    alike: hello('void 0;\n'),
    right: hello(`/* hello */ // all\n${rightHello['hello.js']}`),
  },
  'no-entry': {
    exercise: 'hello-node',
    has: { 'helo.js': rightHello['hello.js'] ?? '' },
    alike: hello('void 0;\n'),
    right: { 'src/start.js': rightHello['hello.js'] ?? '', 'package.json': '{ "main": "./src/start.js" }' },
  },
  'binary-entry': {
    exercise: 'hello-node',
    has: hello('\u0000\u0001\u0002'),
    alike: hello('void "\\u0000";\n'),
    right: hello(`const zero = '\\u0000';\n${rightHello['hello.js']}`),
  },
  time: {
    exercise: 'argv-sum',
    has: sum('while (true) { }\n'),
    alike: sum('setTimeout(() => console.log("late"), 200);\n'),
    right: sum(
      `setTimeout(() => {\nconst args = process.argv.slice(2);\n${valid}console.log(args.reduce((t, a) => t + +a, 0)); }, 200);\n`,
    ),
  },
  output: {
    exercise: 'hello-node',
    has: hello('for (;;) console.log("x".repeat(10_000));\n'),
    alike: hello('for (let i = 0; i < 1_000; i++) console.log("x");\n'),
    right: hello(`console.error('x'.repeat(100_000));\n${rightHello['hello.js']}`),
  },
  'sent-twice': {
    exercise: 'express-hello',
    has: app("app.get('/', (req, res) => { res.send('Hello from Express'); res.send('again'); });"),
    alike: app("app.get('/', (req, res) => { res.send('Hello'); console.error('headers are sent'); });"),
    right: app("app.get('/', (req, res) => { res.write('Hello '); res.write('from Express'); res.end(); });"),
  },
  'never-answered': {
    exercise: 'express-hello',
    has: app("app.get('/', (req, res) => { 'Hello from Express'; });"),
    alike: app("app.get('/', (req, res) => { res.end(); });"),
    right: app("app.get('/', (req, res) => { setTimeout(() => res.send('Hello from Express'), 300); });"),
  },
  'not-listening': {
    exercise: 'express-hello',
    has: app("app.get('/', (req, res) => res.send('Hello from Express'));", ''),
    alike: app("app.get('/', (req, res) => res.send('Hello'));"),
    right: app(
      "app.get('/', (req, res) => res.send('Hello from Express'));",
      "setTimeout(() => require('node:http').createServer(app).listen({ port: '80', host: '0.0.0.0' }), 100);\n",
    ),
  },
  'no-route': {
    exercise: 'express-hello',
    has: app("app.get('/home', (req, res) => res.send('Hello from Express'));"),
    alike: app("app.use((req, res) => res.status(404).send('Hello from Express'));"),
    right: app("app.route('/').get((req, res) => res.status(200).type('text').send('<b>Hello from Express</b>'));"),
  },
  'server-error': {
    exercise: 'express-hello',
    has: app("app.get('/', (req, res) => res.send(req.nothing.here));"),
    alike: app("app.get('/', (req, res) => res.status(500).send('Hello from Express'));"),
    right: app(
      "app.get('/', (req, res, next) => next(new Error('x')));\napp.use((error, req, res, next) => { console.error(error); res.send('Hello from Express'); });",
    ),
  },
  'route-path': {
    exercise: 'express-hello',
    has: app(
      "app.get('/', (req, res) => res.send('Hello from Express'));\napp.get('*', (req, res) => res.sendStatus(404));",
    ),
    alike: app("throw new Error('path');"),
    right: app(
      "app.get('/', (req, res) => res.send('Hello from Express'));\napp.get('/{*rest}', (req, res) => res.sendStatus(404));",
    ),
  },
};

describe.each(Object.entries(cases))('%s', (cause, { exercise, has, alike, right }) => {
  it('is named where it is the cause', async () => {
    const { status, causes } = await verdictOf(exercise, has);
    expect({ status, causes }).toEqual({ status: 'failed', causes: [cause] });
  });

  it('is not named where a wrong solution only looks alike', async () => {
    const { status, causes } = await verdictOf(exercise, alike);
    expect(status).toBe('failed');
    expect(causes).not.toContain(cause);
  });

  it('does not make a right solution fail', async () => {
    const verdict = await verdictOf(exercise, right);
    expect(verdict).toMatchObject({ status: 'passed', causes: [] });
  });
});

it('accepts the plainest right solutions', async () => {
  const all = [
    ['argv-sum', rightSum],
    ['exit-codes', rightSeats],
    ['hello-node', rightHello],
    ['express-hello', rightApp],
  ] as const;
  for (const [exercise, files] of all) expect(await verdictOf(exercise, files)).toMatchObject({ status: 'passed' });
});
