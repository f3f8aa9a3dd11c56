import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { buildCourse } from '../../src/course/build.ts';
import { TutorError } from '../../src/model/error.ts';
import { temporaryFolder, tinyWith } from './support.ts';

test('buildCourse writes the index, exercises, lessons in each language and schemas', async () => {
  const out = path.join(await temporaryFolder(), 'dist', 'course');
  await buildCourse({ courseFolder: await tinyWith({}), outFolder: out });
  expect((await readdir(out, { recursive: true })).sort()).toEqual(
    [
      'exercises',
      path.join('exercises', 'add-up.json'),
      path.join('exercises', 'say-hello.json'),
      'index.json',
      'lessons',
      path.join('lessons', 'printing.en.json'),
      path.join('lessons', 'printing.ur-Latn.json'),
    ].sort(),
  );
  expect((await readdir(path.join(out, '..', 'schema'))).sort()).toEqual([
    'course.schema.json',
    'exercise.schema.json',
    'lesson.schema.json',
  ]);
});

test('buildCourse prints every fault of a faulty course and fails', async () => {
  const courseFolder = await tinyWith({
    'course.yaml': 'formatVersion: 1\nid: tiny\nversion: 1.0.0\ntitle: T\ntrack: []\n',
    'exercises/add-up/exercise.yaml': '\tid: add-up\n',
  });
  const written: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const building = buildCourse({ courseFolder, outFolder: path.join(await temporaryFolder(), 'dist', 'course') });
  const error = await building.catch((reason: unknown) => reason).finally(() => stderr.mockRestore());
  expect(error).toBeInstanceOf(TutorError);
  expect(written.join('')).toContain('course.yaml:5:1  `track` is no key of a course');
  expect(written.join('')).toContain('Did you mean `tracks`?');
  expect(written.join('')).toContain('exercises/add-up/exercise.yaml:1:1  a tab cannot indent YAML');
});
