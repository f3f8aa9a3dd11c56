import { Binary } from 'bson';
import { badValue } from '../errors.ts';
import { isNumeric, toNumber } from '../values/types.ts';

/**
 * `$bitsAllSet`, `$bitsAnySet`, `$bitsAllClear`, `$bitsAnyClear`: the bits by positions, by a mask, or by bytes.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/query-bitwise/
 */
export function bitPredicate(operator: string, value: unknown): (candidate: unknown) => boolean {
  const mask = maskOf(operator, value);
  return (candidate) => {
    const bits = bitsOf(candidate);
    if (bits === undefined) {
      return false;
    }
    const set = bits & mask;
    switch (operator) {
      case '$bitsAllSet':
        return set === mask;
      case '$bitsAnySet':
        return set !== 0n;
      case '$bitsAllClear':
        return set === 0n;
      default:
        return set !== mask;
    }
  };
}

function maskOf(operator: string, value: unknown): bigint {
  if (Array.isArray(value)) {
    return value.reduce<bigint>((mask, position) => mask | (1n << BigInt(bitPosition(position))), 0n);
  }
  const bits = bitsOf(value);
  if (bits === undefined || (isNumeric(value) && toNumber(value) < 0)) {
    throw badValue(`${operator} takes an Array, a number, or a BinData but received: ${String(value)}`);
  }
  return bits;
}

function bitPosition(value: unknown): number {
  const position = toNumber(value);
  if (!Number.isInteger(position) || position < 0 || position > 1_000_000) {
    throw badValue(`bit positions must be an integer >= 0 but got: ${String(value)}`);
  }
  return position;
}

function bitsOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') {
    return BigInt.asUintN(64, value);
  }
  if (value instanceof Binary) {
    const bytes = Buffer.from(value.buffer.subarray(0, value.position)).reverse();
    return BigInt(`0x${bytes.toString('hex') || '0'}`);
  }
  const number = toNumber(value);
  return Number.isInteger(number) ? BigInt.asUintN(64, BigInt(number)) : undefined;
}
