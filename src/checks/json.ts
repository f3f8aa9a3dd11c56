import type { Value } from '../model/course.ts';
import type { Difference } from '../model/verdict.ts';

/**
 * Compares a text with expected data; the order of keys does not matter.
 * @param options.partly true when the text may have more members than the expected maps
 */
export function jsonDifference(
  what: string,
  expected: Value,
  { got, partly = false }: { got: string; partly?: boolean },
): Difference | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(got);
  } catch (error) {
    const note = error instanceof Error ? error.message : undefined;
    return {
      what,
      relation: 'equals',
      expected: printJson(expected),
      got,
      ...(note ? { note: `not JSON: ${note}` } : {}),
    };
  }
  if (deepEquals(expected, parsed, partly)) return undefined;
  const relation = partly ? 'contains' : 'equals';
  return { what, relation, expected: printJson(expected), got: printJson(parsed) };
}

/** Structural equality of JSON values, own keys only; `partly`: maps of `b` may have more members. */
export function deepEquals(a: unknown, b: unknown, partly: boolean): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    ((partly && !Array.isArray(a)) || keys.length === Object.keys(b).length) &&
    keys.every((key) => Object.hasOwn(b, key) && deepEquals(Reflect.get(a, key), Reflect.get(b, key), partly))
  );
}

/** JSON with sorted keys, indented, so that two values line up in a diff. */
export function printJson(value: unknown): string {
  return JSON.stringify(value, sortKeys, 2) ?? String(value);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
