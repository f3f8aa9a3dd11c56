import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import { foreignPort } from '../rig/foreign.ts';
import { LAYERS } from '../rig/layers.ts';

const given = 'given:\n  word: { words: 1 }\n  n: { integer: { min: 2, max: 90 } }\n';
const three = `${given}services:
  api:
    hold: all
    routes:
      - { get: /a, json: { part: "{{ word }}" } }
      - { get: /b, json: { part: "{{ n }}" } }
      - { get: /c, text: "end" }
checks:
  - id: only
    title: asks for all at once
    hints: [Think.]
    program:
      args: ["{{ services.api.url }}"]
      stdout: "{{ word }} {{ n }} end"
`;
const atOnce = `const url = process.argv[2];
const get = (path) => fetch(url + path);
(async () => {
  const [a, b, c] = await Promise.all(['/a', '/b', '/c'].map(get));
  console.log((await a.json()).part, (await b.json()).part, await c.text());
})();`;
const inTurn = `const url = process.argv[2];
(async () => {
  const a = await (await fetch(url + '/a')).json();
  const [b, c] = await Promise.all([fetch(url + '/b'), fetch(url + '/c')]);
  console.log(a.part, (await b.json()).part, await c.text());
})();`;

describe.each(LAYERS)('under the layer %s', (layer) => {
  const look = (manifest: string, code: string) => verdictWith(manifest, { 'index.js': code }, ['--isolate', layer]);

  it('requests at the same time are answered when all are there', async () => {
    const { results } = await look(three, atOnce);
    expect(results).toMatchObject([{ status: 'passed' }]);
  });
  it('the same with http.get and callbacks', async () => {
    const code = `const http = require('http');
const parts = [];
['/a', '/b', '/c'].forEach((path, index) => http.get(process.argv[2] + path, (response) => {
  let text = '';
  response.on('data', (chunk) => { text += chunk; }).on('end', () => {
    parts[index] = path === '/c' ? text : JSON.parse(text).part;
    if (Object.keys(parts).length === 3) console.log(parts.join(' '));
  });
}));`;
    expect((await look(three, code)).results).toMatchObject([{ status: 'passed' }]);
  });
  it('requests one after the other are told from them by count, though the output is right', async () => {
    const { results, causes } = await look(three, inTurn);
    expect(causes).toEqual(['one-after-the-other']);
    expect(results[0]?.failure).toMatchObject({
      summary: 'Only 1 of 3 requests was there at the same time.',
      differences: [{ expected: '3', got: '1' }],
    });
  });
  it('the program reaches the service and no other port of this machine', async () => {
    const code = `const net = require('net');
const own = net.createServer().listen(0, () => {
  const service = Number(new URL(process.argv[2]).port);
  const tell = (name, port) => new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => { resolve(name + ' open'); socket.destroy(); }).on('error', () => resolve(name + ' closed'));
  });
  Promise.all([tell('service', service), tell('foreign', Number(process.argv[3]))])
    .then((lines) => { console.log(lines.join(', ')); own.close(); });
});`;
    const port = await foreignPort();
    const manifest = `services: { api: { routes: [{ get: /, text: hi }] } }
checks:
  - id: only
    title: connects
    hints: [Think.]
    program: { args: ["{{ services.api.url }}", "${port}"], stdout: "service open, foreign ${layer === 'none' ? 'open' : 'closed'}" }
`;
    expect((await look(manifest, code)).results[0]?.failure).toBeUndefined();
  });
});

describe('a number of requests', () => {
  const two = three.replace('hold: all', 'hold: 2');
  it('holds once, then answers at once', async () => {
    const code = `const url = process.argv[2];
(async () => {
  const [a, b] = await Promise.all([fetch(url + '/a'), fetch(url + '/b')]);
  const c = await fetch(url + '/c');
  console.log((await a.json()).part, (await b.json()).part, await c.text());
})();`;
    expect((await verdictWith(two, { 'index.js': code })).results).toMatchObject([{ status: 'passed' }]);
  });
  it('with `all`, the same address three times is one request', async () => {
    const code = `const url = process.argv[2];
(async () => {
  const [a] = await Promise.all([fetch(url + '/a'), fetch(url + '/a'), fetch(url + '/a')]);
  const [b, c] = await Promise.all([fetch(url + '/b'), fetch(url + '/c')]);
  console.log((await a.json()).part, (await b.json()).part, await c.text());
})();`;
    expect((await verdictWith(three, { 'index.js': code })).causes).toEqual(['one-after-the-other']);
  });
});

