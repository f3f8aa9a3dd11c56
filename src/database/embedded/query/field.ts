import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { compare, equals, ORDER, typeOrder } from '../values/compare.ts';
import { type Document, document, firstName, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { type Leaf, leavesOf } from '../values/path.ts';
import { compiled, toRegExp } from '../values/regex.ts';
import { isNullish, isNumeric, toNumber } from '../values/types.ts';
import { all, DBREF_FIELDS, type Match, type Predicate, type QueryOptions } from './match.ts';
import { operatorPredicates } from './operators.ts';

/** Whether one value, found or missing, satisfies a condition. */
export type ValuePredicate = (value: unknown, missing: boolean) => boolean;

/** A field's condition with what it is about. */
export interface FieldContext {
  path: readonly string[];
  options: QueryOptions;
}

/** What a field must be: a value that it equals, a regular expression, or a document of operators. */
export function fieldPredicate(name: string, condition: unknown, options: QueryOptions): Predicate {
  const context = { path: name.split('.'), options };
  if (isOperators(condition)) {
    return all(operatorPredicates(condition, context));
  }
  return onValues(
    context.path,
    condition instanceof BSONRegExp ? matchesRegExp(condition) : equalTo(condition, options),
  );
}

/** Whether a value is a document of operators such as `{ $gt: 5 }`; a DBRef is a value. */
export function isOperators(value: unknown): value is Document {
  if (!isDocument(value)) {
    return false;
  }
  const name = firstName(value);
  return name.startsWith('$') && !DBREF_FIELDS.includes(name);
}

/** A condition on each value of a path, and on each element where the value is an array. */
export function onValues(path: readonly string[], condition: ValuePredicate): Predicate {
  const [name] = path;
  if (path.length === 1 && name !== undefined) {
    return (document, match) => onValue(document[name], condition, match);
  }
  return (document, match) => leaves(document, path).some((leaf) => onLeaf(leaf, condition, match));
}

/** The path of conditions on an element of an array: it stands in a document of its own, as {@link elementOf} makes it. */
export const ELEMENT: readonly string[] = [];

/** An element as the document that conditions with the path {@link ELEMENT} look at. */
export function elementOf(value: unknown): Document {
  return document([['element', value]]);
}

function leaves(from: Document, path: readonly string[]): Leaf[] {
  return path === ELEMENT
    ? [{ value: from.element, missing: false, position: -1, byPosition: true }]
    : leavesOf(from, path);
}

function onValue(value: unknown, condition: ValuePredicate, match: Match | undefined): boolean {
  if (!Array.isArray(value)) {
    return condition(value, value === undefined);
  }
  const index = value.findIndex((item) => condition(item, false));
  if (index >= 0) {
    found(match, index);
    return true;
  }
  return condition(value, false);
}

function onLeaf(leaf: Leaf, condition: ValuePredicate, match: Match | undefined): boolean {
  if (Array.isArray(leaf.value) && !leaf.byPosition) {
    const index = leaf.value.findIndex((item) => condition(item, false));
    if (index >= 0) {
      found(match, leaf.position >= 0 ? leaf.position : index);
      return true;
    }
  }
  if (!condition(leaf.value, leaf.missing)) {
    return false;
  }
  if (leaf.position >= 0) {
    found(match, leaf.position);
  }
  return true;
}

/** A condition on what a path leads to as it is: arrays are not opened. */
export function onLeaves(path: readonly string[], condition: (leaf: Leaf, match?: Match) => boolean): Predicate {
  return (document, match) =>
    leaves(document, path).some((leaf) => {
      const held = condition(leaf, match);
      if (held && leaf.position >= 0) {
        found(match, leaf.position);
      }
      return held;
    });
}

function found(match: Match | undefined, position: number): void {
  if (match) {
    match.position = position;
  }
}

/** Equality; null is also equal to a field that is not there. */
export function equalTo(value: unknown, { collation }: QueryOptions): ValuePredicate {
  return isNullish(value) ? isNullish : (other) => equals(other, value, collation?.order);
}

/** `$gt`, `$gte`, `$lt`, `$lte`: only values of one type are compared, except with MinKey and MaxKey. */
export function relatesTo(operator: string, value: unknown, { collation }: QueryOptions): ValuePredicate {
  const orEqual = operator.endsWith('e');
  const holds = (order: number) => (order === 0 ? orEqual : operator.startsWith('$gt') ? order > 0 : order < 0);
  if (value instanceof MinKey || value instanceof MaxKey) {
    return (other) => holds(compare(other, value));
  }
  if (isNullish(value)) {
    return (other) => orEqual && isNullish(other);
  }
  const order = typeOrder(value);
  const notANumber = order === ORDER.number && Number.isNaN(toNumber(value));
  return (other, missing) => {
    if (missing || typeOrder(other) !== order) {
      return false;
    }
    if (notANumber || (isNumeric(other) && Number.isNaN(toNumber(other)))) {
      return orEqual && notANumber && Number.isNaN(toNumber(other));
    }
    return holds(compare(other, value, collation?.order));
  };
}

/** A regular expression matches texts, and the same expression as a value. */
export function matchesRegExp(wanted: BSONRegExp, options = wanted.options): ValuePredicate {
  const expression = options === wanted.options ? compiled(wanted) : toRegExp(wanted.pattern, options);
  return (value) =>
    typeof value === 'string'
      ? expression.test(value)
      : value instanceof BSONRegExp && value.pattern === wanted.pattern && value.options === options;
}

/** `$in`: one of the values, or a match of one of the regular expressions. */
export function oneOf(values: readonly unknown[], options: QueryOptions): ValuePredicate {
  const fold = options.collation?.fold;
  const expressions = values.filter((value) => value instanceof BSONRegExp).map((value) => matchesRegExp(value));
  const wanted = new Set(
    values.filter((value) => !(value instanceof BSONRegExp)).map((value) => identity(value ?? null, fold)),
  );
  return (value, missing) =>
    wanted.has(identity(value ?? null, fold)) || expressions.some((matches) => matches(value, missing));
}
