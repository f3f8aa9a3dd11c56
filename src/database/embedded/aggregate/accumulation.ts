import { CommandError } from '../errors.ts';
import { ACCUMULATORS } from '../expression/accumulators.ts';
import type { Expression, Variables } from '../expression/compile.ts';
import { namedArguments } from '../expression/operator.ts';
import {
  checkMethod,
  percentile,
  SELECTIONS,
  selectionCount,
  shares,
  sortedNumbers,
} from '../expression/selections.ts';
import { type Document, firstName, isDocument } from '../values/document.ts';
import { sorter } from '../values/sort.ts';
import type { StageCompilation } from './stage.ts';

/** Makes one value of the documents of a group. */
export interface Accumulation {
  add(from: Document, variables: Variables): void;
  result(): unknown;
}

/** Starts an accumulation for a group of this `_id`, which `n` may depend on. */
export type StartAccumulation = (id: unknown, variables: Variables) => Accumulation;

type CompileAccumulation = (argument: unknown, name: string, compilation: StageCompilation) => StartAccumulation;

/**
 * Compiles a field of `$group`, such as `{ total: { $sum: '$price' } }`.
 *
 * @throws CommandError 40234 to 40238 for its form, 15952 for an unknown accumulator
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/#accumulator-operator
 */
export function compileAccumulation(field: string, spec: unknown, compilation: StageCompilation): StartAccumulation {
  if (field.includes('.')) {
    throw new CommandError(40235, `The field name '${field}' cannot contain '.'`);
  }
  if (field.startsWith('$')) {
    throw new CommandError(40236, `The field name '${field}' cannot be an operator name`);
  }
  if (!isDocument(spec) || Object.keys(spec).length === 0) {
    throw new CommandError(40234, `The field '${field}' must be an accumulator object`);
  }
  if (Object.keys(spec).length !== 1) {
    throw new CommandError(40238, `The field '${field}' must specify one accumulator`);
  }
  const name = firstName(spec);
  return accumulationOf(spec[name], name, compilation);
}

/** An accumulator with its argument. */
export const accumulationOf: CompileAccumulation = (argument, name, compilation) => {
  const compile = SPECIAL.get(name) ?? (ACCUMULATORS.has(name) ? ofOneValue : undefined);
  if (name === '$accumulator') {
    throw new CommandError(238, '$accumulator runs JavaScript, which this server does not do. Use other accumulators.');
  }
  if (!compile) {
    throw new CommandError(15952, `unknown group operator '${name}'`);
  }
  if (Array.isArray(argument)) {
    throw new CommandError(40237, `The ${name} accumulator is a unary operator`);
  }
  return compile(argument, name, compilation);
};

const ofOneValue: CompileAccumulation = (argument, name, { expression, collation }) => {
  const value = expression(argument);
  const start = ACCUMULATORS.get(name);
  return () => {
    const accumulator = start?.(collation);
    return {
      add: (from, variables) => accumulator?.add(value(from, variables)),
      result: () => accumulator?.result(),
    };
  };
};

const count: CompileAccumulation = (argument) => {
  if (!isDocument(argument) || Object.keys(argument).length > 0) {
    throw new CommandError(14, '$count takes no arguments, i.e. $count:{}');
  }
  return () => {
    let counted = 0;
    return {
      add: () => {
        counted++;
      },
      result: () => counted,
    };
  };
};

/** All values of an expression, made one at the end. */
function collecting(value: Expression, finish: (values: readonly unknown[]) => unknown): Accumulation {
  const values: unknown[] = [];
  return {
    add: (from, variables) => {
      const found = value(from, variables);
      values.push(found === undefined ? null : found);
    },
    result: () => finish(values),
  };
}

const select: CompileAccumulation = (argument, name, { expression, collation }) => {
  const given = namedArguments(argument, name, {
    required: ['input', 'n'],
    codes: [5787900, 5787901, [5787907, 5787906]],
  });
  const [input, n] = [expression(given.input), expression(given.n)];
  const pick = SELECTIONS.get(name);
  return (id, variables) => {
    const count = selectionCount(n(id, variables));
    return collecting(input, (values) => pick?.(values, count, collation.order));
  };
};

/** `$top`, `$bottom`, `$topN`, `$bottomN`: what documents at an end of an order have. */
function ranked(end: 'top' | 'bottom', many: boolean): CompileAccumulation {
  return (argument, name, { expression, collation }) => {
    const given = namedArguments(argument, name, {
      required: many ? ['sortBy', 'output', 'n'] : ['sortBy', 'output'],
      codes: [5788001, 5788002, [5788005, 5788004, 5788003]],
    });
    if (!isDocument(given.sortBy)) {
      throw new CommandError(10065, `invalid parameter: expected an object (sortBy)`);
    }
    const order = sorter(given.sortBy, collation.order);
    const output = expression(given.output);
    const n = expression(many ? given.n : 1);
    return (id, variables) => {
      const most = selectionCount(n(id, variables));
      const documents: Document[] = [];
      return {
        add: (from) => {
          documents.push(from);
        },
        result: () => {
          const sorted = documents.toSorted(order);
          const chosen = end === 'top' ? sorted.slice(0, most) : sorted.slice(-most);
          const values = chosen.map((from) => output(from, variables) ?? null);
          return many ? values : (values[0] ?? null);
        },
      };
    };
  };
}

const percentiles: CompileAccumulation = (argument, name, { expression }) => {
  const given = namedArguments(argument, name, {
    required: ['input', 'p', 'method'],
    codes: [7429703, 40415, 40414],
  });
  checkMethod(given.method);
  const [input, p] = [expression(given.input), expression(given.p)];
  return (id, variables) => {
    const wanted = shares(p(id, variables));
    return collecting(input, (values) => {
      const numbers = sortedNumbers(values);
      return wanted.map((share) => percentile(numbers, share));
    });
  };
};

const median: CompileAccumulation = (argument, name, { expression }) => {
  const given = namedArguments(argument, name, { required: ['input', 'method'], codes: [7436100, 40415, 40414] });
  checkMethod(given.method);
  const input = expression(given.input);
  return () => collecting(input, (values) => percentile(sortedNumbers(values), 0.5));
};

/** Accumulators that take more than one expression, or none. */
const SPECIAL: ReadonlyMap<string, CompileAccumulation> = new Map<string, CompileAccumulation>([
  ['$count', count],
  ['$firstN', select],
  ['$lastN', select],
  ['$maxN', select],
  ['$minN', select],
  ['$top', ranked('top', false)],
  ['$bottom', ranked('bottom', false)],
  ['$topN', ranked('top', true)],
  ['$bottomN', ranked('bottom', true)],
  ['$percentile', percentiles],
  ['$median', median],
]);
