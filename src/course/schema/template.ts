import * as z from 'zod';
import type { Template } from '../../model/course.ts';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';

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

const matcherKeys = shape('a text matcher', {
  equals: template.exactOptional().meta({ description: 'The whole text, but for white space at its end.' }),
  contains: pieces.exactOptional().meta({ description: 'Each of these pieces occurs.' }),
  lacks: pieces.exactOptional().meta({ description: 'None of these pieces occurs.' }),
  matches: regularExpression.exactOptional().meta({ description: 'A JavaScript regular expression, without slashes.' }),
  json: template.exactOptional().meta({ description: 'The text is JSON and equals this; key order does not matter.' }),
  from: z
    .literal('solution')
    .exactOptional()
    .meta({ description: 'What the reference solution prints for the same givens.' }),
  empty: z.boolean().exactOptional().meta({ description: 'true: nothing at all; false: something.' }),
}).refine((keys) => Object.keys(keys).length > 0, {
  error: schemaMessage(
    'a text matcher without a condition',
    'Give it `equals`, `contains`, `lacks`, `matches`, `json`, `from` or `empty`.',
  ),
});

/** What a text must be; a text or number alone means `equals`. */
export const textMatcher = z.union([
  z.union([z.string(), z.number()]).transform((equals) => ({ equals })),
  matcherKeys,
]);
