import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateCourse } from '../../src/course/validate.ts';
import { courses, faultsOf, tinyWith } from './support.ts';

const broken = (name: string) => faultsOf(path.join(courses, 'broken', name));

describe('a valid course', () => {
  test('has no faults and an index of its tracks, lessons and exercises', async () => {
    const { index, exercises, diagnostics } = await validateCourse(path.join(courses, 'tiny'));
    expect(diagnostics).toEqual([]);
    expect(index).toEqual({
      formatVersion: 1,
      id: 'tiny',
      version: '1.2.3',
      title: { en: 'A tiny course', 'ur-Latn': 'Aik chota course' },
      languages: ['en', 'ur-Latn'],
      tracks: [
        {
          id: 'first',
          title: { en: 'First steps', 'ur-Latn': 'Pehle qadam' },
          summary: 'Two exercises and a quiz.',
          lessons: [
            {
              id: 'printing',
              title: { en: 'Printing', 'ur-Latn': 'Print karna' },
              track: 'first',
              files: {
                en: 'lessons/01-first/01-printing.md',
                'ur-Latn': 'lessons/01-first/01-printing.ur-Latn.md',
              },
              exercises: ['say-hello', 'add-up'],
              quiz: true,
            },
          ],
        },
      ],
      exercises: [
        {
          id: 'say-hello',
          title: { en: 'Say hello', 'ur-Latn': 'Salam karo' },
          track: 'first',
          lesson: 'printing',
          points: 1,
          checks: 1,
        },
        {
          id: 'add-up',
          title: 'Add the numbers on the command line',
          track: 'first',
          lesson: 'printing',
          points: 3,
          checks: 2,
        },
      ],
    });
    expect(exercises.map(({ id }) => id)).toEqual(['add-up', 'say-hello']);
  });

  test('takes its version from the package.json beside it', async () => {
    const course =
      'formatVersion: 1\nid: tiny\ntitle: Tiny\nlanguages: [en, ur-Latn]\ntracks: [{ id: first, title: First }]\n';
    const named = await tinyWith({ 'course.yaml': course, 'package.json': '{ "version": "4.5.6" }' });
    expect((await validateCourse(named)).index?.version).toBe('4.5.6');
    expect(await faultsOf(await tinyWith({ 'course.yaml': course }))).toContain(
      'course.yaml:1:1  `version` is missing',
    );
  });

  test('may have CRLF line endings and byte order marks', async () => {
    const manifest =
      '\ufeffformatVersion: 1\r\nid: tiny\r\nversion: 1.0.0\r\ntitle: Tiny\r\nlanguages: [en]\r\ntracks: [{ id: first, title: First }]\r\n';
    const lesson =
      '\ufeff---\r\nid: printing\r\ntitle: P\r\nexercises: [say-hello, add-up]\r\n---\r\n```js run\r\n1;\r\n```\r\n';
    const folder = await tinyWith({
      'course.yaml': manifest,
      'lessons/01-first/01-printing.md': lesson,
      'lessons/01-first/01-printing.ur-Latn.md': null,
    });
    const { diagnostics, lessons } = await validateCourse(folder);
    expect(diagnostics).toEqual([]);
    expect(lessons[0]?.files.en?.examples).toEqual([{ language: 'js', code: '1;', args: [], line: 6 }]);
  });
});