describe('requests that must have come', () => {
  const manifest = (requests: string, routes = '{ post: "/users", status: 201, json: { id: 7 } }') => `${given}services:
  api:
    routes:
      - { get: "/users/{{ n }}?full=yes", json: { name: "{{ word }}" } }
      - ${routes}
checks:
  - id: only
    title: talks to the server
    hints: [Think.]
    program: { args: ["{{ services.api.url }}", "{{ n }}", "{{ word }}"], exitCode: any }
    requests: { api: ${requests} }
`;
  const both =
    '[{ post: /users, headers: { content-type: { contains: application/json } }, json: { name: "{{ word }}" } }, { get: "/users/{{ n }}", query: { full: "yes" } }]';
  const send = (body: string, more = '') => `const [url, n, word] = process.argv.slice(2);
(async () => {
  await fetch(url + '/users/' + n + '?full=yes');
  ${more}
  await fetch(url + '/users', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${body} });
})();`;
  const look = (requests: string, code: string) => verdictWith(manifest(requests), { 'index.js': code });

  it('are there in any order, and in this order where that is asked for', async () => {
    const code = send('JSON.stringify({ name: word })');
    expect((await look(both, code)).results[0]?.failure).toBeUndefined();
    const { results } = await look(`{ list: ${both}, order: true }`, code);
    expect(results[0]?.failure?.differences[0]).toMatchObject({ what: 'requests to api' });
  });
  it('have the right body', async () => {
    const { results } = await look(both, send('JSON.stringify({ name: word + word })'));
    expect(results[0]?.failure?.differences[0]?.what).toBe('body of POST /users');
  });
  it('are no more than these', async () => {
    const { results } = await look(both, send('JSON.stringify({ name: word })', "await fetch(url + '/users/1');"));
    expect(results[0]?.failure?.differences[0]?.got).toContain('GET /users/1');
  });
  it('are missed when none came', async () => {
    const { causes, results } = await look(both, "console.log('nothing');");
    expect(causes).toEqual(['no-request']);
    expect(results[0]?.failure?.differences[0]?.got).toBe('none');
  });
  it('count for each check anew', async () => {
    const again = manifest('[{ get: "/users/{{ n }}?full=yes" }]').replace('exitCode: any', 'exitCode: 0');
    const [head = '', check = ''] = again.split('checks:\n');
    const twice = `${head}checks:\n${check}${check.replace('id: only', 'id: again')}`;
    const code = "fetch(process.argv[2] + '/users/' + process.argv[3] + '?full=yes');";
    expect((await verdictWith(twice, { 'index.js': code })).results).toMatchObject([
      { status: 'passed' },
      { status: 'passed' },
    ]);
  });
  it('a route with a query answers no other', async () => {
    const code = "fetch(process.argv[2] + '/users/' + process.argv[3]).then((r) => console.log(r.status));";
    const asked = manifest('[{ get: "/users/{{ n }}" }]').replace('exitCode: any', 'stdout: "404"');
    expect((await verdictWith(asked, { 'index.js': code })).results[0]?.failure).toBeUndefined();
  });
  it('hostile floods and broken requests leave the grader alone', async () => {
    const code = `const net = require('net');
const { port } = new URL(process.argv[2]);
const socket = net.connect(port, '127.0.0.1', () => socket.write('nonsense\\r\\n\\r\\n'));
socket.on('error', () => {}).on('close', async () => {
  const body = 'x'.repeat(3e6);
  await fetch(process.argv[2] + '/users', { method: 'POST', body }).catch(() => {});
  for (let i = 0; i < 600; i++) await fetch(process.argv[2] + '/%E0%A4%A').catch(() => {});
});`;
    const { status, results } = await look(both, code);
    expect(status).toBe('failed');
    expect(results[0]?.failure?.differences[0]?.got).toContain('GET /%E0%A4%A');
  });
});

describe('the answer of a module step can come from a service', () => {
  it('and its address is handed over in arguments', async () => {
    const manifest = `${given}services: { api: { routes: [{ get: /name, text: "{{ word }}" }] } }
checks:
  - id: only
    title: loads
    hints: [Think.]
    module:
      - { import: ./index.js, as: load }
      - { call: load, args: ["{{ services.api.url }}/name"], resolves: "{{ word }}" }
    requests: { api: [{ get: /name }] }
`;
    const code = 'module.exports = async (url) => (await fetch(url)).text();';
    expect((await verdictWith(manifest, { 'index.js': code })).results[0]?.failure).toBeUndefined();
    const lazy = "module.exports = async (url) => 'x';";
    expect((await verdictWith(manifest, { 'index.js': lazy })).results[0]?.failure).toBeDefined();
  });
});
