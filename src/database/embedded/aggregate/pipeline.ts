import { CommandError } from '../errors.ts';
import { compileExpression } from '../expression/compile.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { type Document, firstName, isDocument } from '../values/document.ts';
import type { PipelineContext, Stage, StageCompilation, StageDefinition } from './stage.ts';
import { STAGES } from './stages.ts';
import { refusal } from './unsupported.ts';

export type { PipelineContext };

/** Where a pipeline is written, when it is part of a stage of another. */
const TOP = '';

/** Stages that `$facet` does not take: they read or write collections from the start. */
const NOT_IN_FACET: ReadonlySet<string> = new Set([
  '$facet',
  '$out',
  '$merge',
  '$collStats',
  '$indexStats',
  '$documents',
]);

/** Codes of an output stage inside of another stage's pipeline. */
const OUTPUT_WITHIN: ReadonlyMap<string, number> = new Map([
  ['$facet', 40600],
  ['$lookup', 51047],
  ['$unionWith', 31441],
]);

/**
 * Checks a pipeline without running it: names of stages, their order and their arguments.
 *
 * @throws CommandError 14, 40323, 40324 and the codes of the stages
 */
export function checkPipeline(pipeline: readonly unknown[]): void {
  compilePipeline(pipeline);
}

/**
 * Runs a pipeline.
 *
 * @throws CommandError as {@link checkPipeline}, and what a stage or an expression fails with
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/
 */
export function runPipeline(
  documents: Iterable<Document>,
  pipeline: readonly unknown[],
  context: PipelineContext,
): Document[] {
  const stage = compilePipeline(pipeline, context.collation);
  const variables = new Map([['NOW', new Date()], ...context.variables]);
  return withinStack(() => [...stage(documents, { ...context, variables })]);
}

/** Runs what may recurse as deep as a value is nested, which expressions can nest without end. */
export function withinStack<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      throw new CommandError(15, 'BSONObj exceeded maximum nested object depth: 200');
    }
    throw error;
  }
}

/** Compiles a pipeline; texts are compared by bytes without a collation. */
export function compilePipeline(pipeline: readonly unknown[], collation: Collation = collationOf(undefined)): Stage {
  const compilation: StageCompilation = {
    collation,
    expression: (spec) => compileExpression(spec, collation),
    pipeline: (stages, within) => compileStages(stages, within, compilation),
  };
  return compilation.pipeline(pipeline, TOP);
}

function compileStages(pipeline: unknown, within: string, compilation: StageCompilation): Stage {
  if (!Array.isArray(pipeline)) {
    throw new CommandError(
      14,
      "A pipeline must be an array of stages: 'pipeline' option must be specified as an array",
    );
  }
  const specs = pipeline.map(stageSpec);
  for (const [position, { name, definition }] of specs.entries()) {
    checkPlace(name, definition, { position, count: specs.length, within });
  }
  return chain(specs.map(({ name, spec, definition }) => definition.compile(spec, name, compilation)));
}

interface StageSpec {
  name: string;
  spec: unknown;
  definition: StageDefinition;
}

function stageSpec(stage: unknown): StageSpec {
  if (!isDocument(stage)) {
    throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
  }
  if (Object.keys(stage).length !== 1) {
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  const name = firstName(stage);
  const definition = STAGES.get(name);
  if (!definition) {
    throw refusal(name) ?? new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
  return { name, spec: stage[name], definition };
}

interface Position {
  position: number;
  count: number;
  within: string;
}

function checkPlace(name: string, { place }: StageDefinition, { position, count, within }: Position): void {
  if (place === 'last' && OUTPUT_WITHIN.has(within)) {
    throw new CommandError(
      OUTPUT_WITHIN.get(within) ?? 40600,
      `${name} is not allowed to be used within a ${within} stage`,
    );
  }
  if (within === '$facet' && NOT_IN_FACET.has(name)) {
    throw new CommandError(40600, `${name} is not allowed to be used within a $facet stage`);
  }
  if (place === 'first' && position > 0) {
    throw new CommandError(40602, `${name} is only valid as the first stage in a pipeline`);
  }
  if (place === 'last' && position < count - 1) {
    throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
  }
}

/** One stage after another; the clock is looked at for each document that enters one. */
function chain(stages: readonly Stage[]): Stage {
  return (documents, context) =>
    stages.reduce((flow, stage) => stage(ticking(flow, context), context), ticking(documents, context));
}

function* ticking(documents: Iterable<Document>, context: PipelineContext): Iterable<Document> {
  for (const document of documents) {
    context.tick();
    yield document;
  }
}
