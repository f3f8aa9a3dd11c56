import { CommandError } from '../errors.ts';
import type { Expression } from '../expression/compile.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { typeName } from '../values/types.ts';
import { type CompileStage, documentArgument, each, onlyOptions, type Stage, type Stages } from './stage.ts';

function replacing(expression: Expression): Stage {
  return each((from, { variables }) => {
    const value = expression(from, variables);
    if (!isDocument(value)) {
      throw new CommandError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was: ${
          value === undefined ? 'MISSING' : show(value)
        }. Type of resulting value: '${typeName(value)}'. Input document: ${show(from)}`,
      );
    }
    return value;
  });
}

const replaceRoot: CompileStage = (spec, name, { expression }) => {
  const given = documentArgument(spec, 40229, `expected an object as specification for ${name} stage, got `);
  onlyOptions(given, ['newRoot'], [40230, `unrecognized option to ${name} stage, only valid option is 'newRoot': `]);
  if (!('newRoot' in given)) {
    throw new CommandError(40231, `no newRoot specified for the ${name} stage`);
  }
  return replacing(expression(given.newRoot));
};

const replaceWith: CompileStage = (spec, _, { expression }) => replacing(expression(spec));

/**
 * `$redact`: keeps, drops or looks into each document, from the outermost inwards.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/redact/
 */
const redact: CompileStage = (spec, _, { expression }) => {
  const decide = expression(spec);
  return function* (documents, { variables }) {
    for (const root of documents) {
      const scope = new Map(variables).set('ROOT', root);
      const kept = redacted(root, (value) => decide(value, scope));
      if (kept) {
        yield kept;
      }
    }
  };
};

function redacted(from: Document, decide: (from: Document) => unknown): Document | undefined {
  const decision = decide(from);
  if (decision === 'keep') {
    return from;
  }
  if (decision === 'prune') {
    return undefined;
  }
  if (decision !== 'descend') {
    throw new CommandError(
      17053,
      `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${show(decision)}`,
    );
  }
  const made = document();
  for (const name of Object.keys(from)) {
    const value = redactedValue(from[name], decide);
    if (value !== undefined) {
      made[name] = value;
    }
  }
  return made;
}

function redactedValue(value: unknown, decide: (from: Document) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => redactedValue(item, decide)).filter((item) => item !== undefined);
  }
  return isDocument(value) ? redacted(value, decide) : value;
}

/** Stages that put another document in the place of each. */
export const ROOT_STAGES: Stages = new Map([
  ['$replaceRoot', { compile: replaceRoot }],
  ['$replaceWith', { compile: replaceWith }],
  ['$redact', { compile: redact }],
]);
