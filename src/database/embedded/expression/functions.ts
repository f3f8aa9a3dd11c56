import { Decimal128 } from 'bson';
import { CommandError } from '../errors.ts';
import { inexact } from '../values/decimal.ts';
import { double, isNumeric, type Numeric, toNumber, typeName } from '../values/types.ts';
import { nullable, type Operator, type Operators } from './operator.ts';

/** Where a function is defined, with what is said outside of it. */
interface Domain {
  code: number;
  holds(value: number): boolean;
  message(value: number): string;
}

function ofOne(compute: (value: number) => number, domain?: Domain): Operator {
  return nullable([1, 1], ([given], name) => {
    if (!isNumeric(given)) {
      throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(given)}`);
    }
    const value = toNumber(given);
    if (domain && !Number.isNaN(value) && !domain.holds(value)) {
      throw new CommandError(domain.code, domain.message(value));
    }
    return inTypeOf([given], compute(value));
  });
}

function inTypeOf(given: readonly Numeric[], result: number): unknown {
  return given.some((value) => value instanceof Decimal128) ? inexact(result) : double(result);
}

function bounded(name: string, range: string, holds: (value: number) => boolean): Domain {
  return { code: 50989, holds, message: (value) => `cannot apply ${name} to ${value}, value must be in ${range}` };
}

function trigonometric(name: string, compute: (value: number) => number): readonly [string, Operator] {
  return [name, ofOne(compute, bounded(name, '(-inf,inf)', Number.isFinite))];
}

const NOT_NEGATIVE: Domain = {
  code: 28714,
  holds: (value) => value >= 0,
  message: () => "$sqrt's argument must be greater than or equal to 0",
};

function positive(name: string, code: number): Domain {
  return {
    code,
    holds: (value) => value > 0,
    message: (value) => `${name}'s argument must be a positive number, but is ${value}`,
  };
}

const arcTangentOfTwo = nullable([2, 2], ([y, x]) => {
  if (!isNumeric(y) || !isNumeric(x)) {
    throw new CommandError(51044, `$atan2 only supports numeric types, not ${typeName(y)} and ${typeName(x)}`);
  }
  return inTypeOf([y, x], Math.atan2(toNumber(y), toNumber(x)));
});

const UNIT_INTERVAL = '[-1,1]';
const inUnitInterval = (value: number): boolean => Math.abs(value) <= 1;

/**
 * Roots, logarithms and trigonometry; decimals are reckoned in double precision.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#trigonometry-expression-operators
 */
export const FUNCTIONS: Operators = new Map<string, Operator>([
  ['$sqrt', ofOne(Math.sqrt, NOT_NEGATIVE)],
  ['$exp', ofOne(Math.exp)],
  ['$ln', ofOne(Math.log, positive('$ln', 28766))],
  ['$log10', ofOne(Math.log10, positive('$log10', 28761))],
  trigonometric('$sin', Math.sin),
  trigonometric('$cos', Math.cos),
  trigonometric('$tan', Math.tan),
  ['$asin', ofOne(Math.asin, bounded('$asin', UNIT_INTERVAL, inUnitInterval))],
  ['$acos', ofOne(Math.acos, bounded('$acos', UNIT_INTERVAL, inUnitInterval))],
  ['$atan', ofOne(Math.atan)],
  ['$atan2', arcTangentOfTwo],
  ['$sinh', ofOne(Math.sinh)],
  ['$cosh', ofOne(Math.cosh)],
  ['$tanh', ofOne(Math.tanh)],
  ['$asinh', ofOne(Math.asinh)],
  [
    '$acosh',
    ofOne(
      Math.acosh,
      bounded('$acosh', '[1,inf]', (value) => value >= 1),
    ),
  ],
  ['$atanh', ofOne(Math.atanh, bounded('$atanh', UNIT_INTERVAL, inUnitInterval))],
  ['$degreesToRadians', ofOne((value) => value * (Math.PI / 180))],
  ['$radiansToDegrees', ofOne((value) => value * (180 / Math.PI))],
]);
