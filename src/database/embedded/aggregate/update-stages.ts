import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/compile.ts';
import { collationOf } from '../values/collation.ts';
import { type Document, firstName, isDocument } from '../values/document.ts';
import type { PipelineContext, Stage } from './stage.ts';

/** Stages that an update may have. */
const ALLOWED: ReadonlySet<string> = new Set([
  '$addFields',
  '$set',
  '$project',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
]);

/**
 * A pipeline of the stages that an update may have, as a function of one document.
 *
 * @param compile compiles the stages
 * @throws CommandError 72 for another stage
 */
export function updateStages(
  stages: readonly unknown[],
  compile: (stages: readonly unknown[]) => Stage,
): (from: Document, variables: Variables) => Document {
  for (const stage of stages) {
    const name = isDocument(stage) ? firstName(stage) : '';
    if (name !== '' && !ALLOWED.has(name)) {
      throw new CommandError(72, `${name} is not allowed to be used within an update`);
    }
  }
  const run = compile(stages);
  return (from, variables) => {
    const [made = from] = run([from], contextOf(variables));
    return made;
  };
}

/** The context of stages that read and write no collection. */
function contextOf(variables: Variables): PipelineContext {
  return {
    collation: collationOf(undefined),
    variables: variables.has('NOW') ? variables : new Map(variables).set('NOW', new Date()),
    read: () => [],
    write: () => undefined,
    statistics: () => [],
    tick: () => undefined,
  };
}
