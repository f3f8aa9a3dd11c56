import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/compile.ts';
import { type Document, document, fieldsOf, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { type Accumulation, compileAccumulation, type StartAccumulation } from './accumulation.ts';
import type { CompileStage, Stage, StageCompilation, Stages } from './stage.ts';

/** How documents are grouped. */
export interface Grouping {
  id(from: Document, variables: Variables): unknown;
  fields: readonly (readonly [name: string, start: StartAccumulation])[];
}

interface Group {
  id: unknown;
  accumulations: readonly (readonly [name: string, accumulation: Accumulation])[];
}

/** The stage of a grouping: groups in the order in which their first documents come. */
export function grouped({ id, fields }: Grouping, { collation }: StageCompilation): Stage {
  return function* (documents, { variables }) {
    const groups = new Map<string, Group>();
    for (const from of documents) {
      const found = id(from, variables) ?? null;
      const key = identity(found, collation.fold);
      const group = groups.get(key) ?? started(found);
      groups.set(key, group);
      for (const [, accumulation] of group.accumulations) {
        accumulation.add(from, variables);
      }
    }
    for (const group of groups.values()) {
      yield finished(group);
    }

    function started(found: unknown): Group {
      return {
        id: found,
        accumulations: fields.map(([name, start]) => [name, start(found, variables)] as const),
      };
    }
  };
}

function finished({ id, accumulations }: Group): Document {
  const made = document([['_id', id]]);
  for (const [name, accumulation] of accumulations) {
    made[name] = accumulation.result() ?? null;
  }
  return made;
}

/** The accumulators of a specification by the fields that they make. */
export function accumulatedFields(spec: Document, compilation: StageCompilation): Grouping['fields'] {
  return Object.keys(spec).map((name) => [name, compileAccumulation(name, spec[name], compilation)] as const);
}

/** `{ count: { $sum: 1 } }`, which several stages have without being told. */
export function countField(compilation: StageCompilation): Grouping['fields'] {
  return [['count', compileAccumulation('count', document([['$sum', 1]]), compilation)]];
}

const group: CompileStage = (spec, _, compilation) => {
  if (!isDocument(spec)) {
    throw new CommandError(15947, "a group's fields must be specified in an object");
  }
  if (!('_id' in spec)) {
    throw new CommandError(15955, 'a group specification must include an _id');
  }
  const { _id: id, ...others } = spec;
  const fields = accumulatedFields(fieldsOf(others), compilation);
  return grouped({ id: compilation.expression(id), fields }, compilation);
};

const sortByCount: CompileStage = (spec, name, compilation) => {
  const valid = (typeof spec === 'string' && spec.startsWith('$')) || isDocument(spec);
  if (!valid) {
    throw new CommandError(40148, `the sortByCount field must be a $-prefixed path or an expression object in ${name}`);
  }
  const stage = grouped({ id: compilation.expression(spec), fields: countField(compilation) }, compilation);
  return (documents, context) =>
    [...stage(documents, context)].sort((left, right) => Number(right.count) - Number(left.count));
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/ */
export const GROUP_STAGES: Stages = new Map([
  ['$group', { compile: group }],
  ['$sortByCount', { compile: sortByCount }],
]);
