import { Decimal128 } from 'bson';
import { divide } from './decimal.ts';
import { arithmetic, decimal, exact, inInt64, integer, isDouble } from './number.ts';
import { double, type Numeric, toNumber } from './types.ts';

/** Beyond it a sum of whole numbers goes on as a bigint. */
const SAFE = 2 ** 52;

/**
 * A sum as `$sum` and `$avg` reckon it: whole numbers exactly, doubles with the error of each addition carried along
 * (ten times 0.1 is 1), decimals as decimals. The widest type that was added is the type of the sum.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sum/#result-data-type
 */
export class Sum {
  #small = 0;
  #whole = 0n;
  #hasLong = false;
  #double = 0;
  #error = 0;
  #hasDouble = false;
  #decimal: Decimal128 | undefined;

  add(value: Numeric): void {
    if (isDouble(value)) {
      this.#hasDouble = true;
      this.#addDouble(toNumber(value));
    } else if (value instanceof Decimal128) {
      this.#decimal = this.#decimal ? (arithmetic('+', [this.#decimal, value]) as Decimal128) : value;
    } else if (typeof value === 'bigint') {
      this.#hasLong = true;
      this.#whole += value;
    } else {
      this.#addInt(Number(value));
    }
  }

  #addInt(value: number): void {
    this.#small += value;
    if (Math.abs(this.#small) > SAFE) {
      this.#whole += BigInt(this.#small);
      this.#small = 0;
    }
  }

  #addDouble(value: number): void {
    const next = this.#double + value;
    const [large, small] = Math.abs(this.#double) >= Math.abs(value) ? [this.#double, value] : [value, this.#double];
    this.#error += large - next + small;
    this.#double = next;
  }

  result(): Numeric {
    const whole = this.#whole + BigInt(this.#small);
    if (this.#decimal) {
      const doubles = this.#doubles(0);
      const parts = this.#hasDouble ? [whole, asExactDecimal(doubles)] : [whole];
      return parts.reduce<Numeric>((sum, part) => arithmetic('+', [sum, part]), this.#decimal);
    }
    if (this.#hasDouble) {
      return double(this.#doubles(Number(whole)));
    }
    return this.#hasLong ? this.#long(whole) : integer(whole);
  }

  #long(whole: bigint): Numeric {
    return inInt64(whole) ? whole : double(Number(whole));
  }

  #doubles(whole: number): number {
    const sum = this.#double + whole;
    return Number.isFinite(sum) ? sum + this.#error : sum;
  }

  /** The sum divided by a count: a decimal when one was added, otherwise a double. */
  mean(count: number): Numeric {
    const sum = this.result();
    return sum instanceof Decimal128 ? divide(sum, count) : double(toNumber(sum) / count);
  }
}

/** The digits that a double is written with: no zeros behind them, as an addition of the two types would have. */
function asExactDecimal(value: number): Numeric {
  const parts = exact(value);
  return parts ? decimal(parts) : value;
}
