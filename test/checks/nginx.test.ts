import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/checks/nginx/config.ts';
import { fitConfig } from '../../src/checks/nginx/rewrite.ts';
import { nginxFile } from '../../src/engine/nginx/front.ts';
import { type CauseCase, describeCauses } from '../rig/causes.ts';
import { edited } from '../rig/edited.ts';
import { LAYERS } from '../rig/layers.ts';
import { verdictOf } from '../rig/verdict.ts';

const lack = nginxFile() === undefined ? 'no nginx on this machine' : undefined;
const app = { requested: '3000', port: 41234 };
const rewritten = (text: string) => fitConfig(text, app);
const server = (text: string) => `server { listen 8080; ${text} }`;

describe('how a configuration is read', () => {
  it.each([
    ['a directive with a quoted brace', 'return 200 "{";', 1],
    ['a comment with a brace', '# {\nreturn 200;', 1],
    ['a variable in braces', 'return 200 ${host}x;', 1],
    ['a pattern with escaped signs', 'location ~ \\.(a|b)\\;$ { return 200; }', 1],
    ['nothing', '', 0],
  ])('%s', (_name, text, count) => {
    expect(parseConfig(text)).toHaveLength(count);
  });

  it.each([
    ['http { server { }', 'unclosed'],
    ['server { } }', 'unopened'],
    ['server { listen 8080 }', 'unended'],
    ['listen 8080', 'unended'],
    ['root "public;', 'quote'],
  ])('%s', (text, problem) => {
    expect(parseConfig(text)).toMatchObject({ problem });
  });
});

describe('what becomes of a configuration', () => {
  it('ports become free ones, and the app its real one, line by line', () => {
    const text =
      'user root;\nevents {\n}\nhttp {\n  upstream a {\n    server localhost:3000;\n  }\n  server {\n    listen 80;\n    listen [::]:80;\n    location / { proxy_pass http://127.0.0.1:3000/x; }\n  }\n}\n';
    const made = rewritten(text);
    if ('reason' in made) throw new Error(made.reason);
    expect(made.ports).toEqual(['80']);
    expect(made.text.split('\n')).toHaveLength(text.split('\n').length);
    expect(made.text).toContain('    server "127.0.0.1:41234";');
    expect(made.text).toContain('proxy_pass "http://127.0.0.1:41234/x";');
    expect(made.text).toContain('listen 127.0.0.1:@PORT0@;');
    expect(made.text).not.toMatch(/user|events|\[::\]/);
  });

  it('another port of this machine is not reached', () => {
    expect(rewritten(server('location / { proxy_pass http://localhost:5432; }'))).toMatchObject({
      text: expect.stringContaining('http://127.0.0.1:9"'),
    });
  });

  it.each([
    ['a file of the system', 'location / { root /etc; }', 'path'],
    ['a folder above', 'location / { alias ../../; }', 'path'],
    ['a folder that a request names', 'location / { root $arg_folder; }', 'path'],
    ['an included file', 'include /etc/passwd;', 'directive'],
    ['a file in a table', 'location / { types { include /etc/passwd; } }', 'directive'],
    ['a module', 'load_module /tmp/evil.so;', 'directive'],
    ['a file that is written', 'location / { proxy_store on; }', 'directive'],
    ['code', 'location / { content_by_lua "os.exit()"; }', 'directive'],
    ['a server elsewhere', 'location / { proxy_pass http://example.com; }', 'upstream'],
    ['a server that a request names', 'location / { proxy_pass http://$arg_host; }', 'upstream'],
    ['a host behind a user', 'location / { proxy_pass http://localhost:3000@example.com; }', 'upstream'],
    ['a socket', 'location / { proxy_pass http://unix:/run/docker.sock; }', 'upstream'],
    ['a socket to listen on', 'listen unix:/tmp/x;', 'listen'],
  ])('%s is refused', (_name, text, reason) => {
    expect(rewritten(server(text))).toMatchObject({ reason });
  });
});

const HEADERS =
  '      proxy_set_header Host $host;\n      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n';
