import { CommandError } from '../errors.ts';
import { fieldName } from '../expression/field-path.ts';
import { document, isDocument } from '../values/document.ts';
import type { CompileStage, Stages } from './stage.ts';

/**
 * `$facet`: one document with the results of several pipelines over the same documents.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/facet/
 */
const facet: CompileStage = (spec, name, { pipeline }) => {
  if (!isDocument(spec) || Object.keys(spec).length === 0) {
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = Object.keys(spec).map((facet) => {
    if (!Array.isArray(spec[facet])) {
      throw new CommandError(40170, `arguments to $facet must be arrays, ${facet} is not`);
    }
    return [fieldName(facet), pipeline(spec[facet], name)] as const;
  });
  return function* (documents, context) {
    const all = [...documents];
    yield document(facets.map(([facet, stage]) => [facet, [...stage(all, context)]] as const));
  };
};

export const FACET_STAGES: Stages = new Map([['$facet', { compile: facet }]]);
