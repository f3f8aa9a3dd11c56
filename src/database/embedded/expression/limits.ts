import { CommandError } from '../errors.ts';

/** Longest text that an expression may make: as long as a document can be. */
const MAX_TEXT_UNITS = 16 * 1024 * 1024;

/** Most elements of an array that an expression may make: the server's 100 MB at 16 bytes each. */
const MAX_ITEMS = Math.floor((100 * 1024 * 1024) / 16);

/** @throws CommandError 10334 for a text of more than 16 MB */
export function checkTextLength(units: number): void {
  if (units > MAX_TEXT_UNITS) {
    throw new CommandError(
      10334,
      `BSONObj size: ${units} is invalid. Size must be between 0 and ${MAX_TEXT_UNITS}(16MB)`,
    );
  }
}

/** @throws CommandError 146 for an array that would take more than 100 MB */
export function checkItemCount(count: number, name: string): void {
  if (count > MAX_ITEMS) {
    throw new CommandError(
      146,
      `${name} would use too much memory (${count * 16} bytes) and cannot spill to disk. Memory limit: 104857600 bytes`,
    );
  }
}
