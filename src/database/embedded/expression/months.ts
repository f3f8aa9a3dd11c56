/** English names of the months, as the server writes and reads them. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The month, 1 to 12, of an English name or of its first three letters; undefined when it is none. */
export function monthOf(name: string): number | undefined {
  const found = MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase());
  return found < 0 ? undefined : found + 1;
}
