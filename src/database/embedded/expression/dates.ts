import { Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { dateOf } from '../values/date.ts';
import { type Document, document, fieldsOf, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { isNullish, isNumeric, toNumber, typeName } from '../values/types.ts';
import {
  asDate,
  DAY,
  dateOfFields,
  dayOfYear,
  firstIsoDay,
  HOUR,
  isoDayOfWeek,
  isoWeek,
  MINUTE,
  SECOND,
  WEEK,
  week,
} from './calendar.ts';
import { dateOperator } from './date-operator.ts';
import { namedArguments, nullable, type Operator, type Operators } from './operator.ts';
import { fromLocal, toLocal, zones } from './zone.ts';

/** `$year`, `$hour` …: of a date, or of `{ date, timezone }`. */
function part(read: (local: Date) => unknown): Operator {
  return (argument, name, { compile }) => {
    const given = partArguments(argument, name);
    const date = compile(given.date);
    const zoneName = compile(given.timezone);
    const zoneOf = zones();
    const zoned = 'timezone' in given;
    return (root, variables) => {
      const value = date(root, variables);
      const zone = zoned ? zoneName(root, variables) : undefined;
      return isNullish(value) || (zoned && isNullish(zone)) ? null : read(toLocal(asDate(value), zoneOf(zone)));
    };
  };
}

function partArguments(argument: unknown, name: string): Document {
  if (isDocument(argument) && !Object.keys(argument)[0]?.startsWith('$')) {
    return namedArguments(argument, name, { required: ['date'], optional: ['timezone'], codes: [40539, 40535, 40539] });
  }
  if (Array.isArray(argument) && argument.length !== 1) {
    throw new CommandError(
      40536,
      `${name} accepts exactly one argument if given an array, but was given ${argument.length}`,
    );
  }
  return document([['date', Array.isArray(argument) ? argument[0] : argument]]);
}

const FIELD_LIMITS = { least: -32_768, most: 32_767 };

/** A whole number among the arguments of `$dateFromParts`. */
function field(values: Document, name: string, fallback: number): number {
  const value = values[name];
  if (value === undefined && !(name in values)) {
    return fallback;
  }
  const number = toNumber(value);
  if (!isNumeric(value) || !Number.isInteger(number)) {
    throw new CommandError(
      40515,
      `'${name}' must evaluate to an integer, found ${typeName(value)} with value ${show(value)}`,
    );
  }
  if ((name === 'year' || name === 'isoWeekYear') && (number < 1 || number > 9999)) {
    throw new CommandError(40523, `'${name}' must evaluate to an integer in the range 1 to 9999, found ${number}`);
  }
  if (!name.startsWith('millisecond') && (number < FIELD_LIMITS.least || number > FIELD_LIMITS.most)) {
    throw new CommandError(
      31034,
      `'${name}' must evaluate to a value in the range [${FIELD_LIMITS.least}, ${FIELD_LIMITS.most}]; value ${number} is not in range`,
    );
  }
  return number;
}

function timeOfDay(values: Document): number {
  return (
    field(values, 'hour', 0) * HOUR +
    field(values, 'minute', 0) * MINUTE +
    field(values, 'second', 0) * SECOND +
    field(values, 'millisecond', 0)
  );
}

function fromIsoParts(values: Document): Date {
  const monday = firstIsoDay(field(values, 'isoWeekYear', 1970)).getTime();
  const days = (field(values, 'isoWeek', 1) - 1) * WEEK + (field(values, 'isoDayOfWeek', 1) - 1) * DAY;
  return dateOf(monday + days + timeOfDay(values));
}

function fromCalendarParts(values: Document): Date {
  return dateOfFields({
    year: field(values, 'year', 1970),
    month: field(values, 'month', 1),
    day: field(values, 'day', 1),
    milliseconds: timeOfDay(values),
  });
}

const TIME_PARTS = ['hour', 'minute', 'second', 'millisecond', 'timezone'];
const CALENDAR_PARTS = ['year', 'month', 'day'];
const ISO_PARTS = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];

const fromParts: Operator = (argument, name, compilation) => {
  if (isDocument(argument)) {
    const [calendar, iso] = [CALENDAR_PARTS, ISO_PARTS].map((parts) => parts.some((part) => part in argument));
    if (calendar && iso) {
      throw new CommandError(40489, '$dateFromParts does not allow mixing natural dates with ISO dates');
    }
    if (!('year' in argument) && !('isoWeekYear' in argument)) {
      throw new CommandError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
    }
  }
  const parameters = {
    required: [],
    optional: [...CALENDAR_PARTS, ...ISO_PARTS, ...TIME_PARTS],
    codes: [40519, 40518, 40516],
  } as const;
  return dateOperator(parameters, (values, zoneOf) => {
    if (Object.keys(values).some((key) => isNullish(values[key]))) {
      return null;
    }
    const local = 'isoWeekYear' in values ? fromIsoParts(values) : fromCalendarParts(values);
    return fromLocal(local, zoneOf(values.timezone));
  })(argument, name, compilation);
};

const toParts = dateOperator(
  { required: ['date'], optional: ['timezone', 'iso8601'], codes: [40524, 40520, 40522] },
  (values, zoneOf) => {
    const { date, timezone, iso8601 } = values;
    if (
      isNullish(date) ||
      ('timezone' in values && isNullish(timezone)) ||
      ('iso8601' in values && isNullish(iso8601))
    ) {
      return null;
    }
    if (iso8601 !== undefined && typeof iso8601 !== 'boolean') {
      throw new CommandError(40521, `iso8601 must evaluate to a bool, found ${typeName(iso8601)}`);
    }
    const local = toLocal(asDate(date), zoneOf(timezone));
    const { year, week } = isoWeek(local);
    const day = iso8601
      ? { isoWeekYear: year, isoWeek: week, isoDayOfWeek: isoDayOfWeek(local) }
      : { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
    return fieldsOf(day, {
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      millisecond: local.getUTCMilliseconds(),
    });
  },
);

/** `$tsSecond`, `$tsIncrement`: the halves of a timestamp. */
function timestampHalf(code: number, read: (value: Timestamp) => number): Operator {
  return nullable([1, 1], ([value], name) => {
    if (!(value instanceof Timestamp)) {
      throw new CommandError(code, ` Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
    }
    return BigInt(read(value));
  });
}

/**
 * Parts of dates, and dates of parts.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#date-expression-operators
 */
export const DATES: Operators = new Map<string, Operator>([
  ['$year', part((local) => local.getUTCFullYear())],
  ['$month', part((local) => local.getUTCMonth() + 1)],
  ['$dayOfMonth', part((local) => local.getUTCDate())],
  ['$dayOfWeek', part((local) => local.getUTCDay() + 1)],
  ['$dayOfYear', part(dayOfYear)],
  ['$hour', part((local) => local.getUTCHours())],
  ['$minute', part((local) => local.getUTCMinutes())],
  ['$second', part((local) => local.getUTCSeconds())],
  ['$millisecond', part((local) => local.getUTCMilliseconds())],
  ['$week', part(week)],
  ['$isoWeek', part((local) => isoWeek(local).week)],
  ['$isoWeekYear', part((local) => BigInt(isoWeek(local).year))],
  ['$isoDayOfWeek', part(isoDayOfWeek)],
  ['$dateFromParts', fromParts],
  ['$dateToParts', toParts],
  ['$tsSecond', timestampHalf(5687301, (value) => value.getHighBitsUnsigned())],
  ['$tsIncrement', timestampHalf(5687302, (value) => value.getLowBitsUnsigned())],
]);
