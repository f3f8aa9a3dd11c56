import { Decimal128, Double } from 'bson';
import { CommandError } from '../errors.ts';
import { isInt32 } from './encode.ts';
import { double, type Numeric, toNumber, typeName } from './types.ts';

const INT64_MAX = 9_223_372_036_854_775_807n;
const INT64_MIN = -9_223_372_036_854_775_808n;

/** A finite number as `digits × 10^exponent`, exactly; undefined for infinities and NaN. */
export interface Exact {
  digits: bigint;
  exponent: number;
}

/** The exact value of a number of any type. */
export function exact(value: Numeric): Exact | undefined {
  if (typeof value === 'bigint') {
    return { digits: value, exponent: 0 };
  }
  if (value instanceof Decimal128) {
    return parseExact(value.toString());
  }
  const number = toNumber(value);
  return Number.isInteger(number) ? { digits: BigInt(number), exponent: 0 } : parseExact(String(number));
}

function parseExact(text: string): Exact | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(text);
  if (!match) {
    return undefined;
  }
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const digits = BigInt(whole + fraction || '0');
  return { digits: sign === '-' ? -digits : digits, exponent: Number(power) - fraction.length };
}

/** Orders two numbers by value, whatever their types: NaN is the least, and equal to itself. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a < b) {
    return -1;
  }
  if (a > b) {
    return 1;
  }
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  }
  if (typeof left === 'number' && typeof right === 'number') {
    return 0;
  }
  const [x, y] = [exact(left), exact(right)];
  if (!x || !y) {
    return 0;
  }
  const exponent = Math.min(x.exponent, y.exponent);
  const difference = scaled(x, exponent) - scaled(y, exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled(value: Exact, exponent: number): bigint {
  return value.digits * 10n ** BigInt(value.exponent - exponent);
}

/** The decimal of an exact value, rounded to the 34 digits that a Decimal128 holds. */
export function decimal(value: Exact): Decimal128 {
  return Decimal128.fromStringWithRounding(`${value.digits}E${value.exponent}`);
}

/**
 * Adds or multiplies as the server does: int32 grows into int64, a double makes a double, a decimal a decimal.
 *
 * @param overflow what is said when an int64 is too small for the result; without it the result becomes a double
 * @throws CommandError 2 with that text
 */
export function arithmetic(
  operator: '+' | '*',
  [left, right]: readonly [Numeric, Numeric],
  overflow?: string,
): Numeric {
  const types = [typeName(left), typeName(right)];
  if (types.includes('decimal')) {
    return decimalArithmetic(operator, left, right);
  }
  if (types.includes('double')) {
    const [a, b] = [toNumber(left), toNumber(right)];
    return double(operator === '+' ? a + b : a * b);
  }
  const [a, b] = [BigInt(left as number | bigint), BigInt(right as number | bigint)];
  const result = operator === '+' ? a + b : a * b;
  if (types[0] === 'int' && types[1] === 'int') {
    return integer(result);
  }
  if (!inInt64(result)) {
    if (overflow !== undefined) {
      throw new CommandError(2, overflow);
    }
    return double(Number(result));
  }
  return result;
}

/** A double becomes a decimal of 15 digits, zeros at its end included. */
function asDecimal(value: Numeric): Exact | undefined {
  return isDouble(value) ? parseExact(toNumber(value).toPrecision(15)) : exact(value);
}

function decimalArithmetic(operator: '+' | '*', left: Numeric, right: Numeric): Numeric {
  const [x, y] = [asDecimal(left), asDecimal(right)];
  if (!x || !y) {
    const [a, b] = [toNumber(left), toNumber(right)];
    return Decimal128.fromString(String(operator === '+' ? a + b : a * b));
  }
  if (operator === '*') {
    return decimal({ digits: x.digits * y.digits, exponent: x.exponent + y.exponent });
  }
  const exponent = Math.min(x.exponent, y.exponent);
  return plain({ digits: scaled(x, exponent) + scaled(y, exponent), exponent });
}

/** A sum keeps the digits behind the point that its parts had: 1.10 + 0 is 1.10. */
function plain({ digits, exponent }: Exact): Decimal128 {
  if (exponent >= 0 || exponent < -34) {
    return decimal({ digits, exponent });
  }
  const text = String(digits < 0n ? -digits : digits).padStart(1 - exponent, '0');
  return Decimal128.fromStringWithRounding(
    `${digits < 0n ? '-' : ''}${text.slice(0, exponent)}.${text.slice(exponent)}`,
  );
}

/** Whether an int64 can hold a whole number. */
export function inInt64(value: bigint): boolean {
  return value <= INT64_MAX && value >= INT64_MIN;
}

/** A whole number in the range of int64 as an int32 where it can be one, else as an int64. */
export function integer(value: bigint): number | bigint {
  return isInt32(Number(value)) ? Number(value) : value;
}

/** Whether a value is a double, whole or not. */
export function isDouble(value: unknown): value is number | Double {
  return value instanceof Double || (typeof value === 'number' && !isInt32(value));
}
