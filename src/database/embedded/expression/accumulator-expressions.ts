import type { Document } from '../values/document.ts';
import { isNullish } from '../values/types.ts';
import { ACCUMULATORS } from './accumulators.ts';
import { arrayArgument } from './arguments.ts';
import { named, namedArguments, type Operator, type Operators } from './operator.ts';
import { checkMethod, percentile, SELECTIONS, selectionCount, shares, sortedNumbers } from './selections.ts';

/** `$sum` and its like over the elements of one array, or over several arguments. */
const accumulate: Operator = (argument, name, { compile, collation }) => {
  const parts = (Array.isArray(argument) ? argument : [argument]).map(compile);
  const start = ACCUMULATORS.get(name);
  return (root, variables) => {
    const values = parts.map((part) => part(root, variables));
    const [only] = values;
    const accumulator = start?.(collation);
    for (const value of values.length === 1 && Array.isArray(only) ? only : values) {
      accumulator?.add(value);
    }
    return accumulator?.result();
  };
};

const select: Operator = (argument, name, compilation) => {
  const pick = SELECTIONS.get(name);
  const parameters = { required: ['input', 'n'], codes: [5787801, 5787901, [5787907, 5787906]] } as const;
  const operator = named(parameters, ({ input, n }) => {
    const count = selectionCount(n);
    if (isNullish(input)) {
      return null;
    }
    return pick?.(
      arrayArgument(input, [5788200, 'Input must be an array, but is ']),
      count,
      compilation.collation.order,
    );
  });
  return operator(argument, name, compilation);
};

const MISSING_FIELD = 40414;
const UNKNOWN_FIELD = 40415;

function numbersOf({ input }: Document): Float64Array {
  return sortedNumbers(Array.isArray(input) ? input : [input]);
}

const percentiles: Operator = (argument, name, compilation) => {
  const parameters = {
    required: ['input', 'p', 'method'],
    codes: [7436200, UNKNOWN_FIELD, MISSING_FIELD],
  } as const;
  checkMethod(namedArguments(argument, name, parameters).method);
  return named(parameters, (values) => {
    const numbers = numbersOf(values);
    return shares(values.p).map((share) => percentile(numbers, share));
  })(argument, name, compilation);
};

const median: Operator = (argument, name, compilation) => {
  const parameters = { required: ['input', 'method'], codes: [7436100, UNKNOWN_FIELD, MISSING_FIELD] } as const;
  checkMethod(namedArguments(argument, name, parameters).method);
  return named(parameters, (values) => percentile(numbersOf(values), 0.5))(argument, name, compilation);
};

/** Accumulators as expressions over the values of one document. */
export const ACCUMULATOR_EXPRESSIONS: Operators = new Map<string, Operator>([
  ['$sum', accumulate],
  ['$avg', accumulate],
  ['$max', accumulate],
  ['$min', accumulate],
  ['$stdDevPop', accumulate],
  ['$stdDevSamp', accumulate],
  ['$firstN', select],
  ['$lastN', select],
  ['$maxN', select],
  ['$minN', select],
  ['$percentile', percentiles],
  ['$median', median],
]);
