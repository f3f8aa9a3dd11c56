import { Decimal128, type Double } from 'bson';
import { decimal, type Exact, exact } from './number.ts';
import { double, type Numeric, toNumber } from './types.ts';

/** Digits that a quotient gets before it is rounded to the 34 of a Decimal128. */
const QUOTIENT_DIGITS = 40;

/** The quotient of two finite numbers as a decimal; the divisor is not zero. */
export function divide(left: Numeric, right: Numeric): Decimal128 {
  const [a, b] = [exact(left), exact(right)];
  if (!a || !b) {
    return inexact(toNumber(left) / toNumber(right));
  }
  const shift = QUOTIENT_DIGITS + String(b.digits).length;
  let digits = (a.digits * 10n ** BigInt(shift)) / b.digits;
  let exponent = a.exponent - b.exponent - shift;
  while (digits !== 0n && digits % 10n === 0n && exponent < 0) {
    digits /= 10n;
    exponent++;
  }
  return decimal({ digits, exponent });
}

/** The remainder of two finite numbers as a decimal, with the sign of the dividend. */
export function remainder(left: Numeric, right: Numeric): Decimal128 {
  const [a, b] = [exact(left), exact(right)];
  if (!a || !b) {
    return inexact(toNumber(left) % toNumber(right));
  }
  const exponent = Math.min(a.exponent, b.exponent);
  return decimal({ digits: atExponent(a, exponent) % atExponent(b, exponent), exponent });
}

function atExponent(value: Exact, exponent: number): bigint {
  return value.digits * 10n ** BigInt(value.exponent - exponent);
}

/** A decimal of what was reckoned in double precision. */
export function inexact(value: number): Decimal128 {
  return Decimal128.fromString(String(value));
}

/** How digits behind the last place are dropped: toward the even neighbor at a tie, or always toward zero. */
export type Rounding = 'even' | 'zero' | 'down' | 'up';

/** A finite number rounded to a number of places behind the point (before it when negative). */
export function roundExact(value: Exact, places: number, rounding: Rounding): Exact {
  if (value.exponent >= -places) {
    return value;
  }
  const unit = 10n ** BigInt(-places - value.exponent);
  const [whole, rest] = [value.digits / unit, value.digits % unit];
  return { digits: whole + adjustment([whole, rest], unit, rounding), exponent: -places };
}

function adjustment([whole, rest]: readonly [bigint, bigint], unit: bigint, rounding: Rounding): bigint {
  const away = rest < 0n ? -1n : 1n;
  switch (rounding) {
    case 'zero':
      return 0n;
    case 'down':
      return rest < 0n ? -1n : 0n;
    case 'up':
      return rest > 0n ? 1n : 0n;
    default: {
      const twice = (rest < 0n ? -rest : rest) * 2n;
      return twice > unit || (twice === unit && whole % 2n !== 0n) ? away : 0n;
    }
  }
}

/** Every digit of a finite double: 2.675 is 2.67499999999999982236431605997495353221893310546875. */
export function exactDouble(value: number): Exact {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  const bits = bytes.getBigUint64(0);
  const power = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const mantissa = (power === 0 ? fraction : fraction | (1n << 52n)) * (value < 0 ? -1n : 1n);
  const exponent = Math.max(power, 1) - 1075;
  return exponent >= 0
    ? { digits: mantissa << BigInt(exponent), exponent: 0 }
    : { digits: mantissa * 5n ** BigInt(-exponent), exponent };
}

/** The double that is nearest to an exact value. */
export function nearestDouble({ digits, exponent }: Exact): number | Double {
  return double(Number(`${digits}e${exponent}`));
}
