// No macOS is needed to look at the profile that a run would get.
import { expect, test } from 'vitest';
import type { Access } from '../../src/model/layer.ts';
import { DEFAULT_LIMITS } from '../../src/model/run.ts';
import { profileOf, sandboxExec } from '../../src/sandbox/layers/sandbox-exec.ts';

const access: Access = {
  work: '/private/tmp/node-tutor-1/work',
  temp: '/private/tmp/node-tutor-1/tmp',
  read: ['/opt/node/bin/node', '/opt/tutor/dist/preload'],
  hide: ['/opt/tutor/exercises'],
  grants: [],
  limits: DEFAULT_LIMITS,
  networkIsPrivate: false,
};

test('everything is denied but what the run may touch', () => {
  const lines = profileOf(access).split('\n');
  expect(lines.slice(0, 2)).toEqual(['(version 1)', '(deny default)']);
  const writes = lines.filter((line) => line.startsWith('(allow file-write'));
  expect(writes).toEqual([
    '(allow file-write* (subpath "/private/tmp/node-tutor-1/work") (subpath "/private/tmp/node-tutor-1/tmp"))',
  ]);
  expect(profileOf(access)).toContain('(subpath "/opt/tutor/dist/preload")');
  expect(profileOf(access)).not.toMatch(/subpath "\/"|subpath "\/Users|subpath "\/etc/);
});

test('what is hidden is denied after it was allowed, because the last rule decides', () => {
  const text = profileOf(access);
  expect(text.indexOf('(deny file-read* file-write* (subpath "/opt/tutor/exercises"))')).toBeGreaterThan(
    text.indexOf('(allow file-read*'),
  );
});

test('the network ends at the loopback', () => {
  const rules = profileOf(access).match(/\(allow network.*/g) ?? [];
  expect(rules).toHaveLength(3);
  for (const rule of rules) expect(rule).toContain('"localhost:*"');
});

test('a path cannot break out of its string', () => {
  const text = profileOf({ ...access, work: '/tmp/a"))(allow default)("\\b/work' });
  expect(text).toContain('(subpath "/tmp/a\\"))(allow default)(\\"\\\\b/work")');
  expect(text.split('\n').filter((line) => line.startsWith('(allow default'))).toEqual([]);
});

test('parentheses are balanced outside of strings', () => {
  const bare = profileOf(access).replace(/"(?:\\.|[^"\\])*"/g, '');
  expect(bare.split('(').length).toBe(bare.split(')').length);
});

test('the command is started by the tool, with the guard', () => {
  const command = { file: '/opt/node/bin/node', args: ['index.js'], cwd: access.work, env: {}, inherit: [] };
  const { file, args } = sandboxExec.wrap(command, access);
  expect(file).toBe('/usr/bin/sandbox-exec');
  expect(args.slice(0, 2)).toEqual(['-p', profileOf(access)]);
  expect(args.join(' ')).toMatch(/--(experimental-)?permission /);
  expect(args.at(-1)).toBe('index.js');
});
