import { Binary } from 'bson';
import { CommandError } from '../errors.ts';
import { isDocument } from '../values/document.ts';
import { sizeOf } from '../values/encode.ts';
import { isNumeric, typeName } from '../values/types.ts';
import { type Evaluate, nullable, type Operator, type Operators, positional } from './operator.ts';

const bsonSize: Evaluate = ([value]) => {
  if (!isDocument(value)) {
    throw new CommandError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
  }
  return sizeOf(value);
};

const binarySize: Evaluate = ([value]) => {
  if (typeof value === 'string') {
    return Buffer.byteLength(value);
  }
  if (value instanceof Binary) {
    return value.length();
  }
  throw new CommandError(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`);
};

const literal: Operator = (argument) => () => argument;

/** Metadata of a document; without text search there is none. */
const meta: Operator = (argument) => () => {
  if (argument === 'textScore') {
    throw new CommandError(40218, 'query requires text score metadata, but it is not available');
  }
  return undefined;
};

/** Operators that run JavaScript of the client, which this server does not do. */
const script: Operator = (_, name) => {
  throw new CommandError(238, `${name} runs JavaScript, which this server does not do. Use other expressions.`);
};

/** Types, sizes and literals. */
export const TYPES: Operators = new Map<string, Operator>([
  ['$type', positional([1, 1], ([value]) => typeName(value))],
  ['$isNumber', positional([1, 1], ([value]) => isNumeric(value))],
  ['$bsonSize', nullable([1, 1], bsonSize)],
  ['$binarySize', nullable([1, 1], binarySize)],
  ['$literal', literal],
  ['$meta', meta],
  ['$function', script],
]);
