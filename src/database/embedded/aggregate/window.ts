import { CommandError } from '../errors.ts';
import type { Expression } from '../expression/compile.ts';
import { compare } from '../values/compare.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { withValueAt } from '../values/path.ts';
import { sorter } from '../values/sort.ts';
import { typeName } from '../values/types.ts';
import { type CompileStage, documentArgument, onlyOptions, type StageCompilation, type Stages } from './stage.ts';
import { compileWindowFunction, type Ordering } from './window-functions.ts';

const FAILED_TO_PARSE = 9;

function orderingOf(sortBy: unknown, { collation }: StageCompilation): Ordering | undefined {
  if (sortBy === undefined) {
    return undefined;
  }
  const given = documentArgument(sortBy, FAILED_TO_PARSE, "'sortBy' must be an object, but found ");
  return { sortBy: given, order: sorter(given, collation.order) };
}

/** Documents by what they are partitioned by, partitions in the order of that value. */
function partitions(
  documents: Iterable<Document>,
  by: (from: Document) => unknown,
  { collation }: StageCompilation,
): Document[][] {
  const found = new Map<string, { value: unknown; documents: Document[] }>();
  for (const from of documents) {
    const value = by(from) ?? null;
    if (Array.isArray(value)) {
      throw new CommandError(14, 'An expression used to partition cannot evaluate to value of type array');
    }
    const key = identity(value, collation.fold);
    const partition = found.get(key) ?? { value, documents: [] };
    partition.documents.push(from);
    found.set(key, partition);
  }
  return [...found.values()]
    .sort((left, right) => compare(left.value, right.value, collation.order))
    .map((partition) => partition.documents);
}

/**
 * `$setWindowFields`: fields from the documents around each document.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setWindowFields/
 */
const setWindowFields: CompileStage = (spec, name, compilation) => {
  const given = documentArgument(spec, FAILED_TO_PARSE, `the ${name} stage specification must be an object, found `);
  onlyOptions(given, ['partitionBy', 'sortBy', 'output'], [40415, `BSON field is unknown to ${name}: `]);
  if (!('output' in given)) {
    throw new CommandError(40414, `BSON field '${name}.output' is missing but a required field`);
  }
  const output = documentArgument(given.output, 14, `BSON field '${name}.output' is the wrong type `);
  const by: Expression = compilation.expression('partitionBy' in given ? given.partitionBy : null);
  const ordering = orderingOf(given.sortBy, compilation);
  const functions = Object.keys(output).map(
    (path) => [path, compileWindowFunction(output[path], { ...compilation, ordering })] as const,
  );
  return function* (documents, { variables }) {
    for (const partition of partitions(documents, (from) => by(from, variables), compilation)) {
      const sorted = ordering ? partition.toSorted(ordering.order) : partition;
      const columns = functions.map(([path, compute]) => [path, compute(sorted, variables)] as const);
      for (const [position, from] of sorted.entries()) {
        yield columns.reduce((made, [path, values]) => withValueAt(made, path, values[position]), from);
      }
    }
  };
};

/**
 * `$fill`: values for fields that are null or missing, by a value, by the last one, or on a line. It is written with
 * `$setWindowFields` and `$addFields`.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/fill/
 */
const fill: CompileStage = (spec, name, compilation) => {
  const given = documentArgument(spec, FAILED_TO_PARSE, `the ${name} stage specification must be an object, found `);
  onlyOptions(
    given,
    ['partitionBy', 'partitionByFields', 'sortBy', 'output'],
    [40415, `BSON field is unknown to ${name}: `],
  );
  const output = documentArgument(given.output, 40414, `BSON field '${name}.output' is missing or no object: `);
  const windows = document();
  const values = document();
  for (const path of Object.keys(output)) {
    const how = documentArgument(output[path], FAILED_TO_PARSE, `${name} output must be an object, found `);
    if ('value' in how) {
      values[path] = document([['$ifNull', [`$${path}`, how.value]]]);
    } else {
      windows[path] = document([[fillFunction(how.method), `$${path}`]]);
    }
  }
  const stages: Document[] = [];
  if (Object.keys(windows).length > 0) {
    stages.push(document([['$setWindowFields', windowSpec(given, windows)]]));
  }
  if (Object.keys(values).length > 0) {
    stages.push(document([['$addFields', values]]));
  }
  return compilation.pipeline(stages, name);
};

function fillFunction(method: unknown): string {
  if (method === 'locf') {
    return '$locf';
  }
  if (method === 'linear') {
    return '$linearFill';
  }
  throw new CommandError(6050202, `Method must be either 'locf' or 'linear', but found ${typeName(method)}`);
}

function windowSpec(given: Document, output: Document): Document {
  const fields = given.partitionByFields;
  const by = Array.isArray(fields)
    ? document(fields.map((field, place) => [`p${place}`, `$${field}`] as const))
    : given.partitionBy;
  return document([
    ...(by === undefined ? [] : [['partitionBy', by] as const]),
    ...(isDocument(given.sortBy) ? [['sortBy', given.sortBy] as const] : []),
    ['output', output],
  ]);
}

/** Stages that look at the documents around each document. */
export const WINDOW_STAGES: Stages = new Map([
  ['$setWindowFields', { compile: setWindowFields }],
  ['$fill', { compile: fill }],
]);
