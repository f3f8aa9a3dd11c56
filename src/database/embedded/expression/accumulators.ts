import type { Collation } from '../values/collation.ts';
import { compare } from '../values/compare.ts';
import { document } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { Sum } from '../values/sum.ts';
import { double, isNullish, isNumeric, toNumber } from '../values/types.ts';
import { mergeInto } from './objects.ts';

/** Makes one value of many. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

class Total implements Accumulator {
  readonly #sum = new Sum();

  add(value: unknown): void {
    if (isNumeric(value)) {
      this.#sum.add(value);
    }
  }

  result(): unknown {
    return this.#sum.result();
  }
}

class Mean implements Accumulator {
  readonly #sum = new Sum();
  #count = 0;

  add(value: unknown): void {
    if (isNumeric(value)) {
      this.#sum.add(value);
      this.#count++;
    }
  }

  result(): unknown {
    return this.#count === 0 ? null : this.#sum.mean(this.#count);
  }
}

/** `$max` and `$min`; null and missing do not count. */
class Extreme implements Accumulator {
  readonly #collation: Collation;
  readonly #sign: 1 | -1;
  #value: unknown = null;

  constructor(collation: Collation, sign: 1 | -1) {
    this.#collation = collation;
    this.#sign = sign;
  }

  add(value: unknown): void {
    if (isNullish(value)) {
      return;
    }
    if (this.#value === null || compare(value, this.#value, this.#collation.order) * this.#sign > 0) {
      this.#value = value;
    }
  }

  result(): unknown {
    return this.#value;
  }
}

class First implements Accumulator {
  #value: unknown;
  #found = false;

  add(value: unknown): void {
    if (!this.#found) {
      this.#found = true;
      this.#value = value;
    }
  }

  result(): unknown {
    return this.#value ?? null;
  }
}

class Last implements Accumulator {
  #value: unknown;

  add(value: unknown): void {
    this.#value = value;
  }

  result(): unknown {
    return this.#value ?? null;
  }
}

class List implements Accumulator {
  readonly #values: unknown[] = [];

  add(value: unknown): void {
    if (value !== undefined) {
      this.#values.push(value);
    }
  }

  result(): unknown {
    return this.#values;
  }
}

class Distinct implements Accumulator {
  readonly #values = new Map<string, unknown>();
  readonly #collation: Collation;

  constructor(collation: Collation) {
    this.#collation = collation;
  }

  add(value: unknown): void {
    const key = value === undefined ? undefined : identity(value, this.#collation.fold);
    if (key !== undefined && !this.#values.has(key)) {
      this.#values.set(key, value);
    }
  }

  result(): unknown {
    return [...this.#values.values()];
  }
}

/** The standard deviation by Welford's method. */
class Deviation implements Accumulator {
  readonly #freedom: 0 | 1;
  #count = 0;
  #mean = 0;
  #squares = 0;

  constructor(freedom: 0 | 1) {
    this.#freedom = freedom;
  }

  add(value: unknown): void {
    if (!isNumeric(value)) {
      return;
    }
    const number = toNumber(value);
    const difference = number - this.#mean;
    this.#count++;
    this.#mean += difference / this.#count;
    this.#squares += difference * (number - this.#mean);
  }

  result(): unknown {
    const divisor = this.#count - this.#freedom;
    return divisor <= 0 ? null : double(Math.sqrt(this.#squares / divisor));
  }
}

class Merged implements Accumulator {
  readonly #made = document();

  add(value: unknown): void {
    mergeInto(this.#made, value);
  }

  result(): unknown {
    return this.#made;
  }
}

/**
 * Accumulators of one value by name.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#accumulators--in--group-
 */
export const ACCUMULATORS: ReadonlyMap<string, (collation: Collation) => Accumulator> = new Map<
  string,
  (collation: Collation) => Accumulator
>([
  ['$sum', () => new Total()],
  ['$avg', () => new Mean()],
  ['$max', (collation) => new Extreme(collation, 1)],
  ['$min', (collation) => new Extreme(collation, -1)],
  ['$first', () => new First()],
  ['$last', () => new Last()],
  ['$push', () => new List()],
  ['$addToSet', (collation) => new Distinct(collation)],
  ['$stdDevPop', () => new Deviation(0)],
  ['$stdDevSamp', () => new Deviation(1)],
  ['$mergeObjects', () => new Merged()],
]);
