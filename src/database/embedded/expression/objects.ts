import { CommandError } from '../errors.ts';
import { type Document, document, fieldsOf, firstName, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { isNullish, typeName } from '../values/types.ts';
import { arrayArgument } from './arguments.ts';
import { ANY, type Evaluate, namedArguments, nullable, type Operator, type Operators, positional } from './operator.ts';

/**
 * Adds the fields of a value to a document; null adds nothing.
 *
 * @throws CommandError 40400 for a value that is no document
 */
export function mergeInto(made: Document, value: unknown): void {
  if (isNullish(value)) {
    return;
  }
  if (!isDocument(value)) {
    throw new CommandError(
      40400,
      `$mergeObjects requires object inputs, but input ${show(value)} is of type ${typeName(value)}`,
    );
  }
  for (const name of Object.keys(value)) {
    made[name] = value[name];
  }
}

const merge: Evaluate = (values) => {
  const [only] = values;
  const made = document();
  for (const value of values.length === 1 && Array.isArray(only) ? only : values) {
    mergeInto(made, value);
  }
  return made;
};

const toArray: Evaluate = ([value]) => {
  if (!isDocument(value)) {
    throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  }
  return Object.keys(value).map((name) =>
    document([
      ['k', name],
      ['v', value[name]],
    ]),
  );
};

const toObject: Evaluate = ([value]) => {
  const items = arrayArgument(value, [40386, '$arrayToObject requires an array input, found: ']);
  const pair = Array.isArray(items[0]) ? pairOfArray : pairOfDocument;
  return document(items.map(pair));
};

function pairOfArray(item: unknown): [string, unknown] {
  if (!Array.isArray(item)) {
    throw new CommandError(
      40396,
      `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Array was detected, now found: ${typeName(item)}`,
    );
  }
  if (item.length !== 2) {
    throw new CommandError(
      40397,
      `$arrayToObject requires an array of size 2 arrays,found array of size: ${item.length}`,
    );
  }
  if (typeof item[0] !== 'string') {
    throw new CommandError(
      40395,
      `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(item[0])}`,
    );
  }
  return [keyWithoutNull(item[0]), item[1]];
}

function pairOfDocument(item: unknown, place: number): [string, unknown] {
  if (!isDocument(item)) {
    throw place === 0
      ? new CommandError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(item)}`)
      : new CommandError(
          40391,
          `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Object was detected, now found: ${typeName(item)}`,
        );
  }
  const count = Object.keys(item).length;
  if (count !== 2) {
    throw new CommandError(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${count}`,
    );
  }
  if (!('k' in item) || !('v' in item)) {
    throw new CommandError(
      40393,
      "$arrayToObject requires an object with keys 'k' and 'v'. Missing either or both keys",
    );
  }
  if (typeof item.k !== 'string') {
    throw new CommandError(
      40394,
      `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${typeName(item.k)}`,
    );
  }
  return [keyWithoutNull(item.k), item.v];
}

function keyWithoutNull(key: string): string {
  if (key.includes('\0')) {
    throw new CommandError(4940400, 'Key field cannot contain an embedded null byte');
  }
  return key;
}

const getField: Operator = (argument, name, { compile }) => {
  const short = !isDocument(argument) || firstName(argument).startsWith('$');
  const given = short
    ? document([['field', argument]])
    : namedArguments(argument, name, {
        required: ['field', 'input'],
        codes: [3041701, 3041701, [3041702, 3041703]],
      });
  const field = compile(given.field);
  const input = short ? (root: unknown) => root : compile(given.input);
  return (root, variables) => {
    const key = field(root, variables);
    if (typeof key !== 'string') {
      throw new CommandError(
        3041704,
        `$getField requires 'field' to evaluate to type String, but got ${typeName(key)}`,
      );
    }
    const value = input(root, variables);
    return isDocument(value) ? value[key] : value === null ? null : undefined;
  };
};

/** `$setField` and `$unsetField`, which is the first with `$$REMOVE`. */
function setField(valued: boolean): Operator {
  return (argument, name, { compile }) => {
    const given = namedArguments(argument, name, {
      required: valued ? ['field', 'input', 'value'] : ['field', 'input'],
      codes: [4161100, 4161101, [4161102, 4161109, 4161103]],
    });
    const key = constantField(given.field, name);
    const input = compile(given.input);
    const value = valued ? compile(given.value) : () => undefined;
    return (root, variables) => {
      const from = input(root, variables);
      if (isNullish(from)) {
        return null;
      }
      if (!isDocument(from)) {
        throw new CommandError(4161105, `${name} requires 'input' to evaluate to type Object`);
      }
      const made = fieldsOf(from);
      const next = value(root, variables);
      if (next === undefined) {
        delete made[key];
      } else {
        made[key] = next;
      }
      return made;
    };
  };
}

/** The name in `field`, which is a text or `{ $literal: text }`. */
function constantField(field: unknown, name: string): string {
  const constant = isDocument(field) && '$literal' in field ? field.$literal : field;
  if (constant === field && typeof field === 'string' && field.startsWith('$')) {
    throw new CommandError(
      4161108,
      `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`,
    );
  }
  if (typeof constant !== 'string') {
    throw new CommandError(
      4161107,
      `${name} requires 'field' to evaluate to type String, but got ${typeName(constant)}`,
    );
  }
  return constant;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#object-expression-operators */
export const OBJECTS: Operators = new Map<string, Operator>([
  ['$mergeObjects', positional(ANY, merge)],
  ['$objectToArray', nullable([1, 1], toArray)],
  ['$arrayToObject', nullable([1, 1], toObject)],
  ['$getField', getField],
  ['$setField', setField(true)],
  ['$unsetField', setField(false)],
]);
