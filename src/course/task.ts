import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Course } from '../model/course.ts';
import { describeError, errorCode, TutorError } from '../model/error.ts';
import { exerciseFolder } from './exercise.ts';

/** File of an exercise that says what to build; a translation stands beside it as README.<tag>.md. */
export const TASK_FILE = 'README.md';

/**
 * What an exercise asks for, as Markdown, in a language or else in English.
 * @throws {TutorError} when it cannot be read
 */
export async function loadTask(options: { course: Course; id: string; language: string }): Promise<string> {
  const { course, id, language } = options;
  const folder = exerciseFolder(course, id);
  const tags = [language, language.split('-')[0] ?? language];
  for (const name of [...tags.map((tag) => `README.${tag}.md`), TASK_FILE]) {
    try {
      const file = path.join(folder, name);
      if ((await lstat(file)).isFile()) return await readFile(file, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') continue;
      throw new TutorError(`The text of ${id} cannot be read: ${describeError(error)}`, { cause: error });
    }
  }
  throw new TutorError(`The exercise ${id} has no text: there is no ${TASK_FILE} in its folder.`);
}
