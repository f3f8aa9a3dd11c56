import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';
import { LAYERS } from '../rig/layers.ts';

const manifest = (expectation: string, more = '') => `packages: [express, ejs]
run: server
given: { word: word }
checks:
  - id: only
    title: answers
    hints: [Think.]
    http: { get: /a, expect: ${expectation} }
  - id: goes-on
    title: answers again
    hints: [Think.]
    http: { get: /b, expect: { status: 200, body: still here } }
${more}`;
/** A plain server that does something at /a and answers at /b. */
const server = (atA: string, listen = 'server.listen(3000);') => ({
  'index.js': `const http = require('http');
const server = http.createServer((req, res) => {
  if (req.url === '/b') return res.end('still here');
  ${atA}
});
${listen}
`,
});
const look = async (
  code: Readonly<Record<string, string>>,
  expectation = '{ status: 200, body: "{{ word }}" }',
  args: string[] = [],
) => {
  const { status, results, causes } = await verdictWith(manifest(expectation), code, args);
  const [first, second] = results;
  return { status, first, second, causes, summary: first?.failure?.summary ?? '' };
};

describe('answers that are none', () => {
  it.each([
    [
      'a gigabyte',
      "const block = Buffer.alloc(1 << 20); let n = 0; (function more() { while (n++ < 1024) if (!res.write(block)) return res.once('drain', more); res.end(); })();",
      /larger than 5 MB|more than 5 MB/,
    ],
    ['an endless stream', "setInterval(() => res.write('tick\\n'), 20);", /did not end|not .*complete|5 s/],
    ['half an answer, and then silence', "res.writeHead(200, { 'content-length': 100 }); res.write('half');", /5 s/],
    ['silence', '', /5 s/],
    [
      'a broken chunk',
      "res.socket.end('HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nZZ\\r\\nnope\\r\\n');",
      /not HTTP/,
    ],
    [
      'an invalid header',
      "res.socket.end('HTTP/1.1 200 OK\\r\\nBad Header: x\\r\\nContent-Length: 2\\r\\n\\r\\nhi');",
      /not HTTP/,
    ],
    ['no HTTP at all', "res.socket.end('hello\\r\\n\\r\\n');", /not HTTP/],
    ['a closed socket', 'res.socket.destroy();', /closed/],
  ])('%s fails the check with its reason, and the next check goes on', async (_name, atA, summary) => {
    const { first, second, summary: said } = await look(server(atA));
    expect(first?.status).toBe('failed');
    expect(said).toMatch(summary);
    expect(second?.status).toBe('passed');
  });

  it('JSON that is cut off is shown as no JSON', async () => {
    const { first } = await look(
      server("res.setHeader('content-type', 'application/json'); res.end('{\"a\": [1, 2');"),
      '{ json: { a: [1, 2] } }',
    );
    expect(first?.failure?.differences[0]?.note).toMatch(/not JSON/);
  });
  it('a bomb of gzip is not unpacked', async () => {
    const atA = "res.setHeader('content-encoding', 'gzip'); res.end(require('zlib').gzipSync(Buffer.alloc(1 << 28)));";
    const { first, second } = await look(server(atA));
    expect(first?.status).toBe('failed');
    expect(second?.status).toBe('passed');
  });
  it('a redirect to itself is one answer, and not followed for ever', async () => {
    const { first } = await look(server("res.writeHead(302, { location: '/a' }); res.end();"));
    expect(first?.failure?.differences[0]).toMatchObject({ what: 'status', got: '302 Found' });
  });
  it('a page that redirects to itself for ever ends with its reason', async () => {
    const html = `run: server\nchecks:\n  - id: only\n    title: opens\n    hints: [Think.]\n    html: { open: /a }\n`;
    const { results } = await verdictWith(html, server("res.writeHead(302, { location: '/a' }); res.end();"));
    expect(results[0]).toMatchObject({ status: 'failed', failure: { summary: expect.stringMatching(/redirect/) } });
  });
  it('HTML that is broken is read as browsers read it', async () => {
    const html = `run: server\nchecks:\n  - id: only\n    title: opens\n    hints: [Think.]\n    html: { open: /a, expect: { text: { contains: [Tea & cake] }, elements: { css: li, count: 2 } } }\n`;
    const atA =
      "res.setHeader('content-type', 'text/html'); res.end('<ul><li>Tea &amp; <b>cake<li>x</ul><p></div><table><li');";
    expect((await verdictWith(html, server(atA))).status).toBe('passed');
  });
});

