import type { Value } from '../../model/course.ts';
import type { MongoDocument } from '../../model/mongo.ts';
import { valueAt } from '../values.ts';

/** Two documents to be shown side by side, and the first field in which they differ. */
export interface Comparison {
  expected: Value;
  got: Value;
  field?: { name: string; expected: Value };
}

/** Fields that Mongoose and the server add, which nobody asked for. */
const ADDED = ['_id', '__v'];

/**
 * Lays a condition beside the document that comes nearest: the same fields in the same order, and equal values where
 * the condition is met, so that only what matters differs.
 *
 * @param met names of the fields in which the document meets the condition
 */
export function compare(condition: Value, document: MongoDocument, met: ReadonlySet<string>): Comparison {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    return { expected: condition, got: document };
  }
  const names = Object.keys(condition);
  if (names.some((name) => name.startsWith('$'))) return { expected: condition, got: document };
  const values = condition as Readonly<Record<string, Value>>;
  const there = (name: string) => valueAt(document, name) as Value | undefined;
  const expected: Record<string, Value> = {};
  const got: Record<string, Value> = {};
  for (const name of names) {
    const value = there(name);
    if (met.has(name) && value === undefined) continue;
    expected[name] = met.has(name) && value !== undefined ? value : (values[name] ?? null);
    if (value !== undefined) got[name] = value;
  }
  const unmet = names.find((name) => !met.has(name));
  if (names.some((name) => !met.has(name) && there(name) === undefined)) Object.assign(got, others(document, names));
  return { expected, got, ...(unmet !== undefined && { field: { name: unmet, expected: values[unmet] ?? null } }) };
}

/** Fields of the document that the condition does not name: one of them may be the one meant. */
function others(document: MongoDocument, names: readonly string[]): MongoDocument {
  const roots = names.map((name) => name.split('.')[0]);
  return Object.fromEntries(
    Object.entries(document).filter(([name]) => !roots.includes(name) && !ADDED.includes(name)),
  );
}