describe('faults are reported at their place', () => {
  test('a YAML bomb', async () => {
    expect(await broken('bomb')).toBe(
      `course.yaml:7:8  with this, the file grows beyond 20,000 values
    7 | e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
      |        ~~
    Write fewer of them; aliases that repeat aliases multiply.`,
    );
  });

  test('tabs', async () => {
    expect(await broken('tabs')).toBe(
      `course.yaml:6:1  a tab cannot indent YAML
    6 | \t- id: first
      | ~
    Use spaces.
course.yaml:7:1  a tab cannot indent YAML
    7 | \t  title: First
      | ~
    Use spaces.`,
    );
  });

  test('duplicate keys', async () => {
    expect(await broken('duplicate-keys')).toBe(
      `course.yaml:5:1  the key \`title\` stands here a second time
    5 | title: Again
      | ~~~~~
    Keep one of the two.
course.yaml:7:32  the key \`id\` stands here a second time
    7 |   - { id: first, title: First, id: second }
      |                                ~~
    Keep one of the two.`,
    );
  });

  test('ids and paths that lead out of the course', async () => {
    expect((await broken('traversal')).split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      'course.yaml:2:5  not an id',
      'exercises/one/exercise.yaml:2:5  not an id',
      'exercises/one/exercise.yaml:4:9  this path may lead out of its folder',
      'exercises/one/exercise.yaml:4:43  this path may lead out of its folder',
      'exercises/one/exercise.yaml:5:9  this path may lead out of its folder',
      'exercises/one/exercise.yaml:6:12  not the name of an npm package',
      'exercises/one/exercise.yaml:7:19  node may not be started with this',
      'exercises/one/exercise.yaml:14:3  not an id',
    ]);
  });

  test('everything that can be wrong with an exercise, at once', async () => {
    await expect(await broken('exercise')).toMatchFileSnapshot('expected/exercise.txt');
  });

  test('everything that can be wrong with lessons, at once', async () => {
    await expect(await broken('lesson')).toMatchFileSnapshot('expected/lesson.txt');
  });

  test('faults of several files come together', async () => {
    const folder = await tinyWith({
      'course.yaml': 'formatVersion: 1\nid: Tiny\nversion: 1.0.0\ntitle: T\ntracks: [{ id: first, title: F }]\n',
      'exercises/say-hello/solution': null,
      'exercises/add-up/exercise.yaml': 'a: *b\n',
    });
    expect((await faultsOf(folder)).split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      'course.yaml:2:5  not an id',
      'exercises/add-up/exercise.yaml:1:4  the alias `*b` has no anchor `&b` before it',
      'exercises/say-hello/exercise.yaml:2:5  the folder solution/ is missing',
    ]);
  });

  test('an exercise that no lesson or two lessons list', async () => {
    const lesson = (id: string, exercises: string) =>
      `---\nid: ${id}\ntitle: T\nexercises: [${exercises}]\n---\nText.\n`;
    const folder = await tinyWith({
      'lessons/01-first/01-printing.md': lesson('printing', 'add-up'),
      'lessons/01-first/02-more.md': lesson('more', 'add-up, say-helo'),
    });
    expect(await faultsOf(folder)).toBe(
      `exercises/say-hello/exercise.yaml:2:5  no lesson lists the exercise \`say-hello\`
    2 | id: say-hello
      |     ~~~~~~~~~
    Add it to \`exercises\` in the front matter of its lesson.
lessons/01-first/02-more.md:4:13  lessons/01-first/01-printing.md lists \`add-up\` too
    4 | exercises: [add-up, say-helo]
      |             ~~~~~~
    An exercise belongs to one lesson.
lessons/01-first/02-more.md:4:21  there is no folder exercises/say-helo/
    4 | exercises: [add-up, say-helo]
      |                     ~~~~~~~~
    Did you mean \`say-hello\`?`,
    );
  });

  test('lesson numbers that repeat', async () => {
    const folder = await tinyWith({ 'lessons/01-first/1-other.md': '---\nid: other\ntitle: T\n---\nText.\n' });
    expect(await faultsOf(folder)).toBe(
      'lessons/01-first/1-other.md:1:1  01-printing.md has the number 1 too\n    Number the lessons in their order.',
    );
  });

  test('requests without a server', async () => {
    const manifest =
      'formatVersion: 1\nid: say-hello\ntitle: T\nchecks:\n  - id: one\n    title: t\n    http: { get: / }\n    hints: [h]\nwrong: { shouts: { fails: one }, silent: { fails: one } }\n';
    expect(await faultsOf(await tinyWith({ 'exercises/say-hello/exercise.yaml': manifest }))).toBe(
      `exercises/say-hello/exercise.yaml:7:5  requests need a server
    7 |     http: { get: / }
      |     ~~~~
    Add \`run: server\`.`,
    );
  });

  test('lesson ids that repeat', async () => {
    const folder = await tinyWith({ 'lessons/01-first/02-printing.md': '---\nid: printing\ntitle: T\n---\nText.\n' });
    expect(await faultsOf(folder)).toContain(
      'lessons/01-first/02-printing.md:2:5  lessons/01-first/01-printing.md has the id `printing` too',
    );
  });

  test('givens that cannot be drawn and templates that cannot be filled in', async () => {
    const manifest = (given: string, stdout: string) =>
      `formatVersion: 1\nid: say-hello\ntitle: T\ngiven: ${given}\nchecks:\n  - id: hello\n    title: t\n    program: { stdout: "${stdout}" }\n    hints: [h]\nwrong: { shouts: { fails: hello }, silent: { fails: hello } }\n`;
    const faults = async (given: string, stdout: string) =>
      (await faultsOf(await tinyWith({ 'exercises/say-hello/exercise.yaml': manifest(given, stdout) }))).split('\n')[0];
    expect(await faults('{ n: { integers: { count: 9, min: 1, max: 3, distinct: true } } }', '{{ n[0] }}')).toBe(
      'exercises/say-hello/exercise.yaml:4:1  The given `n` found no further different value in 1000 draws.',
    );
    expect(await faults('{ n: { integer: [1, 3], where: n > 5 } }', '{{ n }}')).toContain('`n > 5`');
    expect(await faults('{ n: { integer: [1, 3], where: m > 5 } }', '{{ n }}')).toContain(
      '4:39  no given is called `m`',
    );
    expect(await faults('{ n: { integers: { count: 2 } } }', '{{ n[0] }} {{ n.x.y }}')).toContain(
      '8:24  the template cannot be filled in: undefined variable: n.x',
    );
    expect(
      await faults('{ n: { array: { count: 1000, of: { array: { count: 1000, of: int } } } } }', '{{ n }}'),
    ).toContain('grow beyond 20000 values');
    expect(await faults('{}', '{{ 1 | plus: 2 }}')).toContain('8:24  a template in an exercise without givens');
    expect(await faults('{ n: int }', '{{ n')).toContain('8:24  not a valid template');
    expect(await faults('{ n: int }', "{% include 'x' %}{{ n }}")).toContain(
      'not a valid template: tag \\"include\\" not found'.replaceAll('\\', ''),
    );
  });
});

