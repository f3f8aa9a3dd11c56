import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonSchemas } from '../../src/course/json-schema.ts';
import { validateCourse } from '../../src/course/validate.ts';
import type { Exercise } from '../../src/model/course.ts';
import { projectRoot, tinyWith } from './support.ts';

/** The exercise `say-hello` with another manifest, which must be valid. */
async function exerciseFrom(manifest: string): Promise<Exercise> {
  const { exercises, diagnostics } = await validateCourse(
    await tinyWith({ 'exercises/say-hello/exercise.yaml': manifest }),
  );
  expect(diagnostics).toEqual([]);
  const exercise = exercises.find(({ id }) => id === 'say-hello');
  if (exercise === undefined) throw new Error('say-hello is missing');
  return exercise;
}

const HEAD = 'formatVersion: 1\nid: say-hello\ntitle: T\nwrong: { shouts: { fails: one }, silent: { fails: one } }\n';
const check = (parts: string) =>
  `checks:\n  - id: one\n    title: t\n    hints: [h]\n${parts.replace(/^/gm, '    ')}\n`;

describe('shorthands of exercise.yaml', () => {
  test('one entry or several', async () => {
    expect((await exerciseFrom(`${HEAD}entry: index.js\n${check('program: {}')}`)).entry).toEqual(['index.js']);
    expect((await exerciseFrom(`${HEAD}entry: [a.js, index.js]\n${check('program: {}')}`)).entry).toEqual([
      'a.js',
      'index.js',
    ]);
  });

  test('text matchers', async () => {
    const parts = `program:
  args: ["{{ word }}", 5]
  stdout: "{{ word }}"
  stderr: { contains: x, lacks: [y, "{{ word }}"], matches: "^\\\\d+$" }
  exitCode: nonzero`;
    const { checks } = await exerciseFrom(`${HEAD}given: { word: { words: 1 } }\n${check(parts)}`);
    expect(checks[0]?.parts).toEqual([
      {
        kind: 'program',
        spec: {
          args: ['{{ word }}', 5],
          stdout: { equals: '{{ word }}' },
          stderr: { contains: ['x'], lacks: ['y', '{{ word }}'], matches: '^\\d+$' },
          exitCode: 'nonzero',
        },
      },
    ]);
  });

  test('requests, and parts in the order of the manifest', async () => {
    const parts = `http:
  post: /posts
  form: { name: a }
  expect: { status: 3xx, redirect: /posts, type: html, headers: { location: { contains: [posts] } } }
program: { stdout: { from: solution } }`;
    const { checks, run } = await exerciseFrom(`${HEAD}run: server\n${check(parts)}`);
    expect(run).toEqual({ kind: 'server', nodeArgs: [], env: {}, certificate: false, limits: {}, grants: [] });
    expect(checks[0]?.parts).toEqual([
      {
        kind: 'http',
        spec: [
          {
            methods: ['POST'],
            path: '/posts',
            form: { name: 'a' },
            expect: { status: '3xx', redirect: '/posts', type: 'html', headers: { location: { contains: ['posts'] } } },
          },
        ],
      },
      { kind: 'program', spec: { stdout: { from: 'solution' }, exitCode: 0 } },
    ]);
    const list = await exerciseFrom(`${HEAD}run: server\n${check('http: [{ get: /a }, { delete: /b, json: [1] }]')}`);
    expect(list.checks[0]?.parts[0]?.spec).toEqual([
      { methods: ['GET'], path: '/a', expect: {} },
      { methods: ['DELETE'], path: '/b', json: [1], expect: {} },
    ]);
  });

  test('limits with units', async () => {
    const run =
      'run: { limits: { time: 1.5s, memory: 200MB, output: 64 KB, processes: 5 }, grants: [workers], nodeArgs: [-i] }\n';
    expect((await exerciseFrom(`${HEAD}${run}${check('program: {}')}`)).run).toEqual({
      kind: 'program',
      env: {},
      certificate: false,
      nodeArgs: ['-i'],
      limits: { time: 1_500, memory: 200 * 1024 * 1024, output: 64 * 1024, processes: 5 },
      grants: ['workers'],
    });
  });

  test('givens', async () => {
    const given = `given:
  a: { integers: { count: [3, 6], min: 1, max: 50 } }
  b: { words: 1 }
  c: { int: [0, 100], where: c > 5 }
  d: name
  e: { choice: [x, 2] }
  f: { documents: { count: 2, distinct: [name], of: { name: name, performance: { marks: { int: [0, 100] } } } } }
`;
    expect((await exerciseFrom(`${HEAD}${given}${check('program: {}')}`)).given).toEqual({
      a: { generator: 'integers', options: { count: [3, 6], min: 1, max: 50 } },
      b: { generator: 'words', options: { count: 1, distinct: true } },
      c: { generator: 'integer', options: { min: 0, max: 100 }, where: 'c > 5' },
      d: { generator: 'name', options: {} },
      e: { generator: 'choice', options: { from: ['x', 2] } },
      f: {
        generator: 'documents',
        options: {
          count: 2,
          distinct: ['name'],
          of: {
            name: { generator: 'name', options: {} },
            performance: {
              generator: 'document',
              options: { of: { marks: { generator: 'integer', options: { min: 0, max: 100 } } } },
            },
          },
        },
      },
    });
  });
});

test('the JSON Schema beside the exercises is up to date (npm run build writes it)', async () => {
  const committed = await readFile(path.join(projectRoot, 'exercises', 'exercise.schema.json'), 'utf8');
  expect(committed.replaceAll('\r\n', '\n')).toBe(jsonSchemas()['exercise.schema.json']);
});

test('the JSON Schemas describe the fields and close the maps', () => {
  const schemas = jsonSchemas();
  expect(Object.keys(schemas)).toEqual(['course.schema.json', 'exercise.schema.json', 'lesson.schema.json']);
  const exercise = JSON.parse(schemas['exercise.schema.json'] ?? '{}');
  expect(exercise).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: ['formatVersion', 'id', 'title', 'checks'],
  });
  expect(exercise.properties.packages.description).toBe(
    'npm packages that the code may import; one with a version is installed on demand.',
  );
});
