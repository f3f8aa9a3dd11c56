import { BSONRegExp } from 'bson';
import { badValue } from '../errors.ts';
import { type Document, document, firstName, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { isNumeric, isTruthy, TYPE_BY_NUMBER, toNumber, typeName } from '../values/types.ts';
import { bitPredicate } from './bits.ts';
import {
  ELEMENT,
  elementOf,
  equalTo,
  type FieldContext,
  isOperators,
  matchesRegExp,
  oneOf,
  onLeaves,
  onValues,
  relatesTo,
} from './field.ts';
import { geoCondition } from './geo.ts';
import { all, compileQuery, type Predicate } from './match.ts';

/** Reads one operator of a field's condition; `siblings` are all of them, since `$options` belongs to `$regex`. */
type Operator = (value: unknown, context: FieldContext, siblings: Document) => Predicate;

/** The predicates of a document of operators, one each. */
export function operatorPredicates(siblings: Document, context: FieldContext): Predicate[] {
  return Object.keys(siblings).map((name) => {
    const operator = OPERATORS.get(name);
    if (!operator) {
      throw badValue(`unknown operator: ${name}`);
    }
    return operator(siblings[name], context, siblings);
  });
}

const relation =
  (name: string): Operator =>
  (value, { path, options }) => {
    if (value instanceof BSONRegExp) {
      throw badValue(`Can't have RegEx as arg to predicate over field '${path.join('.')}'.`);
    }
    return onValues(path, relatesTo(name, value, options));
  };

const bits =
  (name: string): Operator =>
  (value, { path }) =>
    onValues(path, bitPredicate(name, value));

const geospatial =
  (name: string): Operator =>
  (value, { path }, siblings) => {
    const holds = geoCondition(name, value, siblings);
    return onLeaves(path, (leaf) => holds(leaf.value) || (Array.isArray(leaf.value) && leaf.value.some(holds)));
  };

const always: Operator = () => () => true;

/** All operators that stand inside a field's condition. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$eq', (value, { path, options }) => onValues(path, equalTo(value, options))],
  ['$ne', notEqual],
  ['$gt', relation('$gt')],
  ['$gte', relation('$gte')],
  ['$lt', relation('$lt')],
  ['$lte', relation('$lte')],
  ['$in', (value, { path, options }) => onValues(path, oneOf(listFor('$in', value), options))],
  ['$nin', (value, { path, options }) => not(onValues(path, oneOf(listFor('$nin', value), options)))],
  ['$not', negation],
  ['$exists', exists],
  ['$type', (value, { path }) => onValues(path, ofType(value))],
  ['$regex', regularExpression],
  ['$options', regexOptions],
  ['$mod', (value, { path }) => onValues(path, modulo(value))],
  ['$size', ofSize],
  ['$all', containsAll],
  ['$elemMatch', elementMatches],
  ['$bitsAllSet', bits('$bitsAllSet')],
  ['$bitsAnySet', bits('$bitsAnySet')],
  ['$bitsAllClear', bits('$bitsAllClear')],
  ['$bitsAnyClear', bits('$bitsAnyClear')],
  ['$comment', always],
  ...['$geoWithin', '$within', '$geoIntersects', '$near', '$nearSphere'].map(
    (name) => [name, geospatial(name)] as const,
  ),
  ['$maxDistance', besideNear],
  ['$minDistance', besideNear],
]);

function besideNear(_value: unknown, _context: FieldContext, siblings: Document): Predicate {
  if (siblings.$near === undefined && siblings.$nearSphere === undefined) {
    throw badValue('unknown operator: $maxDistance');
  }
  return () => true;
}

function not(predicate: Predicate): Predicate {
  return (candidate) => !predicate(candidate);
}

function notEqual(value: unknown, { path, options }: FieldContext): Predicate {
  if (value instanceof BSONRegExp) {
    throw badValue("Can't have regex as arg to $ne.");
  }
  return not(onValues(path, equalTo(value, options)));
}

function listFor(operator: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw badValue(`${operator} needs an array`);
  }
  if (value.some(isOperators)) {
    throw badValue(`cannot nest $ under ${operator}`);
  }
  return value;
}

function negation(value: unknown, context: FieldContext): Predicate {
  if (value instanceof BSONRegExp) {
    return not(onValues(context.path, matchesRegExp(value)));
  }
  if (!isDocument(value)) {
    throw badValue('$not needs a regex or a document');
  }
  if (firstName(value) === '') {
    throw badValue('$not cannot be empty');
  }
  return not(all(operatorPredicates(value, context)));
}

function exists(value: unknown, { path }: FieldContext): Predicate {
  const there = onLeaves(path, (leaf) => !leaf.missing);
  return isTruthy(value) ? there : not(there);
}

function ofType(value: unknown) {
  const wanted = new Set((Array.isArray(value) ? value : [value]).map(typeAlias));
  return (candidate: unknown, missing: boolean) =>
    !missing && (wanted.has(typeName(candidate)) || (wanted.has('number') && isNumeric(candidate)));
}

function typeAlias(value: unknown): string {
  if (isNumeric(value)) {
    const alias = TYPE_BY_NUMBER.get(toNumber(value));
    if (!alias) {
      throw badValue(`Invalid numerical type code: ${toNumber(value)}`);
    }
    return alias;
  }
  if (typeof value !== 'string') {
    throw badValue('type must be represented as a number or a string');
  }
  if (value !== 'number' && ![...TYPE_BY_NUMBER.values()].some((alias) => alias === value)) {
    throw badValue(`Unknown type name alias: ${value}`);
  }
  return value;
}

function regularExpression(value: unknown, { path }: FieldContext, siblings: Document): Predicate {
  const pattern = value instanceof BSONRegExp ? value.pattern : value;
  if (typeof pattern !== 'string') {
    throw badValue('$regex has to be a string');
  }
  const own = value instanceof BSONRegExp ? value.options : '';
  const options = siblings.$options === undefined ? own : String(siblings.$options);
  return onValues(path, matchesRegExp(new BSONRegExp(pattern), options));
}

function regexOptions(_value: unknown, _context: FieldContext, siblings: Document): Predicate {
  if (siblings.$regex === undefined) {
    throw badValue('$options needs a $regex');
  }
  return () => true;
}

function modulo(value: unknown) {
  if (!Array.isArray(value)) {
    throw badValue('malformed mod, needs to be an array');
  }
  if (value.length !== 2) {
    throw badValue(`malformed mod, ${value.length < 2 ? 'not enough' : 'too many'} elements`);
  }
  const [divisor, remainder] = value.map((part) => Math.trunc(toNumber(part))) as [number, number];
  if (divisor === 0) {
    throw badValue('divisor cannot be 0');
  }
  return (candidate: unknown) => {
    const number = Math.trunc(toNumber(candidate));
    return Number.isFinite(number) && number % divisor === remainder;
  };
}

function ofSize(value: unknown, { path }: FieldContext): Predicate {
  if (!isNumeric(value) || !Number.isInteger(toNumber(value))) {
    throw badValue(`Failed to parse $size. Expected an integer in: $size: ${show(value)}`);
  }
  const size = toNumber(value);
  if (size < 0) {
    throw badValue(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  }
  return onLeaves(path, ({ value: candidate }) => Array.isArray(candidate) && candidate.length === size);
}

function containsAll(value: unknown, context: FieldContext): Predicate {
  if (!Array.isArray(value)) {
    throw badValue('$all needs an array');
  }
  if (value.length === 0) {
    return () => false;
  }
  return all(
    value.map((item) => {
      if (isDocument(item) && firstName(item) === '$elemMatch') {
        return elementMatches(item.$elemMatch, context);
      }
      const condition = item instanceof BSONRegExp ? matchesRegExp(item) : equalTo(item, context.options);
      return onValues(context.path, condition);
    }),
  );
}

const LOGICAL = ['$and', '$or', '$nor', '$expr', '$jsonSchema'];

function elementMatches(value: unknown, { path, options }: FieldContext): Predicate {
  if (!isDocument(value)) {
    throw badValue('$elemMatch needs an Object');
  }
  const matches = elementCondition(value, options);
  return onLeaves(path, (leaf, match) => {
    const index = Array.isArray(leaf.value) ? leaf.value.findIndex(matches) : -1;
    if (index >= 0 && leaf.position < 0 && match) {
      match.position = index;
    }
    return index >= 0;
  });
}

/** Operators are about the element itself, names of fields about the document that it is. */
export function elementCondition(value: Document, options: FieldContext['options']): (element: unknown) => boolean {
  if (isOperators(value) && !LOGICAL.includes(firstName(value))) {
    const condition = all(operatorPredicates(value, { path: ELEMENT, options }));
    return (element) => condition(elementOf(element));
  }
  const condition = compileQuery(value, options);
  return (element) => {
    if (Array.isArray(element)) {
      return condition(document(element.map((item, index) => [String(index), item] as const)));
    }
    return isDocument(element) && condition(element);
  };
}
