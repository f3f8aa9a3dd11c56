import { CommandError } from '../errors.ts';
import { dateOf } from '../values/date.ts';
import { DAY, dateOfFields, firstIsoDay, HOUR, MINUTE, SECOND, WEEK } from './calendar.ts';
import { monthOf } from './months.ts';
import { fromLocal, UTC, type Zone, zones } from './zone.ts';

/** What a text says of a date: fields by the specifier that reads them, all as text. */
type Fields = ReadonlyMap<string, string>;

const CONVERSION_FAILURE = 241;

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?)? *(Z|[+-]\d{2}(?::?\d{2})?|UTC|GMT|[A-Z][A-Za-z_]+\/[A-Za-z_/]+)?$/;

/**
 * Reads a date, by a format or in ISO 8601 and the usual English forms. Without a zone in the text it is local time of
 * the zone given, which is UTC when there is none.
 *
 * @throws CommandError 241 for a text that is no date, or has a zone although one is given
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateFromString/
 */
export function parseDate(text: string, format?: string, given: { zone?: Zone } = {}): Date {
  const fields = format === undefined ? isoFields(text) : formatFields(text, format);
  if (!fields) {
    return parseEnglish(text, given.zone ?? UTC);
  }
  const zoneName = fields.get('z');
  if (zoneName !== undefined && given.zone) {
    throw failure(
      text,
      `you cannot pass in a date/time string with time zone information ('${zoneName}') together with a timezone argument`,
    );
  }
  return fromLocal(localDate(text, fields), zoneName === undefined ? (given.zone ?? UTC) : zones()(zoneName));
}

function failure(text: string, why: string): CommandError {
  return new CommandError(CONVERSION_FAILURE, `Error parsing date string '${text}'; ${why}`);
}

const ISO_SPECIFIERS = ['Y', 'm', 'd', 'H', 'M', 'S', 'L', 'z'];

function isoFields(text: string): Fields | undefined {
  const found = ISO.exec(text.trim());
  return found ? fieldsOfMatch(found, ISO_SPECIFIERS) : undefined;
}

function fieldsOfMatch(found: RegExpExecArray, specifiers: readonly string[]): Fields {
  return new Map(
    specifiers.flatMap((specifier, index) => {
      const value = found[index + 1];
      return value === undefined ? [] : [[specifier, value] as const];
    }),
  );
}

const PATTERNS: ReadonlyMap<string, string> = new Map([
  ['Y', '(\\d{4})'],
  ['G', '(\\d{4})'],
  ['m', '(\\d{1,2})'],
  ['d', '(\\d{1,2})'],
  ['H', '(\\d{1,2})'],
  ['M', '(\\d{1,2})'],
  ['S', '(\\d{1,2})'],
  ['L', '(\\d{1,3})'],
  ['V', '(\\d{1,2})'],
  ['u', '(\\d)'],
  ['j', '(\\d{1,3})'],
  ['b', '([A-Za-z]{3})'],
  ['B', '([A-Za-z]+)'],
  ['z', '(Z|[+-]\\d{2}:?(?:\\d{2})?)'],
  ['Z', '([+-]?\\d{1,4})'],
]);

function formatFields(text: string, format: string): Fields {
  const specifiers: string[] = [];
  const source = format.replace(/%([\s\S]?)|[.*+?^${}()|[\]\\]/g, (part, specifier?: string) => {
    if (specifier === undefined) {
      return `\\${part}`;
    }
    if (specifier === '%') {
      return '%';
    }
    const pattern = PATTERNS.get(specifier);
    if (pattern === undefined) {
      throw new CommandError(18536, `Invalid format character '%${specifier}' in format string`);
    }
    specifiers.push(specifier);
    return pattern;
  });
  const found = new RegExp(`^${source}$`).exec(text);
  if (!found) {
    throw failure(text, 'it does not have the form of the format');
  }
  return fieldsOfMatch(found, specifiers);
}

function localDate(text: string, fields: Fields): Date {
  const number = (specifier: string, fallback: number): number => Number(fields.get(specifier) ?? fallback);
  const fraction = Number(`0.${fields.get('L') ?? '0'}`) * SECOND;
  const [hours, minutes, seconds] = [number('H', 0), number('M', 0), number('S', 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) {
    throw failure(text, 'it has a time that does not exist');
  }
  const time = hours * HOUR + (minutes - number('Z', 0)) * MINUTE + seconds * SECOND + Math.floor(fraction);
  return dateOf(localDay(text, fields).getTime() + time);
}

function localDay(text: string, fields: Fields): Date {
  const number = (specifier: string, fallback: number): number => Number(fields.get(specifier) ?? fallback);
  if (fields.has('G')) {
    const days = (number('V', 1) - 1) * WEEK + (number('u', 1) - 1) * DAY;
    return dateOf(firstIsoDay(number('G', 1970)).getTime() + days);
  }
  if (!fields.has('Y')) {
    throw failure(text, 'an incomplete date/time string has been found, with elements missing');
  }
  const name = fields.get('b') ?? fields.get('B');
  const month = name === undefined ? number('m', 1) : (monthOf(name) ?? 13);
  const day = number('d', 1);
  const date = dateOfFields({ year: number('Y', 1970), month, day: fields.has('j') ? number('j', 1) : day });
  if (month > 12 || (!fields.has('j') && date.getUTCDate() !== day)) {
    throw failure(text, 'it has a day that does not exist');
  }
  return date;
}

/** `July 4, 2017 11:00`, `Tue, 04 Jul 2017 11:00:00 +0200`: forms with the name of a month, a day and a year. */
function parseEnglish(text: string, zone: Zone): Date {
  const complete = /[A-Za-z]{3}/.test(text) && /\d{4}/.test(text) && /\b\d{1,2}\b/.test(text);
  const zoned = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/.test(text);
  const time = complete ? Date.parse(zoned ? text : `${text} UTC`) : Number.NaN;
  if (Number.isNaN(time)) {
    throw failure(text, 'it is no date in a form that is known');
  }
  return zoned ? dateOf(time) : fromLocal(dateOf(time), zone);
}
