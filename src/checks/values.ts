import type { Template, Value, ValueMatcher } from '../model/course.ts';
import type { Difference } from '../model/verdict.ts';
import { deepEquals, printJson } from './json.ts';
import { valueText } from './match-text.ts';
import { matchesWithin } from './pattern.ts';

type Render = (template: Template) => Value;

/** The value at a path such as `posts.0.name` or `posts[0].name`; undefined where there is none. */
export function valueAt(data: unknown, path: string): unknown {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  return keys.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return Reflect.get(value, key);
  }, data);
}

/** Compares a value of JSON data with a matcher; the first thing that does not hold, or undefined. */
export function valueDifference(
  what: string,
  matcher: ValueMatcher,
  { got, render }: { got: unknown; render: Render },
): Difference | undefined {
  const value = (template: Template | undefined) => (template === undefined ? undefined : render(template));
  const differs = (relation: Difference['relation'], expected: string): Difference => ({
    what,
    relation,
    expected,
    got: got === undefined ? 'nothing there' : printJson(got),
  });
  if (matcher.absent !== undefined && matcher.absent !== (got === undefined)) {
    return differs('equals', matcher.absent ? 'nothing there' : 'something there');
  }
  const { equals, oneOf, not, has, contains, lacks } = matcher;
  if (equals !== undefined && !deepEquals(value(equals), got, false))
    return differs('equals', printJson(value(equals)));
  const choices = oneOf?.map((choice) => value(choice));
  if (choices && !choices.some((choice) => deepEquals(choice, got, false)))
    return differs('equals', choices.map(printJson).join(' or '));
  if (not !== undefined && deepEquals(value(not), got, false)) return differs('lacks', printJson(value(not)));
  if (has !== undefined && !deepEquals(value(has), got, true)) return differs('contains', printJson(value(has)));
  if (contains !== undefined && !holds(got, value(contains))) return differs('contains', printJson(value(contains)));
  if (lacks !== undefined && holds(got, value(lacks))) return differs('lacks', printJson(value(lacks)));
  const wrong = wrongKind(matcher, got, value);
  return wrong === undefined ? undefined : differs(wrong.relation, wrong.expected);
}

function wrongKind(
  { length, type, matches, min, max }: ValueMatcher,
  got: unknown,
  value: (template: Template | undefined) => Value | undefined,
): { relation: Difference['relation']; expected: string } | undefined {
  if (length !== undefined && Number(value(length)) !== lengthOf(got)) {
    return { relation: 'equals', expected: `${value(length)} elements (got ${lengthOf(got) ?? 'no list'})` };
  }
  if (type !== undefined && typeOf(got) !== type) return { relation: 'equals', expected: `a ${type}` };
  if (matches !== undefined && !(isScalar(got) && matchesWithin(matches, String(got)))) {
    return { relation: 'matches', expected: matches };
  }
  if (min !== undefined && !(typeof got === 'number' && got >= Number(value(min)))) {
    return { relation: 'equals', expected: `a number of at least ${value(min)}` };
  }
  if (max !== undefined && !(typeof got === 'number' && got <= Number(value(max)))) {
    return { relation: 'equals', expected: `a number of at most ${value(max)}` };
  }
  return undefined;
}

/** A list with an element that has at least this, or a text with this piece. */
function holds(got: unknown, wanted: Value | undefined): boolean {
  if (Array.isArray(got)) return got.some((element) => deepEquals(wanted, element, true));
  return typeof got === 'string' && wanted !== undefined && got.includes(valueText(wanted));
}

function lengthOf(got: unknown): number | undefined {
  return Array.isArray(got) || typeof got === 'string' ? got.length : undefined;
}

function isScalar(got: unknown): boolean {
  return typeof got === 'string' || typeof got === 'number' || typeof got === 'boolean';
}

function typeOf(got: unknown): string {
  if (got === null) return 'null';
  if (Array.isArray(got)) return 'list';
  return typeof got === 'object' ? 'map' : typeof got;
}
