import { CommandError } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { document, isDocument } from '../values/document.ts';
import { type DocumentOrder, sorter } from '../values/sort.ts';
import { isNullish, isTruthy, toNumber, typeName } from '../values/types.ts';
import { arrayArgument, int32Argument } from './arguments.ts';
import { variableName } from './field-path.ts';
import { checkItemCount } from './limits.ts';
import { type Compilation, type Expression, namedArguments, type Operator, type Operators } from './operator.ts';

const filter: Operator = (argument, name, { compile }) => {
  const given = namedArguments(argument, name, {
    required: ['input', 'cond'],
    optional: ['as', 'limit'],
    codes: [28646, 28647, [28648, 28650]],
  });
  const [input, keeps] = [compile(given.input), compile(given.cond)];
  const most = 'limit' in given ? compile(given.limit) : undefined;
  const element = 'as' in given ? variableName(given.as) : 'this';
  return (root, variables) => {
    const value = input(root, variables);
    if (isNullish(value)) {
      return null;
    }
    const limit = most ? limitOf(most(root, variables)) : Number.POSITIVE_INFINITY;
    const scope = new Map(variables);
    const kept: unknown[] = [];
    for (const item of arrayArgument(value, [28651, 'input to $filter must be an array not '])) {
      if (kept.length >= limit) {
        break;
      }
      if (isTruthy(keeps(root, scope.set(element, item)))) {
        kept.push(item);
      }
    }
    return kept;
  };
};

function limitOf(value: unknown): number {
  if (isNullish(value)) {
    return Number.POSITIVE_INFINITY;
  }
  const message = '$filter: limit must be represented as a 32-bit integral value: ';
  const limit = int32Argument(value, [327391, message], [327391, message]);
  if (limit <= 0) {
    throw new CommandError(327392, `$filter: limit must be greater than 0: ${limit}`);
  }
  return limit;
}

const map: Operator = (argument, name, { compile }) => {
  const given = namedArguments(argument, name, {
    required: ['input', 'in'],
    optional: ['as'],
    codes: [16878, 16879, [16880, 16882]],
  });
  const [input, body] = [compile(given.input), compile(given.in)];
  const element = 'as' in given ? variableName(given.as) : 'this';
  return (root, variables) => {
    const value = input(root, variables);
    if (isNullish(value)) {
      return null;
    }
    const scope = new Map(variables);
    return arrayArgument(value, [16883, 'input to $map must be an array not ']).map((item) => {
      const made = body(root, scope.set(element, item));
      return made === undefined ? null : made;
    });
  };
};

const reduce: Operator = (argument, name, { compile }) => {
  const given = namedArguments(argument, name, {
    required: ['input', 'initialValue', 'in'],
    codes: [40075, 40076, [40077, 40078, 40079]],
  });
  const [input, start, body] = [compile(given.input), compile(given.initialValue), compile(given.in)];
  return (root, variables) => {
    const value = input(root, variables);
    if (isNullish(value)) {
      return null;
    }
    const scope = new Map(variables);
    let result = start(root, variables);
    for (const item of arrayArgument(value, [40080, "$reduce requires that 'input' be an array, found: "])) {
      result = body(root, scope.set('this', item).set('value', result));
    }
    return result;
  };
};

const bind: Operator = (argument, name, { compile }) => {
  const given = namedArguments(argument, name, { required: ['vars', 'in'], codes: [16874, 16875, [16876, 16877]] });
  if (!isDocument(given.vars)) {
    throw new CommandError(10065, `invalid parameter: expected an object (vars)`);
  }
  const { vars } = given;
  const bound = Object.keys(vars).map((key) => [variableName(key), compile(vars[key])] as const);
  const body = compile(given.in);
  return (root, variables) => {
    const scope = new Map(variables);
    let current = root;
    for (const [key, value] of bound) {
      if (key === 'CURRENT') {
        current = value(root, variables);
        scope.set('ROOT', variables.has('ROOT') ? variables.get('ROOT') : root);
      } else {
        scope.set(key, value(root, variables));
      }
    }
    return body(current, scope);
  };
};

