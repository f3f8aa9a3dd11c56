import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildCourse } from '../../src/course/build.ts';
import { exerciseFolder, findExercise, loadExercise } from '../../src/course/exercise.ts';
import { findLesson, loadLesson } from '../../src/course/lesson.ts';
import { openCourse } from '../../src/course/open.ts';
import type { Course } from '../../src/model/course.ts';
import { TutorError } from '../../src/model/error.ts';
import { courses, temporaryFolder, tinyWith } from './support.ts';

const tiny = path.join(courses, 'tiny');

async function refused(attempt: Promise<unknown> | (() => unknown)): Promise<TutorError> {
  try {
    await (typeof attempt === 'function' ? attempt() : attempt);
  } catch (error) {
    if (error instanceof TutorError) return error;
    throw error;
  }
  throw new Error('this should have been refused');
}

/** The tiny course, built in a folder of its own as the tutor's built-in one. */
async function builtTiny(): Promise<Course> {
  const packageRoot = await tinyWith({});
  await buildCourse({ courseFolder: packageRoot, outFolder: path.join(packageRoot, 'dist', 'course') });
  return openCourse({ cwd: packageRoot, packageRoot });
}

describe('openCourse', () => {
  test('opens a folder by a relative or absolute path', async () => {
    for (const course of ['tiny', './tiny', tiny]) {
      const opened = await openCourse({ course, cwd: courses, packageRoot: '/nowhere' });
      expect(opened).toMatchObject({ folder: tiny, builtIn: false, index: { id: 'tiny' } });
    }
  });

  test('opens an installed package from a folder below, also a linked one', async () => {
    const project = await temporaryFolder();
    const inner = path.join(project, 'a', 'b');
    await mkdir(inner, { recursive: true });
    await mkdir(path.join(project, 'node_modules', '@teacher'), { recursive: true });
    await cp(tiny, path.join(project, 'node_modules', 'tiny-course'), { recursive: true });
    await symlink(tiny, path.join(project, 'node_modules', '@teacher', 'course'), 'junction');
    const installed = await openCourse({ course: 'tiny-course', cwd: inner, packageRoot: '/nowhere' });
    expect(installed.index.id).toBe('tiny');
    const linked = await openCourse({ course: '@teacher/course', cwd: inner, packageRoot: '/nowhere' });
    expect(linked.folder).toBe(tiny);
  });

  test('opens the built-in course from its index', async () => {
    const course = await builtTiny();
    expect(course).toMatchObject({ builtIn: true, index: { id: 'tiny', version: '1.2.3' } });
    const live = await openCourse({ course: course.folder, cwd: '/', packageRoot: '/nowhere' });
    expect(course.index).toEqual(live.index);
  });

  test('refuses a course with faults and names the places from where the user is', async () => {
    const error = await refused(openCourse({ course: 'broken/tabs', cwd: courses, packageRoot: '/nowhere' }));
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe(`The course in ${path.join(courses, 'broken', 'tabs')} has 2 faults.`);
    expect(error.diagnostics.map(({ file, start }) => [file, start.line])).toEqual([
      [path.join('broken', 'tabs', 'course.yaml'), 6],
      [path.join('broken', 'tabs', 'course.yaml'), 7],
    ]);
  });

  test.each([
    ['./nowhere', 'There is no course folder'],
    ['no-such-package', 'There is neither a folder nor an installed package "no-such-package".'],
    ['a/../b', 'There is no course folder'],
    ['UPPER CASE', 'There is neither a folder nor an installed package "UPPER CASE".'],
  ])('says that %s is not there', async (course, message) => {
    const error = await refused(openCourse({ course, cwd: await temporaryFolder(), packageRoot: '/nowhere' }));
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(2);
    expect(error.next).toBeTruthy();
  });

  test('says when a folder, a package or a file is no course', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'empty'));
    await mkdir(path.join(folder, 'node_modules', 'other'), { recursive: true });
    await writeFile(path.join(folder, 'file.txt'), '');
    const message = async (course: string) =>
      (await refused(openCourse({ course, cwd: folder, packageRoot: '/nowhere' }))).message;
    expect(await message('empty')).toBe(`There is no course.yaml in ${path.join(folder, 'empty')}.`);
    expect(await message('other')).toContain('The package other is no course');
    expect(await message('file.txt')).toBe(`${path.join(folder, 'file.txt')} is no folder.`);
  });

  test('says what to do when the built-in index is missing', async () => {
    const error = await refused(openCourse({ cwd: '/', packageRoot: await temporaryFolder() }));
    expect(error.exitCode).toBe(3);
    expect(error.next).toContain('npm run build');
  });
});

