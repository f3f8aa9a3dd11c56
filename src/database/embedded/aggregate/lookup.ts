import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/compile.ts';
import { fieldPath, variableName } from '../expression/field-path.ts';
import { type Document, isDocument } from '../values/document.ts';
import { identity, type TextFold } from '../values/identity.ts';
import { leavesOf, withValueAt } from '../values/path.ts';
import { show } from '../values/show.ts';
import { typeName } from '../values/types.ts';
import { namespaceOf } from './namespace.ts';
import { type CompileStage, documentArgument, onlyOptions, type StageCompilation, type Stages } from './stage.ts';

const FAILED_TO_PARSE = 9;
const OPTIONS = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

/** The options of `$lookup`, checked. */
function lookupOptions(spec: unknown): Document {
  const given = documentArgument(spec, FAILED_TO_PARSE, 'the $lookup specification must be an Object, but found ');
  onlyOptions(given, OPTIONS, [FAILED_TO_PARSE, 'unknown argument to $lookup: ']);
  for (const name of ['as', 'localField', 'foreignField']) {
    if (name in given && typeof given[name] !== 'string') {
      throw new CommandError(
        FAILED_TO_PARSE,
        `$lookup argument '${name}: ${show(given[name])}' must be a string, is type ${typeName(given[name])}`,
      );
    }
  }
  if (!('as' in given)) {
    throw new CommandError(4572, "must specify 'as' field for a $lookup");
  }
  if (!('from' in given) && !('pipeline' in given)) {
    throw new CommandError(FAILED_TO_PARSE, "missing 'from' option to $lookup stage specification");
  }
  if ('localField' in given !== 'foreignField' in given) {
    throw new CommandError(
      FAILED_TO_PARSE,
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified",
    );
  }
  if (!('localField' in given) && !('pipeline' in given)) {
    throw new CommandError(
      FAILED_TO_PARSE,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  return given;
}

/** The values of `let`, evaluated for each document. */
function bindings(
  given: unknown,
  { expression }: StageCompilation,
): (from: Document, variables: Variables) => Variables {
  if (given === undefined) {
    return (_, variables) => variables;
  }
  if (!isDocument(given)) {
    throw new CommandError(
      FAILED_TO_PARSE,
      `$lookup argument 'let: ${show(given)}' must be an object, is type ${typeName(given)}`,
    );
  }
  const bound = Object.keys(given).map((name) => [variableName(name), expression(given[name])] as const);
  return (from, variables) => {
    const scope = new Map(variables);
    for (const [name, value] of bound) {
      scope.set(name, value(from, variables));
    }
    return scope;
  };
}

/** Finds the documents of another collection by the values that they have at a path. */
class ForeignIndex {
  readonly #documents: readonly Document[];
  readonly #places = new Map<string, number[]>();
  readonly #fold: TextFold | undefined;

  constructor(documents: readonly Document[], path: readonly string[], fold: TextFold | undefined) {
    this.#documents = documents;
    this.#fold = fold;
    for (const [place, from] of documents.entries()) {
      for (const key of new Set(foreignValues(from, path).map((value) => identity(value, fold)))) {
        const places = this.#places.get(key) ?? [];
        places.push(place);
        this.#places.set(key, places);
      }
    }
  }

  /** The documents that have one of the values, in their order. */
  find(values: readonly unknown[]): Document[] {
    const places = new Set(values.flatMap((value) => this.#places.get(identity(value, this.#fold)) ?? []));
    return [...places].sort((left, right) => left - right).map((place) => this.#documents[place] as Document);
  }
}

/** A foreign array matches by itself and by each of its elements. */
function foreignValues(from: Document, path: readonly string[]): unknown[] {
  return leavesOf(from, path).flatMap(({ value }) => (Array.isArray(value) ? [value, ...value] : [value ?? null]));
}

/** A local array asks for each of its elements; a missing field asks for null. */
function localValues(from: Document, path: readonly string[]): unknown[] {
  const values = leavesOf(from, path).flatMap(({ value }) => (Array.isArray(value) ? value : [value ?? null]));
  return values.length > 0 ? values : [null];
}

/**
 * `$lookup`, by equal fields, by a pipeline with variables, or by both.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/lookup/
 */
const lookup: CompileStage = (spec, name, compilation) => {
  const given = lookupOptions(spec);
  const from = 'from' in given ? namespaceOf(given.from, '$lookup from') : undefined;
  const as = fieldPath(String(given.as)).join('.');
  const local = 'localField' in given ? fieldPath(String(given.localField)) : undefined;
  const foreign = fieldPath(String(given.foreignField ?? '_id'));
  const bind = bindings(given.let, compilation);
  const pipeline = 'pipeline' in given ? compilation.pipeline(given.pipeline, name) : undefined;
  return function* (documents, context) {
    const others = from ? [...context.read(from)] : [];
    const index = local && new ForeignIndex(others, foreign, compilation.collation.fold);
    const independent = local === undefined && given.let === undefined;
    let shared: readonly Document[] | undefined;
    const rowsOf = (one: Document): readonly Document[] => {
      const found = local && index ? index.find(localValues(one, local)) : others;
      return pipeline ? [...pipeline(found, { ...context, variables: bind(one, context.variables) })] : found;
    };
    for (const one of documents) {
      shared = independent ? (shared ?? rowsOf(one)) : undefined;
      yield withValueAt(one, as, shared ?? rowsOf(one));
    }
  };
};

/** `$unionWith`: the documents, then those of another collection or pipeline. */
const unionWith: CompileStage = (spec, name, compilation) => {
  if (typeof spec !== 'string' && !isDocument(spec)) {
    throw new CommandError(
      FAILED_TO_PARSE,
      `the $unionWith stage specification must be an object or string, but found ${typeName(spec)}`,
    );
  }
  if (isDocument(spec)) {
    onlyOptions(spec, ['coll', 'db', 'pipeline'], [40415, `BSON field is unknown to ${name}: `]);
  }
  const { coll = undefined, pipeline: stages = [] } = isDocument(spec) ? spec : { coll: spec };
  const from = coll === undefined ? undefined : namespaceOf(isDocument(spec) ? spec : coll, '$unionWith coll');
  const pipeline = compilation.pipeline(stages, name);
  return function* (documents, context) {
    yield* documents;
    yield* pipeline(from ? context.read(from) : [], context);
  };
};

/** Stages that bring in other collections. */
export const LOOKUP_STAGES: Stages = new Map([
  ['$lookup', { compile: lookup }],
  ['$unionWith', { compile: unionWith }],
]);
