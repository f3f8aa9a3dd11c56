import * as z from 'zod';
import type { Value } from '../../model/course.ts';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';
import { template } from './template.ts';

const MAX_COUNT = 1_000;

type Options = Record<string, Value>;

const wholeNumber = z.int();
const countValue = z.int().min(0).max(MAX_COUNT);
const bounds = z.tuple([wholeNumber, wholeNumber]).refine(([min, max]) => min <= max, {
  error: schemaMessage('the first bound is above the second', 'Write the smaller number first.'),
});
const countBounds = z.tuple([countValue, countValue]).refine(([min, max]) => min <= max, {
  error: schemaMessage('the first bound is above the second', 'Write the smaller number first.'),
});
const count = z.union([countValue, countBounds]).meta({ description: 'How many: a number, or [least, most].' });
const distinct = z.boolean().exactOptional().meta({ description: 'No value twice.' });

const ordered = schemaMessage('`min` is above `max`', 'Swap them.');
const range = {
  min: wholeNumber.exactOptional(),
  max: wholeNumber.exactOptional(),
  nonzero: z.boolean().exactOptional(),
};
const isOrdered = ({ min = 0, max = 100 }: { min?: number; max?: number }) => min <= max;

const integer = z.union([
  bounds.transform(([min, max]): Options => ({ min, max })),
  shape('`integer`', range)
    .refine(isOrdered, { error: ordered })
    .transform((keys): Options => keys),
]);
const integers = shape('`integers`', { count, ...range, distinct })
  .refine(isOrdered, { error: ordered })
  .transform((keys): Options => keys);
const number = shape('`number`', {
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  decimals: z.int().min(1).max(6).exactOptional(),
})
  .refine(isOrdered, { error: ordered })
  .transform((keys): Options => keys);

const nothing = z.union([
  z.literal(true).transform((): Options => ({})),
  shape('this generator', {}).transform((): Options => ({})),
]);
const many = z.union([
  count.transform((given): Options => ({ count: given, distinct: true })),
  shape('this generator', { count, distinct }).transform((keys): Options => ({ distinct: true, ...keys })),
]);
const from = z.array(template).min(1).max(MAX_COUNT);
const choice = from.transform((values): Options => ({ from: values }));
const choices = shape('`choices`', { count, from, distinct }).transform(
  (keys): Options => ({ distinct: true, ...keys }),
);
const length = z.union([
  z
    .int()
    .min(1)
    .max(256)
    .transform((digits): Options => ({ length: digits })),
  nothing,
]);

const generator: z.ZodType<Generated, unknown> = z.lazy(() => z.union([bareGenerator, generatorMap]));

/** A generator by name with its options, ready for `drawGivens`. */
type Generated = { generator: string; options: Options; where?: string };

const array = z.lazy(() => shape('`array`', { count, of: generator })).transform((keys): Options => keys);
const documents = z
  .lazy(() =>
    shape('`documents`', {
      count,
      distinct: z
        .array(z.string())
        .exactOptional()
        .meta({ description: 'Fields that are different in every document.' }),
      of: fields,
    }),
  )
  .transform((keys): Options => keys);
/** A document's fields: generators, or maps of them. */
const fields: z.ZodType<Record<string, Value>, unknown> = z.lazy(() =>
  z.record(
    z.string(),
    z.union([generator, fields.transform((of): Generated => ({ generator: 'document', options: { of } }))]),
  ),
);

const GENERATORS = {
  integer: integer.meta({ description: 'A whole number: [least, most], or {min, max, nonzero}.' }),
  int: integer.meta({ description: 'Short for `integer`.' }),
  integers: integers.meta({ description: 'Whole numbers: {count, min, max, nonzero, distinct}.' }),
  number: number.meta({ description: 'A decimal number: {min, max, decimals}.' }),
  boolean: nothing.meta({ description: 'true or false.' }),
  word: nothing.meta({ description: 'A common English word.' }),
  words: many.meta({ description: 'Different words: how many. One alone is a text, not a list.' }),
  name: nothing.meta({ description: "A person's first name." }),
  names: many.meta({ description: 'Different first names: how many. One alone is a text, not a list.' }),
  city: nothing.meta({ description: "A city's name." }),
  cities: many.meta({ description: 'Different cities: how many. One alone is a text, not a list.' }),
  sentence: nothing.meta({ description: 'A short English sentence.' }),
  sentences: many.meta({ description: 'Different sentences: how many. One alone is a text, not a list.' }),
  email: nothing.meta({ description: 'An e-mail address at example.com.' }),
  emails: many.meta({ description: 'Different e-mail addresses: how many. One alone is a text, not a list.' }),
  choice: choice.meta({ description: 'One of these values.' }),
  choices: choices.meta({ description: 'Some of these values: {count, from, distinct}.' }),
  hex: length.meta({ description: 'Hexadecimal digits: how many (8).' }),
  uuid: nothing.meta({ description: 'A version 4 UUID.' }),
  date: nothing.meta({ description: 'A day such as 2024-03-05.' }),
  array: array.meta({ description: 'A list of values: {count, of: generator}.' }),
  documents: documents.meta({ description: 'Documents: {count, distinct: [field], of: {field: generator}}.' }),
};

const GENERATOR_NAMES = Object.keys(GENERATORS);

const ALIASES: Readonly<Record<string, string>> = { int: 'integer' };
/** Generators that need no options and may stand as a word alone. */
const BARE = [
  'integer',
  'int',
  'number',
  'boolean',
  'word',
  'name',
  'city',
  'sentence',
  'email',
  'hex',
  'uuid',
  'date',
] as const;

const bareGenerator = z.enum(BARE).transform((name): Generated => ({ generator: ALIASES[name] ?? name, options: {} }));

type GeneratorKeys = { [Name in keyof typeof GENERATORS]: z.ZodExactOptional<(typeof GENERATORS)[Name]> };
const generatorKeys = Object.fromEntries(
  Object.entries(GENERATORS).map(([name, schema]) => [name, schema.exactOptional()]),
) as GeneratorKeys;

const generatorMap = shape('a given', {
  ...generatorKeys,
  where: z
    .string()
    .min(1)
    .max(500)
    .exactOptional()
    .meta({ description: 'A Liquid condition over this value and those above it; drawn again until it is true.' }),
})
  .refine((keys) => Object.keys(keys).filter((key) => key !== 'where').length === 1, {
    error: schemaMessage('a given has exactly one generator', `One of: ${GENERATOR_NAMES.join(', ')}.`),
  })
  .transform(({ where, ...generators }): Generated => {
    const [[name, options] = ['', {}]] = Object.entries(generators);
    return { generator: ALIASES[name] ?? name, options: options as Options, ...(where !== undefined && { where }) };
  });

/** One entry of `given`. */
export const given = generator;
