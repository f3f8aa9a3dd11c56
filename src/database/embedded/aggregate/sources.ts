import { CommandError } from '../errors.ts';
import { document, isDocument } from '../values/document.ts';
import { typeName } from '../values/types.ts';
import type { CompileStage, StageDefinition, Stages } from './stage.ts';

/** `$documents`: documents that are written in the pipeline itself. */
const documents: CompileStage = (spec, name, { expression }) => {
  const list = expression(spec);
  return function* (_, { variables }) {
    const made = list(document(), variables);
    if (!Array.isArray(made)) {
      throw new CommandError(5858203, `an array is expected in ${name}, found: ${typeName(made)}`);
    }
    for (const one of made) {
      if (!isDocument(one)) {
        throw new CommandError(5858202, `${name} takes an array of objects, found: ${typeName(one)}`);
      }
      yield one;
    }
  };
};

/** Stages that the server answers with what it knows of itself. */
const statistics: CompileStage = (spec, name) => (_, context) => context.statistics(name, spec);

const STATISTICS = [
  '$collStats',
  '$indexStats',
  '$currentOp',
  '$listSessions',
  '$listLocalSessions',
  '$planCacheStats',
] as const;

/** Stages that start a pipeline without a collection's documents. */
export const SOURCE_STAGES: Stages = new Map<string, StageDefinition>([
  ['$documents', { compile: documents, place: 'first' }],
  ...STATISTICS.map((name) => [name, { compile: statistics, place: 'first' }] as const),
]);
