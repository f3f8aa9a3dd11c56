import { Decimal128 } from 'bson';
import { CommandError } from '../errors.ts';
import { dateOf } from '../values/date.ts';
import {
  divide,
  exactDouble,
  inexact,
  nearestDouble,
  type Rounding,
  remainder,
  roundExact,
} from '../values/decimal.ts';
import { isInt32 } from '../values/encode.ts';
import { arithmetic, decimal, exact, inInt64, integer, isDouble } from '../values/number.ts';
import { double, isNullish, isNumeric, type Numeric, toNumber, typeName } from '../values/types.ts';
import { ANY, type Evaluate, nullable, type Operator, type Operators, positional } from './operator.ts';

const NUMERIC_ONLY = 14;

const add: Evaluate = (values) => {
  let sum: Numeric = 0;
  let date = false;
  for (const value of values) {
    if (isNullish(value)) {
      return null;
    }
    if (value instanceof Date) {
      if (date) {
        throw new CommandError(16612, 'only one date allowed in an $add expression');
      }
      date = true;
      sum = arithmetic('+', [sum, BigInt(value.getTime())]);
    } else if (isNumeric(value)) {
      sum = arithmetic('+', [sum, value]);
    } else {
      throw new CommandError(NUMERIC_ONLY, `$add only supports numeric or date types, not ${typeName(value)}`);
    }
  }
  return date ? dateOf(Math.round(toNumber(sum))) : sum;
};

const multiply: Evaluate = (values) => {
  let product: Numeric = 1;
  for (const value of values) {
    if (isNullish(value)) {
      return null;
    }
    if (!isNumeric(value)) {
      throw new CommandError(NUMERIC_ONLY, `$multiply only supports numeric types, not ${typeName(value)}`);
    }
    product = arithmetic('*', [product, value]);
  }
  return product;
};

const subtract: Evaluate = ([left, right]) => {
  if (left instanceof Date && right instanceof Date) {
    return BigInt(left.getTime() - right.getTime());
  }
  if (left instanceof Date && isNumeric(right)) {
    return dateOf(left.getTime() - Math.round(toNumber(right)));
  }
  if (!isNumeric(left) || !isNumeric(right)) {
    throw new CommandError(NUMERIC_ONLY, `can't $subtract ${typeName(right)} from ${typeName(left)}`);
  }
  return arithmetic('+', [left, arithmetic('*', [right, -1])]);
};

const quotient: Evaluate = ([left, right]) => {
  if (!isNumeric(left) || !isNumeric(right)) {
    throw new CommandError(
      NUMERIC_ONLY,
      `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`,
    );
  }
  if (toNumber(right) === 0) {
    throw new CommandError(2, "can't $divide by zero");
  }
  return hasDecimal(left, right) ? divide(left, right) : double(toNumber(left) / toNumber(right));
};

