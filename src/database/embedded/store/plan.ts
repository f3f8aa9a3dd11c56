import { BSONRegExp } from 'bson';
import { isOperators } from '../query/field.ts';
import type { Collation } from '../values/collation.ts';
import { type Document, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { isNullish } from '../values/types.ts';
import type { Collection } from './collection.ts';
import type { Bounds, SecondaryIndex } from './secondary-index.ts';

/** How a filter finds its documents. */
export type Plan =
  | { kind: 'id'; id: string }
  | { kind: 'index'; index: SecondaryIndex; bounds: Bounds[]; fields: string[] }
  | { kind: 'scan' };

/** What a filter says of one field, as far as an index can use it. */
interface Constraint {
  /** The field is one of these values. */
  values?: unknown[];
  from?: unknown;
  to?: unknown;
}

/** Chooses an index for a filter: `_id` first, then the index with the longest prefix of the filter's fields. */
export function planFor(collection: Collection, filter: Document, collation: Collation): Plan {
  const constraints = constraintsOf(filter);
  const id = constraints.get('_id')?.values;
  if (id?.length === 1) {
    return { kind: 'id', id: identity(id[0]) };
  }
  const plans = collection.indexes.flatMap((index) => indexPlan(index, constraints, collation));
  return plans.reduce<Plan>(
    (best, plan) => (best.kind === 'index' && best.fields.length >= plan.fields.length ? best : plan),
    { kind: 'scan' },
  );
}

/** The documents that a plan leads to: all that match, and maybe more. */
export function* candidates(collection: Collection, plan: Plan): Iterable<Document> {
  const { documents } = collection;
  if (plan.kind === 'scan') {
    yield* documents.values();
    return;
  }
  const ids =
    plan.kind === 'id' ? [plan.id] : new Set(plan.bounds.flatMap((bounds) => [...plan.index.find(documents, bounds)]));
  for (const id of ids) {
    const found = documents.get(id);
    if (found) {
      yield found;
    }
  }
}

function indexPlan(
  index: SecondaryIndex,
  constraints: ReadonlyMap<string, Constraint>,
  collation: Collation,
): Extract<Plan, { kind: 'index' }>[] {
  if (!index.complete || index.collation.fold !== collation.fold || index.collation.order !== collation.order) {
    return [];
  }
  let bounds: Bounds[] = [{ equal: [] }];
  const fields: string[] = [];
  for (const field of index.fields) {
    const constraint = constraints.get(field);
    if (!constraint || bounds.length > 1000) {
      break;
    }
    fields.push(field);
    const { values } = constraint;
    if (!values) {
      bounds = bounds.map((bound) => ({ ...bound, ...rangeOf(constraint, index) }));
      break;
    }
    bounds = bounds.flatMap(({ equal }) => values.map((value) => ({ equal: [...equal, value] })));
  }
  return fields.length > 0 ? [{ kind: 'index', index, bounds, fields }] : [];
}

/** In an array one element may be above the lower bound and another below the upper one, so only one of them holds. */
function rangeOf({ from, to }: Constraint, { multikey }: SecondaryIndex): Pick<Bounds, 'from' | 'to'> {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined || (multikey && from !== undefined) ? {} : { to }),
  };
}

function constraintsOf(filter: Document): Map<string, Constraint> {
  const found = new Map<string, Constraint>();
  for (const name of Object.keys(filter)) {
    const value = filter[name];
    if (name === '$and' && Array.isArray(value)) {
      for (const [field, constraint] of value.filter(isDocument).flatMap((part) => [...constraintsOf(part)])) {
        found.set(field, found.get(field) ?? constraint);
      }
    } else if (!name.startsWith('$')) {
      const constraint = constraintOf(value);
      if (constraint) {
        found.set(name, constraint);
      }
    }
  }
  return found;
}

function constraintOf(value: unknown): Constraint | undefined {
  if (!isOperators(value)) {
    return indexable(value) ? { values: [value] } : undefined;
  }
  if (indexable(value.$eq)) {
    return { values: [value.$eq] };
  }
  if (Array.isArray(value.$in) && value.$in.every(indexable)) {
    return { values: value.$in };
  }
  const from = [value.$gt, value.$gte].find(indexable);
  const to = [value.$lt, value.$lte].find(indexable);
  return from === undefined && to === undefined ? undefined : { from, to };
}

/** Null also means missing, an array also its elements, an expression many values: those are read by a scan. */
function indexable(value: unknown): boolean {
  return !isNullish(value) && !Array.isArray(value) && !(value instanceof BSONRegExp);
}
