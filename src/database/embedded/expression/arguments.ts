import { BSONSymbol, Code, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { isInt32 } from '../values/encode.ts';
import { show } from '../values/show.ts';
import { isNullish, isNumeric, toNumber, typeName } from '../values/types.ts';
import { numberText } from './texts.ts';

/** A code of MongoDB and what it says of the value that was found. */
export type Complaint = readonly [code: number, message: string];

/** The array that an argument must be. */
export function arrayArgument(value: unknown, [code, message]: Complaint): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new CommandError(code, `${message}${typeName(value)}`);
  }
  return value;
}

/** The text that an argument must be. */
export function textArgument(value: unknown, [code, message]: Complaint): string {
  if (typeof value !== 'string') {
    throw new CommandError(code, `${message}${typeName(value)}`);
  }
  return value;
}

/** The int32 that a numeric argument of any type must amount to. */
export function int32Argument(value: unknown, notNumeric: Complaint, notInt32: Complaint): number {
  if (!isNumeric(value)) {
    throw new CommandError(notNumeric[0], `${notNumeric[1]}${typeName(value)}`);
  }
  const number = toNumber(value) + 0;
  if (!isInt32(number)) {
    throw new CommandError(notInt32[0], `${notInt32[1]}${show(value)}`);
  }
  return number;
}

/**
 * What `$toUpper`, `$substr` and their like make a text of.
 *
 * @throws CommandError 16007 for a type that is no text, number or time
 */
export function coercedText(value: unknown): string {
  if (isNullish(value)) {
    return '';
  }
  if (typeof value === 'string') {
    return value;
  }
  if (isNumeric(value)) {
    return numberText(value);
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (value instanceof BSONSymbol) {
    return value.value;
  }
  if (value instanceof Code && !value.scope) {
    return String(value.code);
  }
  if (value instanceof Timestamp) {
    return `Timestamp(${value.getHighBitsUnsigned()}, ${value.getLowBitsUnsigned()})`;
  }
  throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}
