import { Timestamp } from 'bson';
import { badValue, CommandError } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { compare } from '../values/compare.ts';
import { copy, type Document, isDocument } from '../values/document.ts';
import { arithmetic, isDouble } from '../values/number.ts';
import { show } from '../values/show.ts';
import { isNumeric, typeName } from '../values/types.ts';
import { addToSet, pop, pull, pullAll, push } from './arrays.ts';
import { erase, type OnTheWay, type Place, placeAt, read, write } from './place.ts';

/** What an operator sees beside its argument. */
export interface ChangeContext {
  root: Document;
  /** The path as written. */
  name: string;
  collation: Collation;
  /** Whether the document is made by an upsert. */
  inserting: boolean;
}

/** One field operator: what is done at its place, and what happens on the way there. */
interface FieldOperator {
  onTheWay: OnTheWay;
  apply(place: Place, argument: unknown, context: ChangeContext): void;
}

const creating = (apply: FieldOperator['apply']): FieldOperator => ({ onTheWay: 'create', apply });
const changing = (apply: FieldOperator['apply']): FieldOperator => ({ onTheWay: 'refuse', apply });

/** All field update operators of the manual. */
const OPERATORS: ReadonlyMap<string, FieldOperator> = new Map([
  ['$set', creating((place, argument) => write(place, copy(argument)))],
  ['$setOnInsert', creating(setOnInsert)],
  ['$unset', { onTheWay: 'give up', apply: erase }],
  ['$inc', creating(numeric('$inc'))],
  ['$mul', creating(numeric('$mul'))],
  ['$min', creating(extreme(-1))],
  ['$max', creating(extreme(1))],
  ['$currentDate', creating(currentDate)],
  ['$bit', creating(bitwise)],
  ['$rename', changing(rename)],
  ['$push', creating(push)],
  ['$addToSet', creating(addToSet)],
  ['$pop', changing(pop)],
  ['$pull', changing(pull)],
  ['$pullAll', changing(pullAll)],
]);

/** Whether a name is one of the field update operators. */
export function isFieldOperator(name: string): boolean {
  return OPERATORS.has(name);
}

/** Applies one change of the operator at a path without positional parts. */
export function applyChange(
  change: { operator: string; path: readonly string[]; argument: unknown },
  context: ChangeContext,
): void {
  const operator = OPERATORS.get(change.operator);
  if (!operator || (change.operator === '$setOnInsert' && !context.inserting)) {
    return;
  }
  const place = placeAt(context.root, change.path, operator.onTheWay);
  if (place) {
    operator.apply(place, change.argument, context);
  }
}

function setOnInsert(place: Place, argument: unknown): void {
  write(place, copy(argument));
}

/** How messages name the document. */
export function idOf({ root }: ChangeContext): string {
  return `{_id: ${show(root._id)}}`;
}

function numeric(operator: '$inc' | '$mul'): FieldOperator['apply'] {
  return (place, argument, context) => {
    if (!isNumeric(argument)) {
      return;
    }
    const current = read(place);
    if (current === undefined) {
      write(place, operator === '$inc' ? argument : arithmetic('*', [argument, 0]));
      return;
    }
    if (!isNumeric(current)) {
      throw new CommandError(
        14,
        `Cannot apply ${operator} to a value of non-numeric type. ${idOf(context)} has the field '${place.key}' of non-numeric type ${typeName(current)}`,
      );
    }
    const overflow = `Failed to apply ${operator} operations to current value (${show(current)}) for document ${idOf(context)}`;
    write(place, arithmetic(operator === '$inc' ? '+' : '*', [current, argument], overflow));
  };
}

function extreme(sign: 1 | -1): FieldOperator['apply'] {
  return (place, argument, { collation }) => {
    const current = read(place);
    if (current === undefined || compare(argument, current, collation.order) * sign > 0) {
      write(place, copy(argument));
    }
  };
}

function currentDate(place: Place, argument: unknown): void {
  const type = isDocument(argument) ? argument.$type : undefined;
  if (typeof argument === 'boolean' || type === 'date') {
    write(place, new Date());
  } else if (type === 'timestamp') {
    write(place, new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }));
  } else {
    throw badValue(
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
}

function bitwise(place: Place, argument: unknown, context: ChangeContext): void {
  if (!isDocument(argument)) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const current = read(place) ?? 0;
  if (!isInteger(current)) {
    throw badValue(
      `Cannot apply $bit to a value of non-integral type. ${idOf(context)} has the field ${place.key} of non-integer type ${typeName(current)}`,
    );
  }
  const operands = Object.values(argument);
  const result = Object.keys(argument).reduce((bits, name) => combine(bits, name, argument[name]), BigInt(current));
  write(place, [current, ...operands].some((part) => typeof part === 'bigint') ? result : Number(result));
}

function isInteger(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && !isDouble(value));
}

function combine(bits: bigint, name: string, value: unknown): bigint {
  if (!isInteger(value)) {
    throw badValue(
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here: {${name}: ${show(value)}}`,
    );
  }
  switch (name) {
    case 'and':
      return bits & BigInt(value);
    case 'or':
      return bits | BigInt(value);
    case 'xor':
      return bits ^ BigInt(value);
    default:
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(value)}}`,
      );
  }
}

/** Whether the path of a change leads through an array. */
function crossesArray({ root, name }: ChangeContext): boolean {
  let value: unknown = root;
  for (const part of name.split('.')) {
    if (Array.isArray(value)) {
      return true;
    }
    value = isDocument(value) ? value[part] : undefined;
  }
  return false;
}

function rename(place: Place, argument: unknown, context: ChangeContext): void {
  const value = read(place);
  if (value === undefined) {
    return;
  }
  if (crossesArray(context)) {
    throw badValue(
      `The source field cannot be an array element, '${context.name}' in doc with ${idOf(context)} has an array field called '${context.name.split('.').at(-2)}'`,
    );
  }
  erase(place);
  const target = placeAt(context.root, String(argument).split('.'), 'create');
  if (target) {
    write(target, value);
  }
}
