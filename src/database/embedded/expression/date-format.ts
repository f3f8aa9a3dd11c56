import { CommandError } from '../errors.ts';
import { isNullish, typeName } from '../values/types.ts';
import { asDate, dayOfYear, isoDayOfWeek, isoWeek, week } from './calendar.ts';
import { dateOperator } from './date-operator.ts';
import { parseDate } from './date-parse.ts';
import { MONTHS } from './months.ts';
import type { Operator, Operators } from './operator.ts';
import { toLocal, UTC, type Zone } from './zone.ts';

const MINUTE = 60_000;

/** A date as a format shows it: its local fields, and the minutes that they are ahead of UTC. */
interface Shown {
  local: Date;
  offset: number;
}

const SPECIFIERS: ReadonlyMap<string, (shown: Shown) => string> = new Map<string, (shown: Shown) => string>([
  ['Y', ({ local }) => digits(local.getUTCFullYear(), 4)],
  ['m', ({ local }) => digits(local.getUTCMonth() + 1)],
  ['d', ({ local }) => digits(local.getUTCDate())],
  ['H', ({ local }) => digits(local.getUTCHours())],
  ['M', ({ local }) => digits(local.getUTCMinutes())],
  ['S', ({ local }) => digits(local.getUTCSeconds())],
  ['L', ({ local }) => digits(local.getUTCMilliseconds(), 3)],
  ['j', ({ local }) => digits(dayOfYear(local), 3)],
  ['w', ({ local }) => String(local.getUTCDay() + 1)],
  ['u', ({ local }) => String(isoDayOfWeek(local))],
  ['U', ({ local }) => digits(week(local))],
  ['V', ({ local }) => digits(isoWeek(local).week)],
  ['G', ({ local }) => digits(isoWeek(local).year, 4)],
  ['b', ({ local }) => monthName(local).slice(0, 3)],
  ['B', ({ local }) => monthName(local)],
  ['z', ({ offset }) => offsetText(offset)],
  ['Z', ({ offset }) => String(offset)],
  ['%', () => '%'],
]);

function digits(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

function monthName(local: Date): string {
  return MONTHS[local.getUTCMonth()] ?? '';
}

function offsetText(minutes: number): string {
  const ahead = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(ahead / 60))}${digits(ahead % 60)}`;
}

/**
 * A date in the format of `$dateToString`.
 *
 * @throws CommandError 18535 and 18536 for a `%` that means nothing, 18537 for a year that has no four digits
 */
function format(date: Date, pattern: string, zone: Zone): string {
  const shown = { local: toLocal(date, zone), offset: zone(date.getTime()) / MINUTE };
  const year = shown.local.getUTCFullYear();
  if (year < 0 || year > 9999) {
    throw new CommandError(18537, `$dateToString is only defined on year 0-9999, tried to use year ${year}`);
  }
  return pattern.replace(/%([\s\S]?)/g, (_, specifier: string) => {
    const write = SPECIFIERS.get(specifier);
    if (!write) {
      throw specifier === ''
        ? new CommandError(18535, "Unmatched '%' at end of format string")
        : new CommandError(18536, `Invalid format character '%${specifier}' in format string`);
    }
    return write(shown);
  });
}

const toText = dateOperator(
  { required: ['date'], optional: ['format', 'timezone', 'onNull'], codes: [18629, 18534, 18628] },
  (values, zoneOf, name) => {
    if (isNullish(values.date)) {
      return 'onNull' in values ? values.onNull : null;
    }
    if (('format' in values && isNullish(values.format)) || ('timezone' in values && isNullish(values.timezone))) {
      return null;
    }
    const zone = zoneOf(values.timezone);
    const pattern = values.format ?? `%Y-%m-%dT%H:%M:%S.%L${zone === UTC ? 'Z' : ''}`;
    if (typeof pattern !== 'string') {
      throw new CommandError(18533, `${name} requires that 'format' be a string, found: ${typeName(pattern)}`);
    }
    return format(asDate(values.date), pattern, zone);
  },
);

const CONVERSION_FAILURE = 241;

const fromText = dateOperator(
  {
    required: ['dateString'],
    optional: ['format', 'timezone', 'onError', 'onNull'],
    codes: [40540, 40541, 40542],
  },
  (values, zoneOf, name) => {
    const { dateString: text, format: pattern, timezone } = values;
    if (isNullish(text)) {
      return 'onNull' in values ? values.onNull : null;
    }
    if (('format' in values && isNullish(pattern)) || ('timezone' in values && isNullish(timezone))) {
      return null;
    }
    if (pattern !== undefined && typeof pattern !== 'string') {
      throw new CommandError(40684, `${name} requires that 'format' be a string, found: ${typeName(pattern)}`);
    }
    try {
      if (typeof text !== 'string') {
        throw new CommandError(
          CONVERSION_FAILURE,
          `${name} requires that 'dateString' be a string, found: ${typeName(text)} with value ${String(text)}`,
        );
      }
      return parseDate(text, pattern, 'timezone' in values ? { zone: zoneOf(timezone) } : {});
    } catch (error) {
      if ('onError' in values && error instanceof CommandError && error.code === CONVERSION_FAILURE) {
        return values.onError;
      }
      throw error;
    }
  },
);

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/ */
export const DATE_FORMATS: Operators = new Map<string, Operator>([
  ['$dateToString', toText],
  ['$dateFromString', fromText],
]);
