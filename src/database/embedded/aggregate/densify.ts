import { CommandError } from '../errors.ts';
import { addUnits, unitOf } from '../expression/date-arithmetic.ts';
import { fieldPath } from '../expression/field-path.ts';
import { UTC } from '../expression/zone.ts';
import { compare } from '../values/compare.ts';
import { type Document, document, fieldsOf, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { arithmetic } from '../values/number.ts';
import { valueAt, withValueAt } from '../values/path.ts';
import { isNullish, isNumeric, type Numeric, toNumber, typeName } from '../values/types.ts';
import { type CompileStage, documentArgument, onlyOptions, type Stages, textOption } from './stage.ts';

/** Most documents that the stage makes, as in the server. */
const MAX_GENERATED = 500_000;

/** What is densified: numbers, or dates by a unit. */
type Point = Numeric | Date;

interface Densification {
  field: string;
  partitionFields: readonly string[];
  bounds: 'full' | 'partition' | readonly [Point, Point];
  next(point: Point): Point;
  checked(value: unknown): Point;
}

function densification(spec: unknown): Densification {
  const given = documentArgument(spec, 5733201, 'The $densify stage specification must be an object, found ');
  onlyOptions(given, ['field', 'partitionByFields', 'range'], [40415, 'BSON field is unknown to $densify: ']);
  const field = fieldPath(textOption(given.field, 40414, "BSON field '$densify.field' must be a string, found ")).join(
    '.',
  );
  const range = documentArgument(given.range, 40414, "BSON field '$densify.range' must be an object, found ");
  onlyOptions(range, ['step', 'unit', 'bounds'], [40415, 'BSON field is unknown to $densify.range: ']);
  const unit = 'unit' in range ? unitOf(range.unit, 9, '$densify') : undefined;
  const checked = (value: unknown): Point => pointOf(value, unit);
  return {
    field,
    partitionFields: partitionFields(given.partitionByFields),
    bounds: boundsOf(range.bounds, checked),
    next: stepper(range.step, unit),
    checked,
  };
}

function partitionFields(value: unknown = []): string[] {
  if (!Array.isArray(value)) {
    throw new CommandError(14, `BSON field '$densify.partitionByFields' must be an array, found ${typeName(value)}`);
  }
  return value.map((field) => fieldPath(String(field)).join('.'));
}

function pointOf(value: unknown, unit: string | undefined): Point {
  if (unit === undefined && isNumeric(value)) {
    return value;
  }
  if (unit !== undefined && value instanceof Date) {
    return value;
  }
  throw new CommandError(
    unit === undefined ? 5733201 : 6053600,
    `$densify field type must be ${unit === undefined ? 'numeric' : 'a date'}, but found ${typeName(value)}`,
  );
}

function boundsOf(value: unknown, checked: (value: unknown) => Point): Densification['bounds'] {
  if (value === 'full' || value === 'partition') {
    return value;
  }
  if (!Array.isArray(value) || value.length !== 2) {
    throw new CommandError(
      5733403,
      "the bounds in a range statement must be 'full', 'partition' or a two-element array",
    );
  }
  return [checked(value[0]), checked(value[1])];
}

function stepper(step: unknown, unit: string | undefined): Densification['next'] {
  if (!isNumeric(step) || !(toNumber(step) > 0)) {
    throw new CommandError(
      5733401,
      'the step parameter in a range statement must be a strictly positive numeric value',
    );
  }
  const amount = toNumber(step);
  if (unit !== undefined && !Number.isInteger(amount)) {
    throw new CommandError(
      6586400,
      "The step parameter in a range statement must be a whole number when 'unit' is specified",
    );
  }
  return (point) =>
    point instanceof Date ? addUnits(point, unit ?? 'day', { amount, zone: UTC }) : arithmetic('+', [point, step]);
}

/** Where the documents of a partition are filled: from the first point up to the last one, with it or without. */
interface Range {
  start: Point;
  end: Point;
  inclusive: boolean;
}

function* filled(documents: readonly Document[], range: Range, { field, next }: Densification): Iterable<Document> {
  const [sample] = documents;
  let point = range.start;
  for (const from of documents) {
    const value = valueAt(from, field);
    while (compare(point, value) < 0 && isWithin(point, range)) {
      yield withValueAt(document(), field, point);
      point = next(point);
    }
    if (compare(point, value) === 0) {
      point = next(point);
    }
    yield from;
  }
  while (sample && isWithin(point, range)) {
    yield withValueAt(document(), field, point);
    point = next(point);
  }
}

function isWithin(point: Point, { end, inclusive }: Range): boolean {
  const order = compare(point, end);
  return order < 0 || (inclusive && order === 0);
}

/**
 * `$densify`: documents where a sequence of numbers or dates has gaps.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/densify/
 */
const densify: CompileStage = (spec) => {
  const wanted = densification(spec);
  const { field, partitionFields: by, bounds } = wanted;
  return function* (documents) {
    const all = [...documents];
    const without = all.filter((from) => isNullish(valueAt(from, field)));
    const sorted = all
      .filter((from) => !isNullish(valueAt(from, field)))
      .sort((left, right) => compare(wanted.checked(valueAt(left, field)), wanted.checked(valueAt(right, field))));
    yield* without;
    let generated = 0;
    for (const partition of partitionsOf(sorted, by)) {
      const range = rangeOf(bounds, bounds === 'full' ? sorted : partition, field);
      const present = new Set(partition);
      for (const from of filled(partition, range, wanted)) {
        generated += present.has(from) ? 0 : 1;
        if (generated > MAX_GENERATED) {
          throw new CommandError(
            5897900,
            `Generated ${generated} documents in $densify, which is over the limit of ${MAX_GENERATED}.`,
          );
        }
        yield present.has(from) ? from : withPartition(from, partition[0], by);
      }
    }
  };
};

function rangeOf(bounds: Densification['bounds'], documents: readonly Document[], field: string): Range {
  if (typeof bounds !== 'string') {
    return { start: bounds[0], end: bounds[1], inclusive: false };
  }
  return {
    start: valueAt(documents[0], field) as Point,
    end: valueAt(documents.at(-1), field) as Point,
    inclusive: true,
  };
}

function partitionsOf(documents: readonly Document[], fields: readonly string[]): Document[][] {
  const partitions = new Map<string, Document[]>();
  for (const from of documents) {
    const key = identity(fields.map((field) => valueAt(from, field)));
    const partition = partitions.get(key) ?? [];
    partition.push(from);
    partitions.set(key, partition);
  }
  return [...partitions.values()];
}

function withPartition(made: Document, sample: Document | undefined, fields: readonly string[]): Document {
  return fields.reduceRight((from, field) => {
    const value = isDocument(sample) ? valueAt(sample, field) : undefined;
    return value === undefined ? from : fieldsOf(withValueAt(document(), field, value), from);
  }, made);
}

export const DENSIFY_STAGES: Stages = new Map([['$densify', { compile: densify }]]);
