import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/compile.ts';
import { fieldPath, variableName } from '../expression/field-path.ts';
import { type Document, document, fieldsOf, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { typeName } from '../values/types.ts';
import { namespaceOf } from './namespace.ts';
import {
  type CompileStage,
  documentArgument,
  type Namespace,
  onlyOptions,
  type Stage,
  type StageCompilation,
  type StageDefinition,
  type Stages,
} from './stage.ts';
import { updateStages } from './update-stages.ts';

/** What `$out` writes: these documents become all of a collection. */
export interface Out {
  stage: '$out';
  into: Namespace;
  documents: readonly Document[];
}

/** What `$merge` writes: each document is put to the one that is like it, or added. */
export interface Merge {
  stage: '$merge';
  into: Namespace;
  /** Fields that make a document like another; they have a unique index. */
  on: readonly string[];
  whenMatched: 'combine' | 'keepExisting' | 'fail';
  /** The document to store in the place of the existing one; its `_id` stays. */
  combine(existing: Document, incoming: Document): Document;
  whenNotMatched: 'insert' | 'discard' | 'fail';
  documents: readonly Document[];
}

/** What a pipeline writes at its end. */
export type Output = Out | Merge;

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/out/ */
const out: CompileStage = (spec) => {
  if (typeof spec !== 'string' && !isDocument(spec)) {
    throw new CommandError(16990, `$out only supports a string or object argument, but found ${typeName(spec)}`);
  }
  if (isDocument(spec)) {
    onlyOptions(spec, ['db', 'coll'], [40415, 'BSON field is unknown to $out: ']);
  }
  const into = namespaceOf(spec, '$out');
  return writing((documents) => ({ stage: '$out', into, documents }));
};

function writing(output: (documents: readonly Document[], variables: Variables) => Output): Stage {
  return (documents, context) => {
    context.write(output([...documents], context.variables));
    return [];
  };
}

const OPTIONS = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];

type Combine = (existing: Document, incoming: Document, variables: Variables) => Document;

const replace: Combine = (_, incoming) => incoming;

const merge: Combine = (existing, incoming) => fieldsOf(existing, incoming);

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/merge/ */
const mergeInto: CompileStage = (spec, _, compilation) => {
  const given =
    typeof spec === 'string'
      ? document([['into', spec]])
      : documentArgument(spec, 51182, '$merge requires a string or object argument, but found ');
  onlyOptions(given, OPTIONS, [40415, 'BSON field is unknown to $merge: ']);
  if (!('into' in given)) {
    throw new CommandError(40414, "BSON field '$merge.into' is missing but a required field");
  }
  const into = namespaceOf(given.into, '$merge into');
  const on = onFields(given.on);
  const whenNotMatched = notMatched(given.whenNotMatched);
  const { whenMatched, combine } = matched(given, compilation);
  return writing((documents, variables) => ({
    stage: '$merge',
    into,
    on,
    whenMatched,
    combine: (existing, incoming) => combine(existing, incoming, variables),
    whenNotMatched,
    documents,
  }));
};

function onFields(value: unknown): string[] {
  const names = Array.isArray(value) ? value : [value ?? '_id'];
  if (names.length === 0) {
    throw new CommandError(51187, "If explicitly specifying $merge 'on', must include at least one field");
  }
  return names.map((name) => {
    if (typeof name !== 'string') {
      throw new CommandError(
        51134,
        `$merge 'on' field must be a string or an array of strings, but found ${typeName(name)}`,
      );
    }
    return fieldPath(name).join('.');
  });
}

function notMatched(value: unknown = 'insert'): Merge['whenNotMatched'] {
  if (value !== 'insert' && value !== 'discard' && value !== 'fail') {
    throw new CommandError(
      2,
      `Enumeration value ${show(value)} for field '$merge.whenNotMatched' is not a valid value.`,
    );
  }
  return value;
}

interface Matched {
  whenMatched: Merge['whenMatched'];
  combine: Combine;
}

function matched({ whenMatched = 'merge', let: bound }: Document, compilation: StageCompilation): Matched {
  switch (whenMatched) {
    case 'merge':
      return { whenMatched: 'combine', combine: merge };
    case 'replace':
      return { whenMatched: 'combine', combine: replace };
    case 'keepExisting':
    case 'fail':
      return { whenMatched, combine: replace };
    default:
      if (!Array.isArray(whenMatched)) {
        throw new CommandError(
          51191,
          `$merge 'whenMatched' field must be a string or an array, but found ${typeName(whenMatched)}`,
        );
      }
      return { whenMatched: 'combine', combine: updating(whenMatched, bound, compilation) };
  }
}

/** A pipeline over the existing document, which sees the incoming one as `$$new` and what `let` makes of it. */
function updating(stages: readonly unknown[], bound: unknown, { expression, pipeline }: StageCompilation): Combine {
  const vars = bound === undefined ? document() : documentArgument(bound, 14, "'let' must be an object, but found ");
  const bindings = Object.keys(vars).map((name) => [variableName(name), expression(vars[name])] as const);
  const run = updateStages(stages, (spec) => pipeline(spec, '$merge'));
  return (existing, incoming, variables) => {
    const scope = new Map(variables).set('new', incoming);
    for (const [name, value] of bindings) {
      scope.set(name, value(incoming, variables));
    }
    return run(existing, scope);
  };
}

/** Stages that write what the pipeline has made. */
export const OUTPUT_STAGES: Stages = new Map<string, StageDefinition>([
  ['$out', { compile: out, place: 'last' }],
  ['$merge', { compile: mergeInto, place: 'last' }],
]);
