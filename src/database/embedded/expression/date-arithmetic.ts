import { CommandError } from '../errors.ts';
import { dateOf } from '../values/date.ts';
import type { Document } from '../values/document.ts';
import { isNullish, isNumeric, toNumber, typeName } from '../values/types.ts';
import { asDate, DAY, dateOfFields, HOUR, MINUTE, SECOND, WEEK } from './calendar.ts';
import { dateOperator } from './date-operator.ts';
import type { Operator, Operators } from './operator.ts';
import { fromLocal, toLocal, type Zone } from './zone.ts';

/** Units of a fixed length, in milliseconds. */
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['millisecond', 1],
  ['second', SECOND],
  ['minute', MINUTE],
  ['hour', HOUR],
  ['day', DAY],
  ['week', WEEK],
]);

/** Units that are counted in months. */
const MONTH_COUNTS: ReadonlyMap<string, number> = new Map([
  ['month', 1],
  ['quarter', 3],
  ['year', 12],
]);

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** A unit of time. @throws CommandError 9 for an unknown one, or the operator's code for what is no text */
export function unitOf(value: unknown, code: number, name: string): string {
  if (typeof value !== 'string') {
    throw new CommandError(code, `${name} requires 'unit' to be a string, but got ${typeName(value)}`);
  }
  if (!LENGTHS.has(value) && !MONTH_COUNTS.has(value)) {
    throw new CommandError(9, `unknown time unit value: ${value}`);
  }
  return value;
}

function dateArgument(value: unknown, code: number, what: string): Date {
  try {
    return asDate(value);
  } catch {
    throw new CommandError(code, `${what} to be convertible to a date, but got ${typeName(value)}`);
  }
}

/** A date and a count of units later; a day that a month lacks becomes its last one. */
export function addUnits(date: Date, unit: string, { amount, zone }: { amount: number; zone: Zone }): Date {
  const length = LENGTHS.get(unit) ?? 0;
  if (length > 0 && length < DAY) {
    return dateOf(date.getTime() + amount * length);
  }
  const local = toLocal(date, zone);
  if (length > 0) {
    return fromLocal(dateOf(local.getTime() + amount * length), zone);
  }
  const month = local.getUTCMonth() + 1 + amount * (MONTH_COUNTS.get(unit) ?? 1);
  const year = local.getUTCFullYear();
  const lastDay = dateOfFields({ year, month: month + 1, day: 0 }).getUTCDate();
  const day = Math.min(local.getUTCDate(), lastDay);
  const milliseconds = ((local.getTime() % DAY) + DAY) % DAY;
  return fromLocal(dateOfFields({ year, month, day, milliseconds }), zone);
}

/** `$dateAdd`, `$dateSubtract`. */
function shift(sign: 1 | -1): Operator {
  return dateOperator(
    { required: ['startDate', 'unit', 'amount'], optional: ['timezone'], codes: [5166400, 5166401, 5166402] },
    (values, zoneOf, name) => {
      if (Object.keys(values).some((key) => isNullish(values[key]))) {
        return null;
      }
      const date = dateArgument(values.startDate, 5166403, `${name} requires startDate`);
      const unit = unitOf(values.unit, 5166404, name);
      const amount = toNumber(values.amount);
      if (!isNumeric(values.amount) || !Number.isInteger(amount)) {
        throw new CommandError(5166405, `${name} expects integer amount of time units`);
      }
      return addUnits(date, unit, { amount: sign * amount, zone: zoneOf(values.timezone) });
    },
  );
}

/** Where the bins of `$dateTrunc` start to be counted: midnight of the first of January 2000, a Saturday. */
const REFERENCE = Date.UTC(2000, 0, 1);
const REFERENCE_YEAR = 2000;
const REFERENCE_WEEKDAY = 6;

interface Bins {
  unit: string;
  /** Units in a bin. */
  size: number;
  /** Day on which weeks start, from Sunday, 0. */
  firstDay: number;
}

