import { ObjectId, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { dateOf } from '../values/date.ts';
import { typeName } from '../values/types.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/**
 * The date that expressions see in a date, a timestamp or an ObjectId.
 *
 * @throws CommandError 16006 for other types
 */
export function asDate(value: unknown): Date {
  if (value instanceof Date) {
    return value;
  }
  if (value instanceof ObjectId) {
    return value.getTimestamp();
  }
  if (value instanceof Timestamp) {
    return dateOf(value.getHighBitsUnsigned() * SECOND);
  }
  throw new CommandError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** Fields of a date; what is beyond its range (month 13, day 0) is carried over. */
export interface DateFields {
  year: number;
  /** 1 to 12. */
  month?: number;
  day?: number;
  /** Within the day. */
  milliseconds?: number;
}

/** The date of these fields, read as UTC. */
export function dateOfFields({ year, month = 1, day = 1, milliseconds = 0 }: DateFields): Date {
  const start = new Date(0).setUTCFullYear(year, month - 1, day);
  return dateOf(start + milliseconds);
}

/** Day of the year, from 1. */
export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - dateOfFields({ year: date.getUTCFullYear() }).getTime()) / DAY) + 1;
}

/** Day of the week from Monday, 1, to Sunday, 7. */
export function isoDayOfWeek(date: Date): number {
  return date.getUTCDay() || 7;
}

/** Week of the year from 0; weeks start on Sunday. */
export function week(date: Date): number {
  return Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7);
}

/** Week of ISO 8601 with the year that it belongs to. */
export function isoWeek(date: Date): { year: number; week: number } {
  const thursday = dateOf(date.getTime() + (4 - isoDayOfWeek(date)) * DAY);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}

/** Monday of the first ISO week of a year, at midnight. */
export function firstIsoDay(year: number): Date {
  const fourth = dateOfFields({ year, day: 4 });
  return dateOf(fourth.getTime() - (isoDayOfWeek(fourth) - 1) * DAY);
}
