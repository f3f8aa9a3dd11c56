import type { Template, Value, ValueMatcher } from '../model/course.ts';
import type { Difference } from '../model/verdict.ts';
import { valueAt, valueDifference } from './values.ts';

/** Looks for a line that is a JSON object with such values; what the nearest one lacks, or undefined when one has them all. */
export function jsonLineDifference(
  what: string,
  matchers: Readonly<Record<string, ValueMatcher>>,
  { got, render }: { got: string; render: (template: Template) => Value },
): Difference | undefined {
  const lines = got.split('\n').flatMap((line) => {
    const data = readObject(line);
    return data === undefined ? [] : [{ line, data }];
  });
  const compared = lines.map(({ line, data }) => ({
    line,
    differences: Object.entries(matchers).flatMap(
      ([path, matcher]) => valueDifference(path, matcher, { got: valueAt(data, path), render }) ?? [],
    ),
  }));
  const nearest = compared.sort((a, b) => a.differences.length - b.differences.length)[0];
  if (nearest === undefined)
    return { what, relation: 'contains', expected: `a line of JSON with ${Object.keys(matchers).join(', ')}`, got };
  const [first] = nearest.differences;
  return first && { ...first, what: `${what}: ${first.what}`, note: `in the line ${nearest.line}` };
}

function readObject(line: string): object | undefined {
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
