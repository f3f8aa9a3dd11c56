import * as z from 'zod';
import type { ValueMatcher } from '../../model/course.ts';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';
import { pieces, regularExpression, template } from './template.ts';

const valueKeys = shape('what a value must be', {
  equals: template.exactOptional().meta({ description: 'Just this; the order of keys does not matter.' }),
  oneOf: z.array(template).min(1).exactOptional().meta({ description: 'One of these.' }),
  not: template.exactOptional().meta({ description: 'Anything but this.' }),
  has: template.exactOptional().meta({ description: 'A map with at least these members.' }),
  contains: template.exactOptional().meta({ description: 'A list with such an element, or a text with this piece.' }),
  lacks: template
    .exactOptional()
    .meta({ description: 'A list without such an element, or a text without this piece.' }),
  length: template.exactOptional().meta({ description: 'How many elements or characters.' }),
  type: z
    .enum(['string', 'number', 'boolean', 'null', 'list', 'map'])
    .exactOptional()
    .meta({ description: 'Its type in JSON.' }),
  matches: regularExpression.exactOptional().meta({ description: 'A JavaScript regular expression, without slashes.' }),
  min: template.exactOptional().meta({ description: 'A number of at least this.' }),
  max: template.exactOptional().meta({ description: 'A number of at most this.' }),
  absent: z.boolean().exactOptional().meta({ description: 'true: nothing is there; false: something is.' }),
}).refine((keys) => Object.keys(keys).length > 0, {
  error: schemaMessage('nothing says what the value must be', 'Give it `equals`, `has`, `length`, `type` or another.'),
});

/** What a value in JSON data must be; a scalar or a list alone means `equals`. */
export const valueMatcher: z.ZodType<ValueMatcher, unknown> = z.union([
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(template)]).transform((equals) => ({ equals })),
  valueKeys,
]);

const matcherKeys = shape('a text matcher', {
  equals: template.exactOptional().meta({ description: 'The whole text, but for white space at its end.' }),
  contains: pieces.exactOptional().meta({ description: 'Each of these pieces occurs.' }),
  lacks: pieces.exactOptional().meta({ description: 'None of these pieces occurs.' }),
  matches: regularExpression.exactOptional().meta({ description: 'A JavaScript regular expression, without slashes.' }),
  json: template.exactOptional().meta({ description: 'The text is JSON and equals this; key order does not matter.' }),
  jsonLine: z
    .record(z.string(), valueMatcher)
    .exactOptional()
    .meta({ description: 'One of its lines is JSON with such values, by path.' }),
  from: z
    .literal('solution')
    .exactOptional()
    .meta({ description: 'What the reference solution prints for the same givens.' }),
  empty: z.boolean().exactOptional().meta({ description: 'true: nothing at all; false: something.' }),
}).refine((keys) => Object.keys(keys).length > 0, {
  error: schemaMessage(
    'a text matcher without a condition',
    'Give it `equals`, `contains`, `lacks`, `matches`, `json`, `jsonLine`, `from` or `empty`.',
  ),
});

/** What a text must be; a text or number alone means `equals`. */
export const textMatcher = z.union([
  z.union([z.string(), z.number()]).transform((equals) => ({ equals })),
  matcherKeys,
]);
