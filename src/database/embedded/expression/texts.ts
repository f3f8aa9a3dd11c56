import { type Numeric, toNumber } from '../values/types.ts';

/** A number as text: 3.0 is `3`, an int64 and a decimal keep all digits. */
export function numberText(value: Numeric): string {
  return typeof value === 'number' ? String(value) : typeof value === 'bigint' ? value.toString() : objectText(value);
}

function objectText(value: Exclude<Numeric, number | bigint>): string {
  return 'bytes' in value ? value.toString() : String(toNumber(value));
}

/** Capital letters for small ones, of ASCII only, as the server does it. */
export function asciiUpper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Small letters for capital ones, of ASCII only. */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
