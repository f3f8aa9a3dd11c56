import { describe, expect, it } from 'vitest';
import { verdictWith } from '../rig/course.ts';

const manifest = (check: string) => `entry: index.js
run: server
given: { word: word }
checks:
  - id: only
    title: leads on
    hints: [Look.]
${check}`;
const page = manifest(`    html:
      - { open: /posts/list, expect: { elements: [{ css: "a[href='/posts/7']", count: 1 }, { css: "form[action='/posts/7']", count: 1 }] } }
      - { click: { css: "a[href*='/posts/']" }, expect: { path: /posts/7, text: { contains: [seven] } } }
`);
const redirect = manifest(
  '    http: { get: "/old/{{ word }}", expect: { status: 302, redirect: "/new/{{ word }}" } }\n',
);
const server = (answer: string) =>
  `require('http').createServer((req, res) => {\n  const word = req.url.split('/').pop();\n  ${answer}\n}).listen(3000);\n`;
const withLinks = (link: string) =>
  server(
    `res.setHeader('Content-Type', 'text/html');\n  res.end(req.url === '/posts/7' ? 'seven' : '<a href="${link}">on</a><form action="${link}"></form>');`,
  );
const withLocation = (location: string) => server(`res.writeHead(302, { Location: ${location} }).end();`);
const look = async (exercise: string, code: string) => (await verdictWith(exercise, { 'index.js': code })).status;

describe('a relative link on a page', () => {
  it.each(['7', './7', '../posts/7', '/posts/7'])('%s is where a browser goes', async (link) => {
    expect(await look(page, withLinks(link))).toBe('passed');
  });
  it.each(['posts/7', '../7', '?7', 'http://example.com/posts/7'])('%s leads elsewhere', async (link) => {
    expect(await look(page, withLinks(link))).toBe('failed');
  });
});

describe('a relative redirect', () => {
  it.each(["'../new/' + word", "'/new/' + word", "'http://localhost:3000/new/' + word"])('%s', async (location) => {
    expect(await look(redirect, withLocation(location))).toBe('passed');
  });
  it.each(["'new/' + word", "'./new/' + word", "'http://example.com/new/' + word"])(
    '%s leads elsewhere',
    async (location) => {
      expect(await look(redirect, withLocation(location))).toBe('failed');
    },
  );
});
