import { CommandError } from '../errors.ts';
import type { Expression, Variables } from '../expression/compile.ts';
import type { Collation } from '../values/collation.ts';
import { type Document, isDocument } from '../values/document.ts';
import { typeName } from '../values/types.ts';
import type { Output } from './output.ts';

/** A collection, of the database that the command runs on unless it names another. */
export interface Namespace {
  database?: string;
  collection: string;
}

/** What a running pipeline needs of the server. */
export interface PipelineContext {
  collation: Collation;
  variables: Variables;
  /** All documents of a collection; none when there is no such collection. */
  read(from: Namespace): Iterable<Document>;
  /** Writes what `$out` or `$merge` was given. */
  write(output: Output): void;
  /** Answers the stages that tell of the server itself, such as `$collStats`. */
  statistics(stage: string, spec: unknown): Document[];
  /** Is called for each document and throws when `maxTimeMS` is over. */
  tick(): void;
}

/** A compiled stage: documents in, documents out, as late as possible so that `$limit` can end the work. */
export type Stage = (documents: Iterable<Document>, context: PipelineContext) => Iterable<Document>;

/** What a stage needs to compile its arguments. */
export interface StageCompilation {
  collation: Collation;
  expression(spec: unknown): Expression;
  /** Compiles a pipeline within this stage, whose name decides what may be in it. */
  pipeline(stages: unknown, within: string): Stage;
}

/** Compiles the argument of a stage; what is wrong with its form is found here. */
export type CompileStage = (spec: unknown, name: string, compilation: StageCompilation) => Stage;

/** A stage as the table of stages has it. */
export interface StageDefinition {
  compile: CompileStage;
  /** Where the stage must stand, when it may not stand anywhere. */
  place?: 'first' | 'last';
}

/** Stages by name, `$` included. */
export type Stages = ReadonlyMap<string, StageDefinition>;

/** A stage that makes one document of each. */
export function each(transform: (document: Document, context: PipelineContext) => Document): Stage {
  return function* (documents, context) {
    for (const document of documents) {
      yield transform(document, context);
    }
  };
}

/** The document that a stage's argument must be. */
export function documentArgument(spec: unknown, code: number, message: string): Document {
  if (!isDocument(spec)) {
    throw new CommandError(code, `${message}${typeName(spec)}`);
  }
  return spec;
}

/** The text that an option must be. */
export function textOption(value: unknown, code: number, message: string): string {
  if (typeof value !== 'string') {
    throw new CommandError(code, `${message}${typeName(value)}`);
  }
  return value;
}

/** Refuses options that a stage does not have. */
export function onlyOptions(
  spec: Document,
  known: readonly string[],
  [code, message]: readonly [number, string],
): void {
  const other = Object.keys(spec).find((key) => !known.includes(key));
  if (other !== undefined) {
    throw new CommandError(code, `${message}${other}`);
  }
}
