import { CommandError } from '../errors.ts';
import { addUnits, unitOf } from '../expression/date-arithmetic.ts';
import { UTC } from '../expression/zone.ts';
import { type Document, isDocument } from '../values/document.ts';
import { valueAt } from '../values/path.ts';
import { isNumeric, toNumber, typeName } from '../values/types.ts';
import { onlyOptions } from './stage.ts';

/** Documents of a partition that a window spans: from `start` up to, but without, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** The window of the document at a position in its partition, which is in order. */
export type Window = (partition: readonly Document[], position: number) => Span;

type Bound = 'unbounded' | 'current' | number;

const FAILED_TO_PARSE = 9;

const WHOLE: Window = (partition) => ({ start: 0, end: partition.length });

/**
 * Compiles `window: { documents: [-1, 'current'] }` or `window: { range: [-10, 10], unit: 'day' }`; all of the
 * partition without one.
 *
 * @throws CommandError 9 for its form, 5339901 and 5339902 for a window that needs another order
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setWindowFields/
 */
export function compileWindow(spec: unknown, sortBy: Document | undefined): Window {
  if (spec === undefined) {
    return WHOLE;
  }
  if (!isDocument(spec)) {
    throw new CommandError(FAILED_TO_PARSE, "'window' field must be an object");
  }
  onlyOptions(
    spec,
    ['documents', 'range', 'unit'],
    [FAILED_TO_PARSE, "'window' field that contains an unknown argument: "],
  );
  if ('documents' in spec && 'range' in spec) {
    throw new CommandError(FAILED_TO_PARSE, 'Window bounds can specify either documents or range, not both.');
  }
  if ('range' in spec) {
    return rangeWindow(spec, sortBy);
  }
  return 'documents' in spec ? documentsWindow(boundsOf(spec.documents), sortBy) : WHOLE;
}

function boundsOf(value: unknown): readonly [Bound, Bound] {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new CommandError(FAILED_TO_PARSE, 'Window bounds must be a 2-element array');
  }
  const [lower, upper] = value.map(boundOf) as [Bound, Bound];
  if (rank(lower, -1) > rank(upper, 1)) {
    throw new CommandError(5339900, 'Lower bound must not exceed upper bound');
  }
  return [lower, upper];
}

function boundOf(value: unknown): Bound {
  if (value === 'unbounded' || value === 'current') {
    return value;
  }
  if (!isNumeric(value)) {
    throw new CommandError(
      FAILED_TO_PARSE,
      `Window bounds must be 'unbounded', 'current', or a number, not ${typeName(value)}`,
    );
  }
  return toNumber(value);
}

function rank(bound: Bound, side: 1 | -1): number {
  return bound === 'unbounded' ? side * Number.POSITIVE_INFINITY : bound === 'current' ? 0 : bound;
}

function documentsWindow(bounds: readonly [Bound, Bound], sortBy: Document | undefined): Window {
  const [lower, upper] = [rank(bounds[0], -1), rank(bounds[1], 1)];
  if (!sortBy && (Number.isFinite(lower) || Number.isFinite(upper))) {
    throw new CommandError(5339901, 'Document-based bounds require a sortBy');
  }
  if (bounds.some((bound) => typeof bound === 'number' && !Number.isInteger(bound))) {
    throw new CommandError(FAILED_TO_PARSE, 'Numeric document-based bounds must be an integer');
  }
  return ({ length }, position) => {
    const start = Math.min(length, Math.max(0, position + lower));
    return { start, end: Math.max(start, Math.min(length, position + upper + 1)) };
  };
}

function rangeWindow(spec: Document, sortBy: Document | undefined): Window {
  const bounds = boundsOf(spec.range);
  const [path, ...others] = Object.keys(sortBy ?? {});
  if (path === undefined || others.length > 0 || toNumber(sortBy?.[path]) !== 1) {
    throw new CommandError(5339902, 'Range-based bounds require sortBy a single field in ascending order');
  }
  const unit = 'unit' in spec ? unitOf(spec.unit, FAILED_TO_PARSE, '$setWindowFields') : undefined;
  return (partition, position) => {
    const center = valueAt(partition[position], path);
    const limits = bounds.map((bound, side) => limitOf(center, bound, { unit, side: side === 0 ? -1 : 1 }));
    const [lower = 0, upper = 0] = limits;
    let { start, end } = { start: position, end: position + 1 };
    while (start > 0 && keyOf(valueAt(partition[start - 1], path), unit) >= lower) {
      start--;
    }
    while (end < partition.length && keyOf(valueAt(partition[end], path), unit) <= upper) {
      end++;
    }
    while (start < end && keyOf(valueAt(partition[start], path), unit) < lower) {
      start++;
    }
    while (end > start && keyOf(valueAt(partition[end - 1], path), unit) > upper) {
      end--;
    }
    return { start, end };
  };
}

/** The value that an order is reckoned by: milliseconds for dates, when there is a unit. */
function keyOf(value: unknown, unit: string | undefined): number {
  if (unit === undefined ? !isNumeric(value) : !(value instanceof Date)) {
    throw new CommandError(
      unit === undefined ? 5429414 : 5429513,
      `Invalid range: Expected the sortBy field to be ${unit === undefined ? 'a number' : 'a date'}, but it was ${typeName(value)}`,
    );
  }
  return value instanceof Date ? value.getTime() : toNumber(value);
}

function limitOf(center: unknown, bound: Bound, { unit, side }: { unit: string | undefined; side: 1 | -1 }): number {
  const key = keyOf(center, unit);
  if (typeof bound !== 'number') {
    return key + rank(bound, side);
  }
  return unit === undefined ? key + bound : addUnits(center as Date, unit, { amount: bound, zone: UTC }).getTime();
}
