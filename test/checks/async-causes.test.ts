import { describe, expect, it } from 'vitest';
import { verdictOf } from '../rig/verdict.ts';

const TEXT = '`Hello from Node.js ${process.version}\\nRunning on ${process.platform}`';

interface Case {
  /** Wrong solutions that have this cause; the line that must be shown is marked with a comment `here`. */
  has: Readonly<Record<string, string>>;
  /** Wrong solutions that look alike, but have another cause. */
  alike: Readonly<Record<string, string>>;
  /** Right solutions that look alike. */
  right: Readonly<Record<string, string>>;
}

const cases: Readonly<Record<string, Case>> = {
  'outside-callback': {
    has: {
      'a variable set in a callback': `const fs = require('fs');\nlet text;\nfs.readFile(__filename, () => { text = ${TEXT}; });\nconsole.log(text); // here\n`,
      'a list filled in a callback': `const lines = [];\nsetTimeout(() => { lines.push(${TEXT}); }, 5);\nconsole.log(lines); // here\n`,
      'set in then': `let text = null;\nPromise.resolve(${TEXT}).then((value) => { text = value; });\nconsole.log(text); // here\n`,
      'a stream whose data are collected': `let text = '';\nrequire('fs').createReadStream(__filename).on('data', (data) => { text += data; });\nconsole.log(text); // here\n`,
      'used in a function': `function main() {\n  let text;\n  setImmediate(() => { text = ${TEXT}; });\n  console.log(text); // here\n}\nmain();\n`,
      'what a function with a callback returns': `const text = require('fs').readFile(__filename, 'utf8', () => {});\nconsole.log(text); // here\n`,
      'an error where it is used': `let text;\nsetTimeout(() => { text = ${TEXT}; }, 5);\nconsole.log(text.trim()); // here\n`,
    },
    alike: {
      'a callback that runs at once': 'let last;\n[].forEach((item) => { last = item; });\nconsole.log(last);\n',
      'a misspelled property':
        'let text;\nsetTimeout(() => { text = 1; }, 5);\nconsole.log(process.versoin, text === 2);\n',
      'a listener that is called at once':
        "let last;\nconst emitter = new (require('events'))();\nemitter.on('x', (value) => { last = value; });\nemitter.emit('x');\nconsole.log(last);\n",
      'an empty text and other output':
        "let text = '';\nsetTimeout(() => { text = 'x'; }, 5);\nconsole.log('Hello', text);\n",
      'an error elsewhere': 'let text;\nsetTimeout(() => { text = 1; console.log(text.a.b); }, 5);\n',
    },
    right: {
      'used in the callback': `let text;\nsetTimeout(() => { text = ${TEXT}; console.log(text); }, 5);\n`,
      'set at once': `let text;\n[1].forEach(() => { text = ${TEXT}; });\nconsole.log(text);\n`,
    },
  },
  'callback-undefined': {
    has: {
      'of an own function': `function load(callback) {\n  callback(${TEXT}); // here\n}\nload();\n`,
      'of an arrow function': `const load = (name, done) => {\n  done(name); // here\n};\nload((text) => console.log(text));\n`,
      'of Node.js': "require('fs').readFile(__filename, 'utf8'); // here\n",
    },
    alike: {
      'another thing that is no function': 'const load = 5;\nload();\n',
      'a parameter of another function':
        'function a(callback) {}\na(() => {});\nconst callback = 1;\n(() => callback())();\n',
    },
    right: { given: `function load(callback) { callback(${TEXT}); }\nload((text) => console.log(text));\n` },
  },
  'missing-semicolon': {
    has: {
      'before a parenthesis': `const a = 1 // here\n(function () { console.log(${TEXT}) })()\n`,
      'before a bracket': `const a = 'x' // here\n[1, 2].forEach((each) => console.log(each))\n`,
      'before a swap': 'let a = 1\nlet b = 2 // here\n[a, b] = [b, a]\nconsole.log(a, b)\n',
      'before a template': `const a = 1 // here\n\`\${a}\`.trim()\n`,
    },
    alike: {
      'a call of no function': 'const a = 1;\na();\n',
      'a call over several lines': 'const a = {};\na.b(\n  1,\n);\n',
    },
    right: {
      'a semicolon is there': `const a = 1;\n(function () { console.log(${TEXT}) })()\n`,
      'a call over two lines on purpose': `console.log\n(${TEXT})\n`,
    },
  },
  'unhandled-rejection': {
    has: {
      'an await that fails':
        "async function main() {\n  await require('fs/promises').readFile('missing.txt'); // here\n}\nmain();\n",
      'a throw in an async function': "const main = async () => {\n  throw new Error('no'); // here\n};\nmain();\n",
      'a throw in then': "Promise.resolve().then(() => {\n  throw new TypeError('no'); // here\n});\n",
      'a reason that is no error': "Promise.reject('no');\n",
    },
    alike: {
      'a throw outside': "throw new Error('no');\n",
      'a throw at the top of an ES module': "import 'node:fs';\nthrow new Error('no');\n",
      'a throw in a callback of an async function':
        "async function main() {\n  setTimeout(() => { throw new Error('no'); }, 1);\n}\nmain();\n",
      'one that was caught':
        "Promise.reject(new Error('no')).catch((error) => { console.error(error); process.exit(1); });\n",
    },
    right: {
      caught: `Promise.reject(new Error('no')).catch(() => console.log(${TEXT}));\n`,
      'caught in try': `(async () => { try { await Promise.reject('no'); } catch { console.log(${TEXT}); } })();\n`,
    },
  },
  'await-missing': {
    has: {
      'an async function': `async function load() { return ${TEXT}; }\nconst text = load(); // here\nconsole.log(text);\n`,
      'a call that is printed': `const load = async () => ${TEXT};\nconsole.log('text', load()); // here\n`,
      'in a text': `const text = require('fs/promises').readFile(__filename); // here\nconsole.log('' + text);\n`,
    },
    alike: {
      'the word in the text': "console.log('Promise me');\n",
      'an awaited one with a wrong value': "(async () => { console.log(await Promise.resolve('Hello')); })();\n",
    },
    right: { awaited: `async function load() { return ${TEXT}; }\nload().then(console.log);\n` },
  },
};

describe.each(Object.entries(cases))('%s', (cause, { has, alike, right }) => {
  it.each(Object.entries(has))('is named and shown for %s', async (_, code) => {
    const { causes, results } = await verdictOf('hello-node', { 'hello.js': code });
    expect(causes).toEqual([cause]);
    const marked = code.split('\n').findIndex((line) => line.includes('// here')) + 1;
    const location = results[0]?.failure?.cause?.location;
    expect(location?.line ?? 0).toBe(marked);
  });

  it.each(Object.entries(alike))('is not named for %s', async (_, code) => {
    const { status, causes } = await verdictOf('hello-node', { 'hello.js': code });
    expect(status).toBe('failed');
    expect(causes).not.toContain(cause);
  });

  it.each(Object.entries(right))('passes when %s', async (_, code) => {
    expect(await verdictOf('hello-node', { 'hello.js': code })).toMatchObject({ status: 'passed' });
  });
});
