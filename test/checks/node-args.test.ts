import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import { LAYERS } from '../rig/layers.ts';

const manifest = `entry: session.txt
given: { price: { integer: { min: 20011, max: 99999 } } }
checks:
  - id: only
    title: calculates
    hints: [Think.]
    program:
      nodeArgs: [-i]
      stdin: { file: session.txt }
      env: { PRICE: "{{ price }}" }
      stdout: { contains: ["{{ price | times: 3 }}"] }
`;
const look = (session: string, args: readonly string[] = []) => verdictWith(manifest, { 'session.txt': session }, args);

describe.each(LAYERS)('a session at the prompt of node, under the layer %s', (layer) => {
  const args = ['--isolate', layer];
  it('is fed to it, whatever ends its lines', async () => {
    expect((await look('const p = Number(process.env.PRICE);\np * 3\n.exit\n', args)).status).toBe('passed');
    expect((await look('\uFEFFlet p = process.env.PRICE\r\np * 3', args)).status).toBe('passed');
  });
  it('is named in the command, and its error is told', async () => {
    const { causes, results } = await look('const p = 1\nprize * 3\n', args);
    expect(causes).toEqual(['repl-error']);
    const failure = results[0]?.failure;
    expect(failure?.tried).toMatchObject({
      kind: 'command',
      line: expect.stringMatching(/^PRICE=\d+ node -i < session.txt$/),
    });
    expect(failure?.cause?.text).toContain('ReferenceError: prize is not defined');
    expect(failure?.differences[0]?.got).toMatch(/> undefined\n> Uncaught/);
  });
});

describe('a session', () => {
  it('that is left open', async () => {
    expect((await look('const p = Number(process.env.PRICE)\nfunction f() {\n  return p * 3\n')).causes).toEqual([
      'repl-unfinished',
    ]);
  });
  it('with a syntax error', async () => {
    const { results, causes } = await look('const = 3\n');
    expect(causes).toEqual(['repl-error']);
    expect(results[0]?.failure?.cause?.text).toContain('SyntaxError');
  });
  it('that prints the word Uncaught of its own is not taken for an error', async () => {
    expect((await look("console.log('an Uncaught fish')\n")).causes).not.toContain('repl-error');
  });
  it('that asks for its history finds none', async () => {
    const code = "Number(process.env.PRICE) * 3\nconst left = require('fs').readdirSync(process.env.HOME)\nleft\n";
    const { results } = await verdictWith(manifest.replace('contains:', 'lacks: [history], contains:'), {
      'session.txt': code,
    });
    expect(results[0]?.failure).toBeUndefined();
  });
});

describe('other options of node for one check', () => {
  it('count for that check alone', async () => {
    const check = (id: string, more: string) =>
      `  - { id: ${id}, title: ${id}, hints: [Think.], program: { ${more} } }\n`;
    const two = `checks:\n${check('with', 'nodeArgs: [--expose-gc], stdout: function')}${check('without', 'stdout: undefined')}`;
    expect((await verdictWith(two, { 'index.js': 'console.log(typeof gc);' })).status).toBe('passed');
  });
});

describe('a file of the submission as stdin', () => {
  const fed = `checks:
  - { id: only, title: counts, hints: [Think.], program: { stdin: { file: words.txt }, stdout: "3" } }
`;
  const code = "console.log(require('fs').readFileSync(0, 'utf8').trim().split(/\\s+/).length);";
  it('is read', async () => {
    expect((await verdictWith(fed, { 'index.js': code, 'words.txt': 'a b c\n' })).status).toBe('passed');
  });
  it('is missed where it is not there', async () => {
    const { results } = await verdictWith(fed, { 'index.js': code });
    expect(results[0]?.failure).toMatchObject({
      summary: 'There is no file words.txt.',
      tried: { line: 'node index.js < words.txt' },
    });
  });
});