const modulo: Evaluate = ([left, right]) => {
  if (!isNumeric(left) || !isNumeric(right)) {
    throw new CommandError(16611, `$mod only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
  }
  if (toNumber(right) === 0) {
    throw new CommandError(16610, "can't $mod by zero");
  }
  if (hasDecimal(left, right)) {
    return remainder(left, right);
  }
  if (isDouble(left) || isDouble(right)) {
    return double(toNumber(left) % toNumber(right));
  }
  const rest = BigInt(left as number | bigint) % BigInt(right as number | bigint);
  return typeof left === 'bigint' || typeof right === 'bigint' ? rest : Number(rest);
};

function hasDecimal(left: Numeric, right: Numeric): boolean {
  return left instanceof Decimal128 || right instanceof Decimal128;
}

/** The argument as a number. @throws CommandError 28765 */
function numeric(value: unknown, name: string, code = 28765): Numeric {
  if (!isNumeric(value)) {
    throw new CommandError(code, `${name} only supports numeric types, not ${typeName(value)}`);
  }
  return value;
}

const absolute: Evaluate = ([given], name) => {
  const value = numeric(given, name);
  if (value === -(2n ** 63n)) {
    throw new CommandError(28680, "can't take $abs of long long min");
  }
  return toNumber(value) < 0
    ? arithmetic('*', [value, -1])
    : isDouble(value)
      ? double(Math.abs(toNumber(value)))
      : value;
};

/** `$ceil`, `$floor`: to a whole number of the same type. */
function toWhole(rounding: Rounding, double_: (value: number) => number): Operator {
  return nullable([1, 1], ([given], name) => {
    const value = numeric(given, name);
    if (isDouble(value)) {
      return double(double_(toNumber(value)));
    }
    return value instanceof Decimal128 ? roundedDecimal(value, 0, rounding) : value;
  });
}

function roundedDecimal(value: Decimal128, places: number, rounding: Rounding): Decimal128 {
  const parts = exact(value);
  return parts ? decimal(roundExact(parts, places, rounding)) : value;
}

/** `$round`, `$trunc`: to a place, in the same type. */
function toPlace(rounding: Rounding): Operator {
  return positional([1, 2], ([given, place], name) => {
    if (isNullish(given) || place === null) {
      return null;
    }
    const value = numeric(given, name, 51081);
    const places = place === undefined ? 0 : placeOf(place, name);
    if (value instanceof Decimal128) {
      return roundedDecimal(value, places, rounding);
    }
    if (isDouble(value)) {
      const number = toNumber(value);
      return Number.isFinite(number) ? nearestDouble(roundExact(exactDouble(number), places, rounding)) : value;
    }
    return roundedInteger(value as number | bigint, places, rounding);
  });
}

function roundedInteger(value: number | bigint, places: number, rounding: Rounding): Numeric {
  const { digits, exponent } = roundExact({ digits: BigInt(value), exponent: 0 }, places, rounding);
  const result = digits * 10n ** BigInt(exponent);
  if (!inInt64(result)) {
    throw new CommandError(51080, 'value is too large to be rounded');
  }
  return typeof value === 'number' ? integer(result) : result;
}

function placeOf(place: unknown, name: string): number {
  const number = toNumber(place);
  if (!Number.isInteger(number)) {
    throw new CommandError(51082, `precision argument to  ${name} must be a integral value`);
  }
  if (number < -20 || number > 100) {
    throw new CommandError(51083, `cannot apply ${name} with precision value ${number} value must be in [-20, 100]`);
  }
  return number;
}

const power: Evaluate = ([base, exponent]) => {
  if (!isNumeric(base)) {
    throw new CommandError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  }
  if (!isNumeric(exponent)) {
    throw new CommandError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  }
  const [a, b] = [toNumber(base), toNumber(exponent)];
  if (a === 0 && b < 0) {
    throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  const result = a ** b;
  if (hasDecimal(base, exponent)) {
    return inexact(result);
  }
  if (isDouble(base) || isDouble(exponent) || !Number.isInteger(result) || Math.abs(result) >= 2 ** 63) {
    return double(result);
  }
  const whole = b < 0 ? BigInt(result) : BigInt(base as number | bigint) ** BigInt(exponent as number | bigint);
  return typeof base === 'bigint' || typeof exponent === 'bigint' ? whole : integer(whole);
};

const logarithm: Evaluate = ([given, base]) => {
  if (!isNumeric(given)) {
    throw new CommandError(28756, `$log's argument must be numeric, not ${typeName(given)}`);
  }
  if (!isNumeric(base)) {
    throw new CommandError(28757, `$log's base must be numeric, not ${typeName(base)}`);
  }
  const [a, b] = [toNumber(given), toNumber(base)];
  if (a <= 0) {
    throw new CommandError(28758, `$log's argument must be a positive number, but is ${a}`);
  }
  if (b <= 0 || b === 1) {
    throw new CommandError(28759, `$log's base must be a positive number not equal to 1, but is ${b}`);
  }
  const result = Math.log(a) / Math.log(b);
  return hasDecimal(given, base) ? inexact(result) : double(result);
};

/** `$bitAnd`, `$bitOr`, `$bitXor`: of int32 and int64 only. */
function bits(start: bigint, combine: (left: bigint, right: bigint) => bigint): Operator {
  return nullable(ANY, (values, name) => {
    const wrong = values.find((value) => !isInteger(value));
    if (wrong !== undefined) {
      throw new CommandError(NUMERIC_ONLY, `${name} only supports int and long operands.`);
    }
    const result = values.map((value) => BigInt(value as number | bigint)).reduce(combine, start);
    return values.some((value) => typeof value === 'bigint') ? result : Number(result);
  });
}

function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && isInt32(value));
}

const bitNot: Evaluate = ([value], name) => {
  if (!isInteger(value)) {
    throw new CommandError(28765, `${name} only supports int and long, not: ${typeName(value)}.`);
  }
  return typeof value === 'bigint' ? ~value : ~Number(value);
};

const random: Operator = (argument) => {
  const given = Array.isArray(argument) ? argument.length : Object.keys(Object(argument)).length;
  if (given > 0) {
    throw new CommandError(3040501, '$rand does not currently accept arguments');
  }
  return () => double(Math.random());
};

/**
 * Arithmetic of numbers and dates.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#arithmetic-expression-operators
 */
export const ARITHMETIC: Operators = new Map<string, Operator>([
  ['$add', positional(ANY, add)],
  ['$subtract', nullable([2, 2], subtract)],
  ['$multiply', positional(ANY, multiply)],
  ['$divide', nullable([2, 2], quotient)],
  ['$mod', nullable([2, 2], modulo)],
  ['$abs', nullable([1, 1], absolute)],
  ['$ceil', toWhole('up', Math.ceil)],
  ['$floor', toWhole('down', Math.floor)],
  ['$round', toPlace('even')],
  ['$trunc', toPlace('zero')],
  ['$pow', nullable([2, 2], power)],
  ['$log', nullable([2, 2], logarithm)],
  ['$bitAnd', bits(-1n, (left, right) => left & right)],
  ['$bitOr', bits(0n, (left, right) => left | right)],
  ['$bitXor', bits(0n, (left, right) => left ^ right)],
  ['$bitNot', nullable([1, 1], bitNot)],
  ['$rand', random],
]);
