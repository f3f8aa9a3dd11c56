import type { Variables } from '../expression/compile.ts';
import type { Document } from '../values/document.ts';
import { compilePipeline, withinStack } from './pipeline.ts';
import { updateStages } from './update-stages.ts';

/** Makes the updated document of another. */
export type PipelineUpdate = (document: Document, variables: Variables) => Document;

/**
 * Compiles the pipeline form of an update.
 *
 * @throws CommandError 72 for a stage that an update cannot have, and as a pipeline does
 * @see https://www.mongodb.com/docs/manual/tutorial/update-documents-with-aggregation-pipeline/
 */
export function compilePipelineUpdate(pipeline: readonly unknown[]): PipelineUpdate {
  const run = updateStages(pipeline, compilePipeline);
  return (document, variables) => withinStack(() => run(document, variables));
}

/** Updates one document with a pipeline; see {@link compilePipelineUpdate} for more than one. */
export function updateWithPipeline(document: Document, pipeline: readonly unknown[], variables: Variables): Document {
  return compilePipelineUpdate(pipeline)(document, variables);
}