describe('hostile files', () => {
  test('a symbolic link, wherever it leads', async () => {
    const folder = await tinyWith({ 'exercises/add-up/starter/sum.js': null });
    await symlink('/etc/passwd', path.join(folder, 'exercises/add-up/starter/sum.js'));
    await symlink('..', path.join(folder, 'lessons/01-first/up'));
    expect((await faultsOf(folder)).split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      'exercises/add-up/exercise.yaml:4:8  the folder starter/ holds no entry file',
      'exercises/add-up/starter/sum.js:1:1  a symbolic link, which could lead out of the course',
      'lessons/01-first/up:1:1  a symbolic link, which could lead out of the course',
    ]);
  });

  test('a linked course.yaml and linked folders are not followed', async () => {
    const folder = await tinyWith({ 'course.yaml': null, lessons: null });
    await symlink(path.join(courses, 'tiny', 'course.yaml'), path.join(folder, 'course.yaml'));
    await symlink(path.join(courses, 'tiny', 'lessons'), path.join(folder, 'lessons'));
    expect((await faultsOf(folder)).split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      'course.yaml:1:1  a symbolic link, which could lead out of the course',
      'course.yaml:1:1  this file is missing',
      'lessons:1:1  a symbolic link, which could lead out of the course',
    ]);
  });

  test('binary, badly encoded and huge manifests', async () => {
    const folder = await tinyWith({
      'course.yaml': Buffer.from('id: a\0b'),
      'exercises/add-up/exercise.yaml': Buffer.from([0xff, 0xfe, 0x00, 0x41]),
      'exercises/say-hello/exercise.yaml': `# ${'x'.repeat(300 * 1024)}\n`,
    });
    expect(await faultsOf(folder)).toBe(
      `course.yaml:1:1  the file is binary, not text
exercises/add-up/exercise.yaml:1:1  the file is not text in UTF-8
    Save it as UTF-8.
exercises/say-hello/exercise.yaml:1:1  the file is larger than 256 KB (301 KB)`,
    );
  });

  test('values and Markdown nested without end', async () => {
    const folder = await tinyWith({
      'course.yaml': `a: ${'['.repeat(100_000)}`,
      'exercises/add-up/exercise.yaml': `formatVersion: 1\na: ${'['.repeat(40)}${']'.repeat(40)}\n`,
    });
    const faults = await faultsOf(folder);
    expect(faults).toContain('course.yaml:1:');
    expect(faults).toContain('exercises/add-up/exercise.yaml:2:36  values are nested more than 32 deep');
    const lesson = await tinyWith({
      'lessons/01-first/01-printing.md': `---\nid: printing\ntitle: T\n---\n${'>'.repeat(100_000)}`,
    });
    expect(await faultsOf(lesson)).toContain(
      'lessons/01-first/01-printing.md:5:1  the Markdown below is nested too deep',
    );
  });

  test('keys that reach into prototypes, and YAML tags', async () => {
    const folder = await tinyWith({
      'course.yaml': 'formatVersion: 1\n__proto__: { id: x }\nconstructor: 1\n',
      'exercises/add-up/exercise.yaml': 'id: !!js/function "x"\n',
    });
    const faults = await faultsOf(folder);
    expect(faults).toContain('course.yaml:2:1  `__proto__` cannot be a key');
    expect(faults).toContain('exercises/add-up/exercise.yaml:1:5  YAML tags (`!…`) are not used here');
  });

  test('a file that would be lost in a package', async () => {
    const faults = await faultsOf(await tinyWith({ 'exercises/add-up/solution/.gitignore': 'node_modules' }));
    expect(faults).toContain('exercises/add-up/solution/.gitignore:1:1  npm leaves this file out of a package');
  });

  test('a folder with too many files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20_001 }, (_, index) => [`exercises/add-up/starter/${index}.js`, '']),
    );
    expect(await faultsOf(await tinyWith(files))).toContain('a course has at most 20000 files; this is one more');
  });
});
