import * as z from 'zod';
import { courseSchema } from './schema/course-schema.ts';
import { exerciseSchema } from './schema/exercise-schema.ts';
import { lessonSchema } from './schema/lesson-schema.ts';

const SCHEMAS = { course: courseSchema, exercise: exerciseSchema, lesson: lessonSchema };

/** JSON Schemas for editors, by file name: what the manifests may say, before normalization. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => {
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' });
      return [`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
    }),
  );
}
