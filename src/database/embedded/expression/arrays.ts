import { CommandError } from '../errors.ts';
import { isNullish, toNumber } from '../values/types.ts';
import { arrayArgument, int32Argument } from './arguments.ts';
import { compareInExpression } from './comparison.ts';
import { checkItemCount } from './limits.ts';
import { ANY, type Evaluate, nullable, type Operator, type Operators, positional } from './operator.ts';
import { bound } from './substrings.ts';

const size: Evaluate = ([value]) =>
  arrayArgument(value, [17124, 'The argument to $size must be an array, but was of type: ']).length;

const elementAt: Evaluate = ([value, position], name) => {
  const array = arrayArgument(value, [28689, `${name}'s first argument must be an array, but is `]);
  const index = int32Argument(
    position,
    [28690, `${name}'s second argument must be a numeric value, but is `],
    [28691, `${name}'s second argument must be representable as a 32-bit integer: `],
  );
  return array.at(index);
};

function end(position: 0 | -1): Operator {
  return nullable([1, 1], ([value], name) =>
    arrayArgument(value, [28689, `${name}'s argument must be an array, but is `]).at(position),
  );
}

const slice: Evaluate = ([value, position, count]) => {
  if (isNullish(value) || isNullish(position) || count === null) {
    return null;
  }
  const array = arrayArgument(value, [28724, 'First argument to $slice must be an array, but is of type: ']);
  const from = int32Argument(
    position,
    [28725, 'Second argument to $slice must be a numeric value, but is of type: '],
    [28726, "Second argument to $slice can't be represented as a 32-bit integer: "],
  );
  if (count === undefined) {
    return from < 0 ? array.slice(from) : array.slice(0, from);
  }
  const length = int32Argument(
    count,
    [28727, 'Third argument to $slice must be numeric, but is of type: '],
    [28728, "Third argument to $slice can't be represented as a 32-bit integer: "],
  );
  if (length <= 0) {
    throw new CommandError(28729, `Third argument to $slice must be positive: ${length}`);
  }
  const start = from < 0 ? Math.max(0, array.length + from) : from;
  return array.slice(start, start + length);
};

const concatArrays: Evaluate = (values, name) => {
  let joined: readonly unknown[] = [];
  for (const value of values) {
    if (isNullish(value)) {
      return null;
    }
    joined = joined.concat(arrayArgument(value, [28664, `${name} only supports arrays, not `]));
    checkItemCount(joined.length, name);
  }
  return joined;
};

const includes: Operator = (argument, name, compilation) => {
  const texts = compilation.collation.order;
  const evaluate: Evaluate = ([value, list]) =>
    arrayArgument(list, [40081, '$in requires an array as a second argument, found: ']).some(
      (item) => compareInExpression(item, value, texts) === 0,
    );
  return positional([2, 2], evaluate)(argument, name, compilation);
};

const indexOf: Operator = (argument, name, compilation) => {
  const texts = compilation.collation.order;
  const evaluate: Evaluate = ([list, value, from, to]) => {
    if (isNullish(list)) {
      return null;
    }
    const array = arrayArgument(list, [40090, `${name} requires an array as a first argument, found: `]);
    const start = bound(from, name, 'starting') ?? 0;
    const stop = bound(to, name, 'ending') ?? array.length;
    const found = array.slice(start, stop).findIndex((item) => compareInExpression(item, value, texts) === 0);
    return found < 0 ? -1 : start + found;
  };
  return positional([2, 4], evaluate)(argument, name, compilation);
};

const reverse: Evaluate = ([value]) =>
  arrayArgument(value, [34435, 'The argument to $reverseArray must be an array, but was of type: ']).toReversed();

const range: Evaluate = ([from, to, by], name) => {
  const start = int32Argument(
    from,
    [34443, `${name} requires a numeric starting value, found value of type: `],
    [34444, `${name} requires a starting value that can be represented as a 32-bit integer, found value: `],
  );
  const stop = int32Argument(
    to,
    [34445, `${name} requires a numeric ending value, found value of type: `],
    [34446, `${name} requires an ending value that can be represented as a 32-bit integer, found value: `],
  );
  const step = by === undefined ? 1 : stepOf(by, name);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  checkItemCount(count, name);
  return Array.from({ length: count }, (_, index) => start + index * step);
};

function stepOf(value: unknown, name: string): number {
  const step = int32Argument(
    value,
    [34447, `${name} requires a numeric step value, found value of type: `],
    [34448, `${name} requires a step value that can be represented as a 32-bit integer, found value: `],
  );
  if (toNumber(step) === 0) {
    throw new CommandError(34449, `${name} requires a non-zero step value`);
  }
  return step;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#array-expression-operators */
export const ARRAYS: Operators = new Map<string, Operator>([
  ['$size', positional([1, 1], size)],
  ['$arrayElemAt', nullable([2, 2], elementAt)],
  ['$first', end(0)],
  ['$last', end(-1)],
  ['$slice', positional([2, 3], slice)],
  ['$concatArrays', positional(ANY, concatArrays)],
  ['$in', includes],
  ['$indexOfArray', indexOf],
  ['$isArray', positional([1, 1], ([value]) => Array.isArray(value))],
  ['$reverseArray', nullable([1, 1], reverse)],
  ['$range', positional([2, 3], range)],
]);
