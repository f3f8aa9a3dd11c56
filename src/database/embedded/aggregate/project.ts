import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/compile.ts';
import { type Document, fieldsOf, firstName } from '../values/document.ts';
import { isNumeric, toNumber } from '../values/types.ts';
import { type CompileStage, documentArgument, each, type StageCompilation, type Stages } from './stage.ts';
import { computationOf, computed, excluded, included, plant, type SpecField, specFields, type Tree } from './tree.ts';

/** Makes a document of another. */
export type Transform = (from: Document, variables: Variables) => Document;

/** Whether a value of a specification keeps a field, drops it, or is an expression. */
function kindOf(value: unknown): 'include' | 'exclude' | 'compute' {
  if (typeof value !== 'boolean' && !isNumeric(value)) {
    return 'compute';
  }
  return value === true || (isNumeric(value) && toNumber(value) !== 0) ? 'include' : 'exclude';
}

/** What went wrong in a specification, as the stage says it. */
function within<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof CommandError
      ? new CommandError(error.code, `Invalid ${name} :: caused by :: ${error.message}`)
      : error;
  }
}

/**
 * Compiles a `$project`: all fields are named to be kept, or all to be dropped; only `_id` may differ.
 *
 * @throws CommandError 51272 for no field, 31253 and 31254 for a mixture, 31252 for an expression among dropped ones
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/project/
 */
function projection(spec: unknown, compilation: StageCompilation): Transform {
  const given = documentArgument(spec, 15969, '$project specification must be an object, found ');
  const fields = specFields(given, 51270);
  if (fields.length === 0) {
    throw new CommandError(51272, 'projection specification must have at least one field');
  }
  const body = fields.filter(({ path }) => path !== '_id');
  const id = fields.find(({ path }) => path === '_id');
  const [deciding = id] = body;
  return kindOf(deciding?.value) === 'exclude' ? exclusion(fields) : inclusion(body, id, compilation);
}

function exclusion(fields: readonly SpecField[]): Transform {
  const tree: Tree = new Map();
  for (const { path, value } of fields) {
    const kind = kindOf(value);
    if (kind === 'include' && path !== '_id') {
      throw new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    }
    if (kind === 'compute') {
      throw new CommandError(31252, 'Cannot use expression other than $meta in exclusion projection');
    }
    if (kind === 'exclude') {
      plant(tree, { path, leaf: 'named' });
    }
  }
  return (from) => excluded(from, tree);
}

function inclusion(body: readonly SpecField[], id: SpecField | undefined, compilation: StageCompilation): Transform {
  const tree: Tree = new Map();
  const idKind = id === undefined ? 'include' : kindOf(id.value);
  if (idKind === 'include') {
    tree.set('_id', 'named');
  } else if (idKind === 'compute') {
    tree.set('_id', compilation.expression(id?.value));
  }
  for (const { path, value } of body) {
    const kind = kindOf(value);
    if (kind === 'exclude') {
      throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    plant(tree, { path, leaf: kind === 'include' ? 'named' : compilation.expression(value) });
  }
  const computation = computationOf(tree);
  return (from, variables) => computed(idFirst(included(from, tree)), computation, { root: from, variables });
}

/** `_id` leads the result wherever the document has it. */
function idFirst(from: Document): Document {
  return '_id' in from && firstName(from) !== '_id' ? fieldsOf({ _id: from._id }, from) : from;
}

const project: CompileStage = (spec, name, compilation) => {
  const transform = within(name, () => projection(spec, compilation));
  return each((from, { variables }) => transform(from, variables));
};

/**
 * Compiles `$addFields`.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/addFields/
 */
const addFields: CompileStage = (spec, name, compilation) => {
  const given = documentArgument(spec, 40272, `${name} specification stage must be an object, got `);
  const computation = within(name, () => {
    const made: Tree = new Map();
    for (const { path, value } of specFields(given, 40180)) {
      plant(made, { path, leaf: compilation.expression(value) }, 40176);
    }
    if (made.size === 0) {
      throw new CommandError(40177, 'specification must have at least one field');
    }
    return computationOf(made);
  });
  return each((from, { variables }) => computed(from, computation, { root: from, variables }));
};

const unset: CompileStage = (spec, name) => {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (paths.length === 0) {
    throw new CommandError(31119, '$unset specification must be a string or an array with at least one field');
  }
  const tree: Tree = new Map();
  within(name, () => {
    for (const path of paths) {
      if (typeof path !== 'string') {
        throw new CommandError(
          Array.isArray(spec) ? 31120 : 31002,
          '$unset specification must be a string or an array containing only string values',
        );
      }
      plant(tree, { path, leaf: 'named' });
    }
  });
  return each((from) => excluded(from, tree));
};

/** Stages that shape each document. */
export const PROJECT_STAGES: Stages = new Map([
  ['$project', { compile: project }],
  ['$addFields', { compile: addFields }],
  ['$set', { compile: addFields }],
  ['$unset', { compile: unset }],
]);
