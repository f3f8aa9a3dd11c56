import * as z from 'zod';
import type { Template } from '../../model/course.ts';
import { schemaMessage } from '../issues.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Any data; `{{ given }}` in its texts is filled in for every run. */
export const template: z.ZodType<Template, Template> = z.lazy(() =>
  z.union([scalar, z.array(template), z.record(z.string(), template)]),
);

export const templates = z.record(z.string(), template);

/** A pattern that compiles in `u` mode. */
export const regularExpression = z
  .string()
  .min(1)
  .max(500)
  .refine(compiles, {
    error: schemaMessage('not a regular expression', 'JavaScript syntax without slashes, in `u` mode: `^\\d+$`.'),
  });

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** One piece of text, or a list of them; always a list afterwards. */
export const pieces = z.union([z.array(template).min(1), scalar.transform((one) => [one])]);
