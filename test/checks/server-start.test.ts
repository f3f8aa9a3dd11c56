import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRig } from '../rig/cli.ts';
import { verdictWith } from '../rig/course.ts';
import type { Files } from '../rig/verdict.ts';

const HEAD = 'entry: index.js\nrun: server\ngiven: { word: word, number: { integer: [2, 99] } }\n';
const check = (body: string): string => `${HEAD}checks:\n${body}\nwrong: {}\n`;

/** A server of plain Node.js, whose handler has `req`, `res`, `fs`, `path` and `count`. */
const server = (handler: string): Files => ({
  'index.js': `const http = require('node:http');
const fs = require('node:fs');
const path = require('node:path');
let count = 0;
http.createServer((req, res) => { count += 1; ${handler} }).listen(3000);
`,
  'note.txt': 'from the submission',
});

/** Before a server: what it finds in its note. */
const READ_NOTE = "const note = require('node:fs').readFileSync(__dirname + '/note.txt', 'utf8');";

const statuses = async (manifest: string, files: Files) =>
  (await verdictWith(manifest, files)).results.map(({ status }) => status);

describe('a check that starts the server its own way', () => {
  const manifest = check(`
  - id: as-usual
    title: t
    hints: [h]
    http: { get: /, expect: { body: from the submission } }
  - id: elsewhere
    title: t
    hints: [h]
    start: { cwd: deep/elsewhere }
    http: { get: /, expect: { body: from the submission } }
  - id: other-file
    title: t
    hints: [h]
    start: { files: { note.txt: "{{ word }}" } }
    http: { get: /, expect: { body: "{{ word }}" } }
  - id: as-usual-again
    title: t
    hints: [h]
    http: { get: /, expect: { body: from the submission } }`);

  it('accepts a server that finds its files from anywhere, and gives every check its own files', async () => {
    const files = server("res.end(fs.readFileSync(path.join(__dirname, 'note.txt')));");
    expect(await statuses(manifest, files)).toEqual(['passed', 'passed', 'passed', 'passed']);
  });

  it('refuses a server that finds its files only from its own folder, and one that keeps a copy', async () => {
    const relative = server("try { res.end(fs.readFileSync('note.txt')); } catch { res.writeHead(404).end(); }");
    expect(await statuses(manifest, relative)).toEqual(['passed', 'failed', 'passed', 'passed']);
    const copy = server("res.end('from the submission');");
    expect(await statuses(manifest, copy)).toEqual(['passed', 'passed', 'failed', 'passed']);
  });

  it('tells how the server was started, and what it found', async () => {
    const { results } = await verdictWith(manifest, server('res.writeHead(404).end();'));
    const observed = results.map(({ failure }) => failure?.observed.map(({ text }) => text).join('\n') ?? '');
    expect(observed[0]).not.toContain('cd ');
    expect(observed[1]).toContain('cd deep/elsewhere && node ../../index.js');
    expect(observed[2]).toMatch(/^[a-z]+$/m);
  });

  it('keeps one server for all requests of a check', async () => {
    const one = check(`
  - id: counts
    title: t
    hints: [h]
    start: { files: { note.txt: x } }
    http:
      - { get: /, expect: { body: "1" } }
      - { get: /, expect: { body: "2" } }
    html: { open: /, expect: { text: { contains: ["3"] } } }`);
    expect(await statuses(one, server("res.setHeader('content-type', 'text/html').end(String(count));"))).toEqual([
      'passed',
    ]);
  });

  it('finds its server started while the one before it was asked', async () => {
    const { folder } = await makeRig();
    await chmod(folder, 0o777);
    const mark = JSON.stringify(path.join(folder, 'started'));
    const both = check(`
  - { id: waits, title: t, hints: [h], http: { get: /, expect: { body: both } } }
  - { id: next, title: t, hints: [h], start: { files: { note.txt: next } }, http: { get: /, expect: { body: next } } }`);
    const files = server(`if (note === 'next') return res.end(note);
  const look = () => (fs.existsSync(${mark}) ? res.end('both') : setImmediate(look));
  look();`);
    const started = `${READ_NOTE}
if (note === 'next') require('node:fs').writeFileSync(${mark}, '');
`;
    const submission = { ...files, 'index.js': started + files['index.js'] };
    const { results } = await verdictWith(both, submission, ['--isolate', 'none']);
    expect(results.map(({ status }) => status)).toEqual(['passed', 'passed']);
  });

  it('finds a server that has just begun, however long the check before it took', async () => {
    const fresh = check(`
  - { id: slow, title: t, hints: [h], http: { get: /slow, expect: { body: done } } }
  - { id: next, title: t, hints: [h], start: { files: { note.txt: next } }, http: { get: /, expect: { body: fresh } } }`);
    const files = server(`if (req.url === '/slow') return setTimeout(() => res.end('done'), 1500);
  res.end(performance.now() - began < 1000 ? 'fresh' : 'old');`);
    const submission = { ...files, 'index.js': `const began = performance.now();\n${files['index.js']}` };
    expect(await statuses(fresh, submission)).toEqual(['passed', 'passed']);
  });

  it('tells of a server that cannot start with its files, whatever became of the check before it', async () => {
    const broken = check(`
  - { id: wrong, title: t, hints: [h], http: { get: /, expect: { body: "{{ word }}" } } }
  - { id: skipped, title: t, after: wrong, hints: [h], start: { files: { note.txt: a } }, http: { get: /, expect: { body: a } } }
  - { id: down, title: t, hints: [h], start: { files: { note.txt: b } }, http: { get: /, expect: { body: b } } }
  - { id: up, title: t, hints: [h], start: { files: { note.txt: c } }, http: { get: /, expect: { body: c } } }`);
    const files = server('res.end(note);');
    const start = `${READ_NOTE}
if (note === 'b') throw new Error('no ' + note);
`;
    const { results } = await verdictWith(broken, { ...files, 'index.js': start + files['index.js'] });
    expect(results.map(({ status }) => status)).toEqual(['failed', 'skipped', 'failed', 'passed']);
    expect(results[2]?.failure?.observed.map(({ text }) => text).join()).toContain('no b');
  });

  it('tells a place in its files that cannot be filled in, and the other checks go on', async () => {
    const folder = `${HEAD.replace('given: {', 'given: { up: { choices: { count: 1, from: [".."] } },')}checks:
  - { id: good, title: t, hints: [h], http: { get: /, expect: { body: ok } } }
  - { id: bad, title: t, hints: [h], start: { files: { "{{ up[0] }}/note.txt": x } }, http: { get: /, expect: { body: ok } } }
  - { id: other, title: t, hints: [h], start: { files: { note.txt: x } }, http: { get: /, expect: { body: ok } } }
wrong: {}
`;
    const { results } = await verdictWith(folder, server("res.end('ok');"));
    expect(results.map(({ status }) => status)).toEqual(['passed', 'broken', 'passed']);
  });

  it('is refused in an exercise without a server', async () => {
    const program = `entry: index.js\nchecks:\n  - { id: a, title: t, hints: [h], start: { cwd: x }, program: {} }\nwrong: {}\n`;
    await expect(verdictWith(program, server(''))).rejects.toThrow(/only a server is started for a check/);
  });
});