/** The start of the bin that a local date lies in. */
function truncated(local: Date, { unit, size, firstDay }: Bins): Date {
  const months = MONTH_COUNTS.get(unit);
  if (months !== undefined) {
    const bin = months * size;
    const since = (local.getUTCFullYear() - REFERENCE_YEAR) * 12 + local.getUTCMonth();
    return dateOfFields({ year: REFERENCE_YEAR, month: Math.floor(since / bin) * bin + 1 });
  }
  const length = (LENGTHS.get(unit) ?? 1) * size;
  const start = unit === 'week' ? REFERENCE + ((firstDay - REFERENCE_WEEKDAY + 7) % 7) * DAY : REFERENCE;
  return dateOf(start + Math.floor((local.getTime() - start) / length) * length);
}

function firstDayOf(values: Document, code: number, name: string): number {
  if (values.startOfWeek === undefined) {
    return 0;
  }
  if (typeof values.startOfWeek !== 'string') {
    throw new CommandError(
      code,
      `${name} requires 'startOfWeek' to be a string, but got ${typeName(values.startOfWeek)}`,
    );
  }
  const given = values.startOfWeek.toLowerCase();
  const found = WEEKDAYS.findIndex((day) => day === given || day.slice(0, 3) === given);
  if (found < 0) {
    throw new CommandError(9, `unknown day of week value: ${values.startOfWeek}`);
  }
  return found;
}

const truncate = dateOperator(
  {
    required: ['date', 'unit'],
    optional: ['binSize', 'timezone', 'startOfWeek'],
    codes: [5439007, 5439008, [5439009, 5439010]],
  },
  (values, zoneOf, name) => {
    if (hasNull(values)) {
      return null;
    }
    const date = dateArgument(values.date, 5439012, `${name} requires 'date'`);
    const unit = unitOf(values.unit, 5439013, name);
    const bins = { unit, size: binSize(values, name), firstDay: firstDayOf(values, 5439015, name) };
    const zone = zoneOf(values.timezone);
    return fromLocal(truncated(toLocal(date, zone), bins), zone);
  },
);

/** Whether an argument that counts is null: `startOfWeek` counts only for weeks. */
function hasNull(values: Document): boolean {
  return Object.keys(values).some((key) => isNullish(values[key]) && (key !== 'startOfWeek' || values.unit === 'week'));
}

function binSize(values: Document, name: string): number {
  const size = values.binSize === undefined ? 1 : toNumber(values.binSize);
  if (!Number.isInteger(size)) {
    throw new CommandError(
      5439017,
      `${name} requires 'binSize' to be a 64-bit integer, but got value '${values.binSize}'`,
    );
  }
  if (size <= 0) {
    throw new CommandError(5439018, `${name} requires 'binSize' to be greater than 0, but got value ${size}`);
  }
  return size;
}

const difference = dateOperator(
  {
    required: ['startDate', 'endDate', 'unit'],
    optional: ['timezone', 'startOfWeek'],
    codes: [5166301, 5166302, [5166303, 5166304, 5166305]],
  },
  (values, zoneOf, name) => {
    if (hasNull(values)) {
      return null;
    }
    const start = dateArgument(values.startDate, 5166307, `${name} requires 'startDate'`);
    const end = dateArgument(values.endDate, 5166307, `${name} requires 'endDate'`);
    const unit = unitOf(values.unit, 5166306, name);
    const firstDay = firstDayOf(values, 5439015, name);
    const zone = zoneOf(values.timezone);
    return BigInt(boundaries([start, end], { unit, size: 1, firstDay }, zone));
  },
);

/** How many starts of a unit lie between two dates. */
function boundaries([start, end]: readonly [Date, Date], bins: Bins, zone: Zone): number {
  const months = MONTH_COUNTS.get(bins.unit);
  if (months !== undefined) {
    const [from, to] = [start, end].map((date) => Math.floor(monthCount(toLocal(date, zone)) / months)) as [
      number,
      number,
    ];
    return to - from;
  }
  const length = LENGTHS.get(bins.unit) ?? 1;
  const inZone = (date: Date): Date => (length < DAY ? date : toLocal(date, zone));
  return Math.round((truncated(inZone(end), bins).getTime() - truncated(inZone(start), bins).getTime()) / length);
}

function monthCount(local: Date): number {
  return local.getUTCFullYear() * 12 + local.getUTCMonth();
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateTrunc/ */
export const DATE_ARITHMETIC: Operators = new Map<string, Operator>([
  ['$dateAdd', shift(1)],
  ['$dateSubtract', shift(-1)],
  ['$dateTrunc', truncate],
  ['$dateDiff', difference],
]);
