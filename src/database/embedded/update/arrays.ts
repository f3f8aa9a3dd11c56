import { BSONRegExp } from 'bson';
import { badValue, CommandError } from '../errors.ts';
import { isOperators } from '../query/field.ts';
import { compileQuery } from '../query/match.ts';
import type { Collation } from '../values/collation.ts';
import { compare, equals } from '../values/compare.ts';
import { copy, type Document, document, firstName, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { show } from '../values/show.ts';
import { sorter } from '../values/sort.ts';
import { isNumeric, toNumber, typeName } from '../values/types.ts';
import { type ChangeContext, idOf } from './operators.ts';
import { type Place, read, write } from './place.ts';

const PUSH_MODIFIERS = ['$each', '$slice', '$sort', '$position'];

/**
 * `$push` with its modifiers: insert at `$position`, then `$sort`, then `$slice`.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/update/push/
 */
export function push(place: Place, argument: unknown, context: ChangeContext): void {
  const modifiers = isDocument(argument) && argument.$each !== undefined ? argument : undefined;
  const added = modifiers ? eachOf('$push', modifiers) : [argument];
  for (const name of Object.keys(modifiers ?? {})) {
    if (!PUSH_MODIFIERS.includes(name)) {
      throw badValue(`Unrecognized clause in $push: ${name}`);
    }
  }
  const current = read(place);
  if (current !== undefined && !Array.isArray(current)) {
    throw badValue(
      `The field '${context.name}' must be an array but is of type ${typeName(current)} in document ${idOf(context)}`,
    );
  }
  const values = [...(current ?? [])];
  values.splice(insertionPoint(modifiers?.$position, values.length), 0, ...copy(added));
  if (modifiers?.$sort !== undefined) {
    sortElements(values, modifiers.$sort, context.collation);
  }
  write(place, modifiers?.$slice === undefined ? values : sliced(values, wholeNumber('$slice', modifiers.$slice)));
}

function eachOf(operator: string, modifiers: Document): unknown[] {
  if (!Array.isArray(modifiers.$each)) {
    const type = typeName(modifiers.$each);
    throw operator === '$push'
      ? badValue(`The argument to $each in $push must be an array but it was of type: ${type}`)
      : new CommandError(14, `The argument to $each in $addToSet must be an array but it was of type ${type}`);
  }
  return modifiers.$each;
}

function insertionPoint(position: unknown, length: number): number {
  if (position === undefined) {
    return length;
  }
  const at = wholeNumber('$position', position);
  return at < 0 ? Math.max(0, length + at) : at;
}

function wholeNumber(modifier: string, value: unknown): number {
  const number = toNumber(value);
  if (!Number.isInteger(number)) {
    throw badValue(`The value for ${modifier} must be an integer value but was given type: ${typeName(value)}`);
  }
  return number;
}

function sliced(values: unknown[], count: number): unknown[] {
  if (count === 0) {
    return [];
  }
  return count < 0 ? values.slice(count) : values.slice(0, count);
}

function sortElements(values: unknown[], spec: unknown, { order }: Collation): void {
  if (isDocument(spec)) {
    const byFields = sorter(spec, order);
    values.sort((left, right) => byFields(asDocument(left), asDocument(right)));
    return;
  }
  const direction = toNumber(spec);
  if (direction !== 1 && direction !== -1) {
    throw badValue('The $sort element value must be either 1 or -1');
  }
  values.sort((left, right) => compare(left, right, order) * direction);
}

function asDocument(value: unknown): Document {
  return isDocument(value) ? value : document();
}

/** `$addToSet`: what is not there yet goes to the end. */
export function addToSet(place: Place, argument: unknown): void {
  const added = isDocument(argument) && firstName(argument) === '$each' ? eachOf('$addToSet', argument) : [argument];
  const current = read(place);
  if (current !== undefined && !Array.isArray(current)) {
    throw badValue(
      `Cannot apply $addToSet to non-array field. Field named '${place.key}' has non-array type ${typeName(current)}`,
    );
  }
  const values = [...(current ?? [])];
  const known = new Set(values.map((value) => identity(value)));
  for (const value of added) {
    if (!known.has(identity(value))) {
      known.add(identity(value));
      values.push(copy(value));
    }
  }
  write(place, values);
}

/** `$pop`: takes the last element away with 1, the first with -1. */
export function pop(place: Place, argument: unknown, context: ChangeContext): void {
  if (!isNumeric(argument) || Math.abs(toNumber(argument)) !== 1) {
    throw new CommandError(9, `$pop expects 1 or -1, found: ${show(argument)}`);
  }
  const current = read(place);
  if (current === undefined) {
    return;
  }
  if (!Array.isArray(current)) {
    throw new CommandError(14, `Path '${context.name}' contains an element of non-array type '${typeName(current)}'`);
  }
  write(place, toNumber(argument) > 0 ? current.slice(0, -1) : current.slice(1));
}

/** `$pull`: takes all elements away that are equal to the argument or match it as a condition. */
export function pull(place: Place, argument: unknown, { collation }: ChangeContext): void {
  keepElements('$pull', place, pullCondition(argument, collation));
}

/** `$pullAll`: takes all elements away that are in the list. */
export function pullAll(place: Place, argument: unknown, { collation }: ChangeContext): void {
  if (!Array.isArray(argument)) {
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(argument)}`);
  }
  keepElements('$pullAll', place, (element) => argument.some((value) => equals(value, element, collation.order)));
}

function keepElements(operator: string, place: Place, goes: (element: unknown) => boolean): void {
  const current = read(place);
  if (current === undefined) {
    return;
  }
  if (!Array.isArray(current)) {
    throw badValue(`Cannot apply ${operator} to a non-array value`);
  }
  write(
    place,
    current.filter((element) => !goes(element)),
  );
}

function pullCondition(argument: unknown, collation: Collation): (element: unknown) => boolean {
  const logical = isDocument(argument) && ['$and', '$or', '$nor'].includes(firstName(argument));
  if (isDocument(argument) && firstName(argument) === '$not') {
    throw badValue('unknown top level operator: $not');
  }
  if (argument instanceof BSONRegExp || (isOperators(argument) && !logical)) {
    const matches = compileQuery(document([['element', argument]]), { collation });
    return (element) => matches(document([['element', element]]));
  }
  if (isDocument(argument)) {
    const matches = compileQuery(argument, { collation });
    return (element) => isDocument(element) && matches(element);
  }
  return (element) => equals(element, argument, collation.order);
}
