import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/compile.ts';
import { namedArguments } from '../expression/operator.ts';
import { type Document, document, fieldsOf, firstName, isDocument } from '../values/document.ts';
import { valueAt } from '../values/path.ts';
import type { DocumentOrder } from '../values/sort.ts';
import { double, isNullish, isNumeric, toNumber } from '../values/types.ts';
import { accumulationOf } from './accumulation.ts';
import type { StageCompilation } from './stage.ts';
import { compileWindow } from './window-bounds.ts';

/** The values of a window function for all documents of a partition, which is in order. */
export type WindowFunction = (partition: readonly Document[], variables: Variables) => unknown[];

/** The order of the documents in each partition. */
export interface Ordering {
  sortBy: Document;
  order: DocumentOrder;
}

/** What a window function is compiled with. */
export interface WindowCompilation extends StageCompilation {
  ordering: Ordering | undefined;
}

type CompileFunction = (argument: unknown, name: string, compilation: WindowCompilation) => WindowFunction;

const FAILED_TO_PARSE = 9;

/**
 * Compiles a field of the output of `$setWindowFields`, such as `{ $sum: '$n', window: { documents: [-1, 0] } }`.
 *
 * @throws CommandError 9 for an unknown function
 */
export function compileWindowFunction(spec: unknown, compilation: WindowCompilation): WindowFunction {
  if (!isDocument(spec)) {
    throw new CommandError(FAILED_TO_PARSE, 'The field of a window function must be an object');
  }
  const { window, ...functions } = spec;
  const given = fieldsOf(functions);
  const name = firstName(given);
  if (Object.keys(given).length !== 1) {
    throw new CommandError(FAILED_TO_PARSE, 'Expected exactly one window function');
  }
  const ordered = ORDERED.get(name);
  if (ordered && window !== undefined) {
    throw new CommandError(5371601, `${name} does not accept a 'window' field`);
  }
  return ordered ? ordered(given[name], name, compilation) : overWindow(spec, name, compilation);
}

/** An accumulator over the window of each document. */
function overWindow(spec: Document, name: string, compilation: WindowCompilation): WindowFunction {
  const start = knownAccumulation(spec[name], name, compilation);
  const window = compileWindow(spec.window, compilation.ordering?.sortBy);
  return (partition, variables) => {
    let accumulation = start(null, variables);
    let last = { start: 0, end: 0 };
    return partition.map((_, position) => {
      const span = window(partition, position);
      if (span.start !== last.start || span.end < last.end) {
        accumulation = start(null, variables);
        last = { start: span.start, end: span.start };
      }
      for (const from of partition.slice(last.end, span.end)) {
        accumulation.add(from, variables);
      }
      last = span;
      return snapshot(accumulation.result());
    });
  };
}

function knownAccumulation(
  argument: unknown,
  name: string,
  compilation: WindowCompilation,
): ReturnType<typeof accumulationOf> {
  try {
    return accumulationOf(argument, name, compilation);
  } catch (error) {
    throw error instanceof CommandError && error.code === 15952
      ? new CommandError(FAILED_TO_PARSE, `Unrecognized window function, ${name}`)
      : error;
  }
}

/** A list that is still being added to, as it is now. */
function snapshot(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [...value];
  }
  return isDocument(value) ? fieldsOf(value) : (value ?? null);
}

/** `$rank`, `$denseRank`, `$documentNumber`. */
function ranking(next: (rank: { last: number; position: number; tied: boolean }) => number): CompileFunction {
  return (argument, name, { ordering }) => {
    if (!isDocument(argument) || Object.keys(argument).length > 0) {
      throw new CommandError(5371603, `${name} must be specified with '{}' as the value`);
    }
    const { order } = required(ordering, name);
    return (partition) => {
      let last = 0;
      return partition.map((from, position) => {
        const before = partition[position - 1];
        last = next({ last, position, tied: before !== undefined && order(before, from) === 0 });
        return last;
      });
    };
  };
}

function required(ordering: Ordering | undefined, name: string): Ordering {
  if (!ordering) {
    throw new CommandError(
      5371602,
      `${name} must be specified with a top level sortBy expression with exactly one element`,
    );
  }
  return ordering;
}

const shift: CompileFunction = (argument, name, { expression, ordering }) => {
  const given = namedArguments(argument, name, {
    required: ['output', 'by'],
    optional: ['default'],
    codes: [FAILED_TO_PARSE, FAILED_TO_PARSE, FAILED_TO_PARSE],
  });
  required(ordering, name);
  const by = toNumber(given.by);
  if (!Number.isInteger(by)) {
    throw new CommandError(FAILED_TO_PARSE, "'$shift:by' field must be an integer, but found a value that is none");
  }
  const [output, otherwise] = [expression(given.output), expression(given.default ?? null)];
  return (partition, variables) =>
    partition.map((_, position) => {
      const from = partition[position + by];
      const value = from ? output(from, variables) : otherwise(document(), variables);
      return value ?? null;
    });
};

/** `$locf`: the last value that is not null. */
const carryForward: CompileFunction = (argument, _, { expression }) => {
  const value = expression(argument);
  return (partition, variables) => {
    let last: unknown = null;
    return partition.map((from) => {
      last = value(from, variables) ?? last;
      return last;
    });
  };
};

/** `$linearFill`: between two values, on the line that joins them. */
const interpolate: CompileFunction = (argument, name, { expression, ordering }) => {
  const value = expression(argument);
  const [path = '', ...others] = Object.keys(required(ordering, name).sortBy);
  if (others.length > 0) {
    throw new CommandError(
      605001,
      `${name} must be specified with a top level sortBy expression with exactly one element`,
    );
  }
  return (partition, variables) => {
    const points = partition.map((from) => ({ x: position(valueAt(from, path)), y: value(from, variables) }));
    const after = nextKnown(points);
    let before: Point | undefined;
    return points.map((point, index) => {
      before = isNumeric(point.y) ? point : before;
      return isNullish(point.y) ? between(before, after[index], point.x) : point.y;
    });
  };
};

interface Point {
  x: number;
  y: unknown;
}

/** For each point the first one from it on that has a number. */
function nextKnown(points: readonly Point[]): (Point | undefined)[] {
  let next: Point | undefined;
  const found = points.toReversed().map((point) => {
    next = isNumeric(point.y) ? point : next;
    return next;
  });
  return found.reverse();
}

function between(before: Point | undefined, after: Point | undefined, x: number): unknown {
  if (!before || !after) {
    return null;
  }
  const [low, high] = [toNumber(before.y), toNumber(after.y)];
  return double(low + ((high - low) * (x - before.x)) / (after.x - before.x));
}

function position(value: unknown): number {
  return value instanceof Date ? value.getTime() : toNumber(value);
}

/** Functions that depend on the order and take no window. */
const ORDERED: ReadonlyMap<string, CompileFunction> = new Map<string, CompileFunction>([
  ['$rank', ranking(({ last, position, tied }) => (tied ? last : position + 1))],
  ['$denseRank', ranking(({ last, tied }) => (tied ? last : last + 1))],
  ['$documentNumber', ranking(({ position }) => position + 1)],
  ['$shift', shift],
  ['$locf', carryForward],
  ['$linearFill', interpolate],
]);