describe('what a server prints', () => {
  const manifest = check(`
  - id: logs
    title: t
    hints: [h]
    http:
      - { get: /a, expect: { prints: { contains: [GET /a] } } }
      - { get: /b, expect: { prints: { contains: [GET /b], lacks: [/a] } } }`);

  it.each([
    ['on stdout', "console.log(req.method, req.url); res.end('ok');"],
    ['on stderr', "res.end('ok'); console.error('[log] ' + req.method + ' ' + req.url);"],
    ['when the answer is out', "res.on('finish', () => console.log(req.method, req.url)); res.end('ok');"],
  ])('is accepted %s', async (_where, handler) => {
    expect(await statuses(manifest, server(handler))).toEqual(['passed']);
  });

  it.each([
    ['nothing', "res.end('ok');"],
    ['what came before', "console.log('GET /a GET /b'); res.end('ok');"],
    ['the answer instead', "res.end(req.method + ' ' + req.url);"],
  ])('is refused where it is %s', async (_what, handler) => {
    expect(await statuses(manifest, server(handler))).toEqual(['failed']);
  });
});

describe('a page that is opened several times', () => {
  const manifest = check(`
  - id: sees
    title: t
    hints: [h]
    html:
      open: /
      times: 60
      capture: { side: { css: p } }
      sees: { side: [heads, tails] }`);
  const page = (text: string) => server(`res.setHeader('content-type', 'text/html').end('<p>' + (${text}) + '</p>');`);

  it('is accepted where every value comes', async () => {
    expect(await statuses(manifest, page("Math.random() < 0.5 ? 'heads' : 'tails'"))).toEqual(['passed']);
    expect(await statuses(manifest, page("count === 60 ? 'tails' : 'heads'"))).toEqual(['passed']);
  });

  it.each([
    ['one never comes', "'heads'", { expected: 'each of heads, tails, on 60 pages', got: 'heads' }],
    [
      'another one comes',
      "count === 60 ? 'edge' : ['heads', 'tails'][count % 2]",
      { expected: 'one of heads, tails', got: 'edge' },
    ],
  ])('is refused where %s', async (_what, text, difference) => {
    const { results } = await verdictWith(manifest, page(text));
    expect(results[0]?.failure?.differences).toMatchObject([{ what: 'side', ...difference }]);
  });
});

describe('statuses that are as good', () => {
  const manifest = check(`
  - id: either
    title: t
    hints: [h]
    http: { get: /, expect: { status: [302, 4xx] } }`);

  it.each([302, 404, 418])('%d is accepted', async (status) => {
    expect(await statuses(manifest, server(`res.writeHead(${status}).end();`))).toEqual(['passed']);
  });
  it.each([301, 200, 500])('%d is refused', async (status) => {
    expect(await statuses(manifest, server(`res.writeHead(${status}).end();`))).toEqual(['failed']);
  });
});