describe('servers that begin in odd ways', () => {
  const causeOf = async (listen: string) => {
    const { first, causes } = await look(server("res.end('ok');", listen), '{ body: ok }');
    return { status: first?.status, causes: [...new Set(causes)] };
  };
  it('a port that is asked for twice is named', async () => {
    const twice = "server.listen(3000); http.createServer((req, res) => res.end('other')).listen(3000);";
    expect(await causeOf(twice)).toEqual({ status: 'failed', causes: ['port-in-use'] });
  });
  it('an error of another port is not', async () => {
    const other = "server.listen(3000); throw Object.assign(new Error('EADDRINUSE is what it says'), { code: 'X' });";
    expect((await causeOf(other)).causes).not.toContain('port-in-use');
  });
  it('an error event that is handled does not hurt the server that listens', async () => {
    const handled = "server.listen(3000); http.createServer().on('error', () => {}).listen(3000);";
    expect((await causeOf(handled)).status).toBe('passed');
  });
  it('a program that ends when it has begun to listen is named', async () => {
    expect(await causeOf('server.listen(3000, () => process.exit(0));')).toEqual({
      status: 'failed',
      causes: ['ended-early'],
    });
  });
  it('a server that closes itself is named', async () => {
    expect(await causeOf('server.listen(3000); server.close();')).toEqual({
      status: 'failed',
      causes: ['server-closed'],
    });
  });
  it('a program that ends without listening is told that', async () => {
    expect(await causeOf('process.exit(0);')).toEqual({ status: 'failed', causes: ['not-listening'] });
  });
  it('of two servers the one on port 3000 is asked', async () => {
    const two = "http.createServer((req, res) => res.end('metrics')).listen(9000); server.listen(3000);";
    expect((await causeOf(two)).status).toBe('passed');
  });
});

describe.each(LAYERS)('programs that do not behave, under the layer %s', (layer) => {
  const under = ['--isolate', layer];
  it('a server that dies at a request is started anew for the next check', async () => {
    const { first, second } = await look(server("throw new Error('boom ' + req.url);"), undefined, under);
    expect(first?.failure?.cause?.text).toContain('boom /a');
    expect(second?.status).toBe('passed');
  });
  it.each([
    ['at once', "throw new Error('late');"],
    ['after a tick', "process.nextTick(() => { throw new Error('late'); });"],
    ['in a promise', "Promise.reject(new Error('late'));"],
    ['at the end of the turn', "setImmediate(() => { throw new Error('late'); });"],
  ])('a server that dies %s, when its answer is out, fails that check', async (_name, then) => {
    const { first, second } = await look(server(`res.end('ok'); ${then}`), '{ body: ok }', under);
    expect(first?.failure?.cause?.text).toContain('late');
    expect(second?.status).toBe('passed');
  });
  it('a server that takes no more requests, and goes on for a while, has answered', async () => {
    const { first } = await look(
      server("res.end('ok'); server.close(); setTimeout(() => {}, 2_000);"),
      '{ body: ok }',
      under,
    );
    expect(first?.status).toBe('passed');
  });
  it('a server in a thread is asked as any other', async () => {
    const code = server("res.end('ok'); setImmediate(() => process.exit(1));", '')['index.js'];
    const threads = `const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) new Worker(__filename);
else {${code}server.listen(3000);}`;
    const withThreads = manifest('{ body: ok }').replace('run: server', 'run: { kind: server, grants: [workers] }');
    const { results } = await verdictWith(withThreads, { 'index.js': threads }, under);
    expect(results[0]?.status).toBe('failed');
  });
  it.each([
    ['0.0.0.0', "server.listen(3000, '0.0.0.0');"],
    ['every address of IPv6', "server.listen(3000, '::');"],
    ['a port as text', "server.listen('3000');"],
    ['options', 'server.listen({ port: 80, host: "localhost", backlog: 5 });'],
    ['no port', 'server.listen();'],
    ['a second later', 'setTimeout(() => server.listen(3000), 1000);'],
    ['1,000 timers', 'for (let i = 0; i < 1000; i++) setInterval(() => {}, 10); server.listen(3000);'],
  ])('listening on %s is fine', async (_name, listen) => {
    const { status } = await look(server("res.end('ok');", listen), '{ body: ok }', under);
    expect(status).toBe('passed');
  });
});

it('a template that never ends is stopped', async () => {
  const files = {
    'index.js':
      "const app = require('express')();\napp.set('view engine', 'ejs');\napp.get('/a', (req, res) => res.render('a'));\napp.get('/b', (req, res) => res.send('still here'));\napp.listen(3000);\n",
    'views/a.ejs': '<% for (;;) { } %>',
  };
  const { first } = await look(files);
  expect(first?.failure?.summary).toMatch(/5 s/);
});

it('a blocked event loop costs its check alone the limit, and is named', async () => {
  const { first, second } = await look(server('for (;;);'));
  expect(first?.status).toBe('failed');
  expect(second?.status).toBe('failed');
  expect(first?.failure?.summary).toMatch(/5 s/);
});

it('a Unix socket is no server that can be asked', async () => {
  const { first, causes } = await look(
    server("res.end('ok');", "server.listen(require('path').join(require('os').tmpdir(), 's.sock'));"),
    '{ body: ok }',
  );
  expect(first?.status).toBe('failed');
  expect(causes).not.toEqual([]);
});