const cases: Readonly<Record<string, CauseCase>> = {
  'nginx-syntax': {
    exercise: 'nginx-proxy',
    has: { 'nginx.conf': [['localhost:3000;', 'localhost:3000']] },
    alike: { 'nginx.conf': [['alias public/;', 'alias ./;']] },
    right: { 'nginx.conf': [['localhost:3000;', 'localhost:3000\n;']] },
  },
  'bad-gateway': {
    exercise: 'nginx-proxy',
    has: { 'nginx.conf': [['localhost:3000', 'localhost:3001']] },
    alike: { 'nginx.conf': [['proxy_pass http://localhost:3000;', 'return 500;']] },
    right: { 'nginx.conf': [['location / {', 'location /old { return 502; }\n    location / {']] },
  },
  'no-host': {
    exercise: 'nginx-proxy',
    has: { 'nginx.conf': [['proxy_set_header Host $host;', 'proxy_set_header X-Host $host;']] },
    alike: { 'nginx.conf': [['Host $host', 'Host example.com']] },
    right: { 'nginx.conf': [['Host $host', 'HOST $http_host']] },
  },
  'no-forwarded': {
    exercise: 'nginx-proxy',
    has: { 'nginx.conf': [['proxy_set_header X-Forwarded-For', 'add_header X-Forwarded-For']] },
    alike: { 'nginx.conf': [['$proxy_add_x_forwarded_for', '$host']] },
    right: { 'nginx.conf': [['$proxy_add_x_forwarded_for', '$remote_addr']] },
  },
  'lost-headers': {
    exercise: 'nginx-proxy',
    has: {
      'nginx.conf': [
        [HEADERS, '      proxy_set_header X-A b;\n'],
        ['listen 8080;', `listen 8080;\n${HEADERS}`],
      ],
    },
    alike: { 'nginx.conf': [['Host $host', 'Host localhost']] },
    right: {
      'nginx.conf': [
        [HEADERS, ''],
        ['listen 8080;', `listen 8080;\n${HEADERS}`],
      ],
    },
  },
  'cut-path': {
    exercise: 'nginx-proxy',
    has: {
      'nginx.conf': [['location / {', 'location /shop/ { proxy_pass http://localhost:3000/; }\n    location / {']],
    },
    alike: {
      'nginx.conf': [
        ['location / {', 'location /shop/ { proxy_pass http://localhost:3000/other/$1; }\n    location / {'],
      ],
    },
    right: { 'nginx.conf': [['localhost:3000;', 'localhost:3000/;']] },
  },
  'nginx-unended': {
    exercise: 'nginx-proxy',
    has: { 'nginx.conf': [['alias public/;', 'alias public/']] },
    alike: { 'nginx.conf': [['listen 8080;', 'listen 8080; }']] },
    right: { 'nginx.conf': [['alias public/;', 'alias public/; # }']] },
  },
  'root-adds': {
    exercise: 'nginx-proxy',
    has: { 'nginx.conf': [['alias public/;', 'root public;']] },
    alike: { 'nginx.conf': [['alias public/;', 'alias private/;']] },
    right: { 'nginx.conf': [['alias public/;', 'rewrite ^/static(/.*)$ $1 break;\n      root public;']] },
  },
};

describe.skipIf(lack)(`with the real nginx${lack ? ` (${lack})` : ''}`, () => {
  describeCauses(cases);

  it.each(LAYERS)('the solution passes under %s, and nothing is left', async (layer) => {
    const verdict = await verdictOf('nginx-proxy', edited('nginx-proxy', {}), ['--isolate', layer]);
    expect(verdict).toMatchObject({ status: 'passed', advice: [] });
  });

  it('a line that nginx refuses is told by its number', async () => {
    const files = edited('nginx-proxy', {
      'nginx.conf': [['listen 8080;', 'listen 8080;\n    keepalive_timeout soon;']],
    });
    const { results } = await verdictOf('nginx-proxy', files);
    expect(results[0]?.failure?.cause).toMatchObject({
      name: 'nginx-syntax',
      location: { file: 'nginx.conf', line: 8 },
    });
  });
});
