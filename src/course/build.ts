import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TutorError } from '../model/error.ts';
import { plural } from '../model/text.ts';
import { formatDiagnostic } from './diagnostics.ts';
import { jsonSchemas } from './json-schema.ts';
import { toLesson } from './lesson-file.ts';
import { validateCourse } from './validate.ts';

/**
 * Prevalidates the built-in course: writes `index.json`, `exercises/<id>.json`, `lessons/<id>.<language>.json` and
 * `glossary.<language>.json` into `outFolder`, and the JSON Schemas for editors beside it (`schema/`) and beside the exercises.
 * @throws {TutorError} after printing every fault to stderr when there is any
 */
export async function buildCourse({
  courseFolder,
  outFolder,
}: {
  courseFolder: string;
  outFolder: string;
}): Promise<void> {
  await writeSchemas(courseFolder, path.join(path.dirname(outFolder), 'schema'));
  const { index, exercises, lessons, glossary, diagnostics } = await validateCourse(courseFolder);
  if (index === undefined) {
    for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n\n`);
    throw new TutorError(`The course in ${courseFolder} has ${plural(diagnostics.length, 'fault')}.`, { diagnostics });
  }
  await writeJson(path.join(outFolder, 'index.json'), index);
  for (const exercise of exercises) await writeJson(path.join(outFolder, 'exercises', `${exercise.id}.json`), exercise);
  for (const { summary, files } of lessons) {
    for (const [language, file] of Object.entries(files)) {
      await writeJson(path.join(outFolder, 'lessons', `${summary.id}.${language}.json`), toLesson(file, summary));
    }
  }
  for (const [language, file] of Object.entries(glossary)) {
    await writeJson(path.join(outFolder, `glossary.${language}.json`), file.glossary);
  }
}

async function writeSchemas(courseFolder: string, schemaFolder: string): Promise<void> {
  const schemas = jsonSchemas();
  for (const [name, text] of Object.entries(schemas)) await writeText(path.join(schemaFolder, name), text);
  const exercise = schemas['exercise.schema.json'] ?? '';
  await writeText(path.join(courseFolder, 'exercises', 'exercise.schema.json'), exercise);
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeText(file, JSON.stringify(value));
}

async function writeText(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
