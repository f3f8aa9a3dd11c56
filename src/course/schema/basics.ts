import * as z from 'zod';
import { BASE_LANGUAGE } from '../../model/text.ts';
import { schemaMessage } from '../issues.ts';
import { didYouMean } from '../nearest.ts';

/** What ids of courses, tracks, lessons, exercises and checks look like. */
export const ID_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_ID_LENGTH = 60;

const LANGUAGE_PATTERN = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** A map with these keys and no others; unknown ones are faults with the nearest known one named. */
export function shape<Shape extends z.ZodRawShape>(noun: string, keys: Shape) {
  return z.strictObject(keys, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? (issue.keys ?? []).map((key) => unknownKey(key, noun, Object.keys(keys))).join('\n')
        : undefined,
  });
}

function unknownKey(key: string, noun: string, known: readonly string[]): string {
  const fix = didYouMean(key, known) ?? `It has these: ${known.join(', ')}.`;
  return schemaMessage(`\`${key.replace(/[\n\t]/g, ' ')}\` is no key of ${noun}`, fix);
}

export const id = z
  .string()
  .regex(ID_PATTERN, {
    error: schemaMessage('not an id', 'Lower-case letters and digits, joined by single hyphens: `argv-sum`.'),
  })
  .max(MAX_ID_LENGTH);

export const language = z
  .string()
  .regex(LANGUAGE_PATTERN, { error: schemaMessage('not a language tag', 'BCP 47, such as `en`, `ur` or `ur-Latn`.') });

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const ACTED_ON = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Text that is shown: a terminal would act on control characters, and marks of direction can make it read otherwise. */
export function shown(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .refine((value) => !ACTED_ON.test(value), {
      error: schemaMessage('a control character', 'Text that is shown has none but line breaks and tabs.'),
    });
}

const line = shown(4_000);

/** Text in one language or several. */
export const text = z.union([
  line,
  z.record(language, line).refine((texts) => Object.hasOwn(texts, BASE_LANGUAGE), {
    error: schemaMessage(
      'there is no English text',
      'Every text has at least `en`; the others are translations of it.',
    ),
  }),
]);

export const formatVersion = z.literal(1).meta({ description: 'Version of the course format: 1.' });

/** A relative path that stays inside its folder. */
export const innerPath = z
  .string()
  .min(1)
  .max(200)
  .refine((path) => isInnerPath(path), {
    error: schemaMessage(
      'this path may lead out of its folder',
      'A relative path with `/` between its parts and without `..`.',
    ),
  });

/** Whether a path is relative, uses `/` and cannot lead out of its folder. */
export function isInnerPath(path: string): boolean {
  if (path.startsWith('/') || path.includes('\\') || ACTED_ON.test(path) || /^[A-Za-z]:/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** One value, or a list of them; always a list afterwards. */
export function oneOrMore<Item extends z.ZodType>(item: Item) {
  return z.union([item.transform((one) => [one]), z.array(item).min(1)]);
}

const TIME_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000 };
const SIZE_UNITS: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** `500ms`, `5s`, `1min`, in milliseconds afterwards. */
export const time = quantity({ units: TIME_UNITS, example: '5s', most: '2min', limit: 120_000 });
/** `64KB`, `200MB`, `1GB`, in bytes afterwards. */
export const size = quantity({ units: SIZE_UNITS, example: '200MB', most: '4GB', limit: 4 * 1024 ** 3 });

function quantity({
  units,
  example,
  most,
  limit,
}: {
  units: Readonly<Record<string, number>>;
  example: string;
  most: string;
  limit: number;
}) {
  const names = Object.keys(units);
  const pattern = new RegExp(`^(\\d+(?:\\.\\d+)?) ?(${names.join('|')})$`);
  const wrong = schemaMessage(
    'not a number with a unit',
    `Write it like \`${example}\`; the units are ${names.join(', ')}.`,
  );
  const amountOf = (written: string) => {
    const [, amount = '0', unit = ''] = pattern.exec(written) ?? [];
    return Math.round(Number(amount) * (units[unit] ?? 1));
  };
  return z
    .string({ error: wrong })
    .regex(pattern, { error: wrong, abort: true })
    .refine((written) => amountOf(written) > 0 && amountOf(written) <= limit, {
      error: schemaMessage('out of bounds', `More than nothing, at most ${most}.`),
    })
    .transform(amountOf);
}