describe('exercises of a course', () => {
  test('are the same from the build and from the folder', async () => {
    const built = await builtTiny();
    const live = await openCourse({ course: built.folder, cwd: '/', packageRoot: '/nowhere' });
    for (const id of ['say-hello', 'add-up'])
      expect(await loadExercise(built, id)).toEqual(await loadExercise(live, id));
  });

  test('come with every default filled in', async () => {
    const course = await openCourse({ course: tiny, cwd: '/', packageRoot: '/nowhere' });
    expect(await loadExercise(course, 'say-hello')).toEqual({
      id: 'say-hello',
      title: { en: 'Say hello', 'ur-Latn': 'Salam karo' },
      entry: ['index.js', 'app.js', 'main.js', 'index.mjs', 'app.mjs', 'main.mjs', 'index.cjs', 'app.cjs', 'main.cjs'],
      files: [],
      packages: [],
      run: { kind: 'program', nodeArgs: [], env: {}, certificate: false, limits: {}, grants: [] },
      given: {},
      services: {},
      checks: [
        {
          id: 'hello',
          title: { en: 'prints hello', 'ur-Latn': 'hello print karta hai' },
          points: 1,
          parts: [{ kind: 'program', spec: { stdout: { equals: 'hello' }, exitCode: 0 } }],
          hints: [
            { en: 'Which function prints?', 'ur-Latn': 'Kaunsa function print karta hai?' },
            "console.log('hello')",
          ],
        },
      ],
      wrong: { shouts: { fails: 'hello' }, silent: { fails: 'hello' } },
    });
  });

  test('are found by id, with the nearest ids when there is none', async () => {
    const course = await openCourse({ course: tiny, cwd: '/', packageRoot: '/nowhere' });
    expect(findExercise(course, 'add-up').lesson).toBe('printing');
    expect(exerciseFolder(course, 'add-up')).toBe(path.join(tiny, 'exercises', 'add-up'));
    const error = await refused(() => findExercise(course, 'add-pu'));
    expect([error.message, error.next, error.exitCode]).toEqual([
      'There is no exercise "add-pu".',
      'Did you mean add-up?',
      2,
    ]);
    expect((await refused(() => exerciseFolder(course, '../../x'))).message).toBe('There is no exercise "../../x".');
    expect((await refused(() => findLesson(course, 'printin'))).next).toBe('Did you mean printing?');
  });

  test('are refused when they have become faulty since the course was opened', async () => {
    const folder = await tinyWith({});
    const course = await openCourse({ course: folder, cwd: '/', packageRoot: '/nowhere' });
    await writeFile(path.join(folder, 'exercises', 'add-up', 'exercise.yaml'), 'id: add-up\n');
    const error = await refused(loadExercise(course, 'add-up'));
    expect(error.exitCode).toBe(2);
    expect(error.diagnostics.map(({ message }) => message)).toContain('`checks` is missing');
  });
});

describe('lessons of a course', () => {
  test('come in the language asked for, or in English', async () => {
    for (const course of [await builtTiny(), await openCourse({ course: tiny, cwd: '/', packageRoot: '/nowhere' })]) {
      const title = async (language: string) => (await loadLesson({ course, id: 'printing', language })).title;
      expect(await title('en')).toBe('Printing');
      expect(await title('ur-Latn')).toBe('Print karna');
      expect(await title('de')).toBe('Printing');
    }
  });

  test('have their examples and questions taken out of the text', async () => {
    const course = await openCourse({ course: tiny, cwd: '/', packageRoot: '/nowhere' });
    const lesson = await loadLesson({ course, id: 'printing', language: 'en' });
    expect(lesson).toMatchObject({ id: 'printing', track: 'first', exercises: ['say-hello', 'add-up'] });
    expect(lesson.examples).toEqual([
      {
        language: 'js',
        code: 'console.log(process.argv.slice(2));',
        args: ['Sana', '3'],
        output: "[ 'Sana', '3' ]",
        line: 8,
      },
    ]);
    expect(lesson.quiz.map(({ answer, choices }) => choices[answer])).toEqual(['`a`', 'text']);
    expect(lesson.body).toBe(`A program prints with \`console.log\`.

\`\`\`js run args="Sana 3"
console.log(process.argv.slice(2));
\`\`\`

\`\`\`output
[ 'Sana', '3' ]
\`\`\`

This block is only shown:

\`\`\`js
console.log('not run');
\`\`\`

That is all.
`);
  });
});
