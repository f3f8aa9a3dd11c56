import { CommandError } from '../errors.ts';
import { compileExpression, type Expression } from '../expression/compile.ts';
import { compare, typeOrder } from '../values/compare.ts';
import { type Document, document, firstName, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { isNumeric, toNumber, typeName } from '../values/types.ts';
import { accumulatedFields, countField, type Grouping, grouped } from './group.ts';
import { type CompileStage, documentArgument, onlyOptions, type StageCompilation, type Stages } from './stage.ts';

/** What documents are put into buckets by. */
function groupBy(
  value: unknown,
  { expression }: StageCompilation,
  [code, stage]: readonly [number, string],
): Expression {
  const valid = (typeof value === 'string' && value.startsWith('$')) || isDocument(value);
  if (!valid) {
    throw new CommandError(
      code,
      `The ${stage} 'groupBy' field must be defined as a $-prefixed path or an expression, but found: ${show(value)}.`,
    );
  }
  return expression(value);
}

function outputFields(given: Document, compilation: StageCompilation, code: number): Grouping['fields'] {
  if (!('output' in given)) {
    return countField(compilation);
  }
  return accumulatedFields(
    documentArgument(given.output, code, "The 'output' field must be an object, but found type: "),
    compilation,
  );
}

/** A value that no document has to be read for. */
function constant(value: unknown, code: number, what: string): unknown {
  if (typeof value === 'string' && value.startsWith('$')) {
    throw new CommandError(code, `${what}, but found value: ${show(value)}.`);
  }
  return isDocument(value) && firstName(value).startsWith('$')
    ? compileExpression(value)(document(), new Map())
    : value;
}

/** The lower bounds of the buckets and, last, the upper bound of all. */
function boundariesOf(value: unknown, { collation }: StageCompilation): unknown[] {
  if (!Array.isArray(value)) {
    throw new CommandError(
      40200,
      `The $bucket 'boundaries' field must be an array, but found type: ${typeName(value)}.`,
    );
  }
  const bounds = value.map((item) =>
    constant(item, 40191, "The $bucket 'boundaries' field must be an array of constant values"),
  );
  if (bounds.length < 2) {
    throw new CommandError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${bounds.length} value(s).`,
    );
  }
  for (const [index, bound] of bounds.slice(1).entries()) {
    const lower = bounds[index];
    if (typeOrder(lower) !== typeOrder(bound)) {
      throw new CommandError(
        40193,
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${typeName(lower)} and ${typeName(bound)}.`,
      );
    }
    if (compare(lower, bound, collation.order) >= 0) {
      throw new CommandError(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${index} and ${index + 1} are not in ascending order (${show(lower)} is not less than ${show(bound)}).`,
      );
    }
  }
  return bounds;
}

function defaultBucket(given: Document, bounds: readonly unknown[], { collation }: StageCompilation): unknown {
  if (!('default' in given)) {
    return undefined;
  }
  const value = constant(given.default, 40195, "The $bucket 'default' field must be a constant");
  const below = compare(value, bounds[0], collation.order) < 0;
  if (!below && compare(value, bounds.at(-1), collation.order) < 0) {
    throw new CommandError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
  return value;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/bucket/ */
const bucket: CompileStage = (spec, _, compilation) => {
  const given = documentArgument(spec, 40201, 'Argument to $bucket stage must be an object, but found type: ');
  onlyOptions(given, ['groupBy', 'boundaries', 'default', 'output'], [40197, 'Unrecognized option to $bucket: ']);
  if (!('groupBy' in given) || !('boundaries' in given)) {
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  const value = groupBy(given.groupBy, compilation, [40202, '$bucket']);
  const bounds = boundariesOf(given.boundaries, compilation);
  const fallback = defaultBucket(given, bounds, compilation);
  const texts = compilation.collation.order;
  const id: Grouping['id'] = (from, variables) => {
    const found = value(from, variables);
    const above = bounds.findIndex((bound) => compare(found, bound, texts) < 0);
    if (above > 0) {
      return bounds[above - 1];
    }
    if (fallback === undefined) {
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    }
    return fallback;
  };
  const stage = grouped({ id, fields: outputFields(given, compilation, 40196) }, compilation);
  return (documents, context) =>
    [...stage(documents, context)].sort((left, right) => compare(left._id, right._id, texts));
};

function bucketCount(value: unknown): number {
  if (!isNumeric(value)) {
    throw new CommandError(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${typeName(value)}.`,
    );
  }
  const count = toNumber(value);
  if (!Number.isInteger(count)) {
    throw new CommandError(
      40242,
      `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${show(value)}.`,
    );
  }
  if (count <= 0) {
    throw new CommandError(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${count}.`);
  }
  return count;
}

/** A document with the value that it is ordered by. */
interface Ranked {
  value: unknown;
  from: Document;
}

/** Even shares of what is in order; equal values stay together, and the last share takes what is left. */
function shares(ranked: readonly Ranked[], count: number, same: (left: Ranked, right: Ranked) => boolean): Ranked[][] {
  const size = Math.max(1, Math.round(ranked.length / count));
  const made: Ranked[][] = [];
  let start = 0;
  while (start < ranked.length) {
    let end = made.length === count - 1 ? ranked.length : Math.min(ranked.length, start + size);
    while (end < ranked.length && same(ranked[end - 1] as Ranked, ranked[end] as Ranked)) {
      end++;
    }
    made.push(ranked.slice(start, end));
    start = end;
  }
  return made;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/bucketAuto/ */
const bucketAuto: CompileStage = (spec, name, compilation) => {
  const given = documentArgument(spec, 40240, 'The argument to $bucketAuto must be an object, but found type: ');
  onlyOptions(given, ['groupBy', 'buckets', 'output', 'granularity'], [40245, 'Unrecognized option to $bucketAuto: ']);
  if (!('groupBy' in given) || !('buckets' in given)) {
    throw new CommandError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  }
  if ('granularity' in given) {
    throw new CommandError(238, `This server does not have the option 'granularity' of ${name}.`);
  }
  const value = groupBy(given.groupBy, compilation, [40239, '$bucketAuto']);
  const count = bucketCount(given.buckets);
  const fields = outputFields(given, compilation, 40244);
  const order = (left: Ranked, right: Ranked): number => compare(left.value, right.value, compilation.collation.order);
  return function* (documents, context) {
    const ranked = [...documents].map((from) => ({ from, value: value(from, context.variables) ?? null })).sort(order);
    const buckets = shares(ranked, count, (left, right) => order(left, right) === 0);
    for (const [index, bucket] of buckets.entries()) {
      const max = buckets[index + 1]?.[0] ?? bucket.at(-1);
      const id = document([
        ['min', bucket[0]?.value],
        ['max', max?.value],
      ]);
      const whole = grouped({ id: () => id, fields }, compilation);
      yield* whole(
        bucket.map(({ from }) => from),
        context,
      );
    }
  };
};

export const BUCKET_STAGES: Stages = new Map([
  ['$bucket', { compile: bucket }],
  ['$bucketAuto', { compile: bucketAuto }],
]);
