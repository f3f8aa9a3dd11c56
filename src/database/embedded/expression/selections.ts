import { CommandError } from '../errors.ts';
import { compare, type TextOrder } from '../values/compare.ts';
import { show } from '../values/show.ts';
import { double, isNullish, isNumeric, toNumber } from '../values/types.ts';

/** Picks some of the values, in the order in which they came. */
export type Selection = (values: readonly unknown[], count: number, texts: TextOrder) => unknown[];

/** `$firstN` and its like by name. */
export const SELECTIONS: ReadonlyMap<string, Selection> = new Map<string, Selection>([
  ['$firstN', (values, count) => values.slice(0, count)],
  ['$lastN', (values, count) => values.slice(-count)],
  ['$maxN', (values, count, texts) => extremes(values, (left, right) => compare(right, left, texts)).slice(0, count)],
  ['$minN', (values, count, texts) => extremes(values, (left, right) => compare(left, right, texts)).slice(0, count)],
]);

function extremes(values: readonly unknown[], order: (left: unknown, right: unknown) => number): unknown[] {
  return values.filter((value) => !isNullish(value)).sort(order);
}

/**
 * The `n` of `$firstN` and its like.
 *
 * @throws CommandError 5787902 for what is no whole number, 5787908 for less than 1
 */
export function selectionCount(value: unknown): number {
  const count = toNumber(value);
  if (!Number.isInteger(count)) {
    throw new CommandError(5787902, `Value for 'n' must be of integral type, but found ${show(value)}`);
  }
  if (count <= 0) {
    throw new CommandError(5787908, `'n' must be greater than 0, found ${count}`);
  }
  return count;
}

/** The numbers among some values, in order. */
export function sortedNumbers(values: readonly unknown[]): Float64Array {
  return Float64Array.from(values.filter(isNumeric).map(toNumber)).sort();
}

/** The least of some ordered numbers that a share of them does not exceed; null when there are none. */
export function percentile(numbers: Float64Array, share: number): unknown {
  const found = numbers[Math.max(0, Math.ceil(share * numbers.length) - 1)];
  return found === undefined ? null : double(found);
}

/**
 * The shares that `$percentile` is asked for.
 *
 * @throws CommandError 7750301 for what is no list of numbers from 0 to 1
 */
export function shares(value: unknown): number[] {
  const valid =
    Array.isArray(value) && value.length > 0 && value.every((item) => toNumber(item) >= 0 && toNumber(item) <= 1);
  if (!valid) {
    throw new CommandError(
      7750301,
      `The 'p' field in $percentile must be an array of numbers from [0.0, 1.0], but found: ${show(value)}`,
    );
  }
  return value.map(toNumber);
}

/** @throws CommandError 2 for another method than `approximate` */
export function checkMethod(method: unknown): void {
  if (method !== 'approximate' && method !== 'discrete' && method !== 'continuous') {
    throw new CommandError(2, "Currently only 'approximate' can be used as percentile 'method'.");
  }
}