const zip: Operator = (argument, name, { compile }) => {
  const given = namedArguments(argument, name, {
    required: ['inputs'],
    optional: ['defaults', 'useLongestLength'],
    codes: [34460, 34464, 34465],
  });
  const { inputs, defaults, useLongestLength: longest = false } = given;
  checkZip(inputs, defaults, longest);
  const columns = (inputs as unknown[]).map(compile);
  const fillers = ((defaults ?? []) as unknown[]).map(compile);
  return (root, variables) => {
    const values = columns.map((column) => column(root, variables));
    if (values.some(isNullish)) {
      return null;
    }
    const arrays = values.map((value) => arrayArgument(value, [34468, '$zip found a non-array expression in input: ']));
    const lengths = arrays.map((array) => array.length);
    const rows = longest ? Math.max(...lengths) : Math.min(...lengths);
    checkItemCount(rows * arrays.length, name);
    const missing = fillers.map((filler) => filler(root, variables) ?? null);
    return Array.from({ length: rows }, (_, row) =>
      arrays.map((array, column) => (row < array.length ? array[row] : (missing[column] ?? null))),
    );
  };
};

function checkZip(inputs: unknown, defaults: unknown, longest: unknown): void {
  if (!Array.isArray(inputs)) {
    throw new CommandError(34461, `inputs must be an array of expressions, found ${typeName(inputs)}`);
  }
  if (inputs.length === 0) {
    throw new CommandError(34465, '$zip requires at least one input array');
  }
  if (defaults !== undefined && !Array.isArray(defaults)) {
    throw new CommandError(34462, `defaults must be an array of expressions, found ${typeName(defaults)}`);
  }
  if (typeof longest !== 'boolean') {
    throw new CommandError(34463, `useLongestLength must be a bool, found ${typeName(longest)}`);
  }
  if (Array.isArray(defaults) && !longest) {
    throw new CommandError(34466, 'cannot specify defaults unless useLongestLength is true');
  }
  if (Array.isArray(defaults) && defaults.length !== inputs.length) {
    throw new CommandError(34467, 'defaults and inputs must have the same length');
  }
}

const sortArray: Operator = (argument, name, compilation) => {
  const given = namedArguments(argument, name, {
    required: ['input', 'sortBy'],
    codes: [2942500, 2942501, [2942502, 2942503]],
  });
  const input: Expression = compilation.compile(given.input);
  const order = elementOrder(given.sortBy, compilation);
  return (root, variables) => {
    const value = input(root, variables);
    if (isNullish(value)) {
      return null;
    }
    return arrayArgument(value, [
      2942504,
      'The input argument to $sortArray must be an array, but was of type: ',
    ]).toSorted(order);
  };
};

function elementOrder(sortBy: unknown, { collation }: Compilation): (left: unknown, right: unknown) => number {
  if (isDocument(sortBy)) {
    const order: DocumentOrder = sorter(sortBy, collation.order);
    const none = document();
    return (left, right) => order(isDocument(left) ? left : none, isDocument(right) ? right : none);
  }
  const direction = toNumber(sortBy);
  if (direction !== 1 && direction !== -1) {
    throw new CommandError(
      2942505,
      'Invalid sortBy: $sort key ordering must be 1 (for ascending) or -1 (for descending)',
    );
  }
  return (left, right) => compare(left, right, collation.order) * direction;
}

/**
 * Operators that evaluate an expression for each element with variables of their own, and their like.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/map/
 */
export const ARRAY_LOOPS: Operators = new Map<string, Operator>([
  ['$filter', filter],
  ['$map', map],
  ['$reduce', reduce],
  ['$let', bind],
  ['$zip', zip],
  ['$sortArray', sortArray],
]);
