import { CommandError } from '../errors.ts';

/**
 * The date of a count of milliseconds since 1970.
 *
 * @throws CommandError 15 beyond the 271,821 years before and after that JavaScript's dates reach
 */
export function dateOf(milliseconds: number): Date {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) {
    throw new CommandError(15, `date overflow: ${milliseconds} milliseconds`);
  }
  return date;
}
