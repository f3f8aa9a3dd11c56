import { CommandError } from '../errors.ts';
import { fieldPath } from '../expression/field-path.ts';
import { compileQuery } from '../query/match.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { sorter } from '../values/sort.ts';
import { isNumeric, toNumber, typeName } from '../values/types.ts';
import type { CompileStage, Stages } from './stage.ts';

const match: CompileStage = (spec, _, { collation }) => {
  if (!isDocument(spec)) {
    throw new CommandError(15959, 'the match filter must be an expression in an object');
  }
  compileQuery(spec, { collation });
  return function* (documents, context) {
    const matches = compileQuery(spec, { collation, variables: context.variables });
    for (const document of documents) {
      if (matches(document)) {
        yield document;
      }
    }
  };
};

const sort: CompileStage = (spec, _, { collation }) => {
  if (!isDocument(spec)) {
    throw new CommandError(15973, 'the $sort key specification must be an object');
  }
  const paths = Object.keys(spec);
  if (paths.length === 0) {
    throw new CommandError(15976, '$sort stage must have at least one sort key');
  }
  paths.forEach(fieldPath);
  const order = sorter(spec, collation.order);
  return (documents) => [...documents].sort(order);
};

/** The count of `$limit` or `$skip`. */
function countOf(spec: unknown, name: string, code: number): number {
  if (!isNumeric(spec)) {
    throw new CommandError(code, `invalid argument to ${name} stage: Expected a number in: ${name}: ${show(spec)}`);
  }
  const count = toNumber(spec);
  if (!Number.isInteger(count)) {
    throw new CommandError(code, `invalid argument to ${name} stage: Expected an integer: ${name}: ${show(spec)}`);
  }
  if (count < 0) {
    throw new CommandError(
      code,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${show(spec)}`,
    );
  }
  return count;
}

const limit: CompileStage = (spec, name) => {
  const count = countOf(spec, name, 5107201);
  if (count === 0) {
    throw new CommandError(15958, 'the limit must be positive');
  }
  return function* (documents) {
    let left = count;
    for (const document of documents) {
      yield document;
      left--;
      if (left === 0) {
        return;
      }
    }
  };
};

const skip: CompileStage = (spec, name) => {
  const count = countOf(spec, name, 5107200);
  return function* (documents) {
    let left = count;
    for (const document of documents) {
      if (left > 0) {
        left--;
      } else {
        yield document;
      }
    }
  };
};

const count: CompileStage = (spec) => {
  if (typeof spec !== 'string') {
    throw new CommandError(40156, 'the count field must be a non-empty string');
  }
  const field = countField(spec);
  return function* (documents) {
    let counted = 0;
    for (const _ of documents) {
      counted++;
    }
    if (counted > 0) {
      yield document([[field, counted]]);
    }
  };
};

function countField(name: string): string {
  if (name === '') {
    throw new CommandError(40157, 'the count field must be a non-empty string');
  }
  if (name.startsWith('$')) {
    throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  }
  if (name.includes('\0')) {
    throw new CommandError(40159, 'the count field cannot contain a null byte');
  }
  if (name.includes('.')) {
    throw new CommandError(40160, "the count field cannot contain '.'");
  }
  return name;
}

const sample: CompileStage = (spec) => {
  if (!isDocument(spec)) {
    throw new CommandError(28745, 'the $sample stage specification must be an object');
  }
  const other = Object.keys(spec).find((key) => key !== 'size');
  if (other !== undefined) {
    throw new CommandError(28748, `unrecognized option to $sample: ${other}`);
  }
  if (!('size' in spec)) {
    throw new CommandError(28749, '$sample stage must specify a size');
  }
  if (!isNumeric(spec.size)) {
    throw new CommandError(28746, `size argument to $sample must be a number, found ${typeName(spec.size)}`);
  }
  const size = Math.floor(toNumber(spec.size));
  if (!(size > 0)) {
    throw new CommandError(28747, 'size argument to $sample must be a positive integer');
  }
  return (documents) => drawn([...documents], size);
};

/** Some of the documents, each as likely as another, in random order. */
function drawn(documents: Document[], size: number): Document[] {
  const count = Math.min(size, documents.length);
  for (let place = 0; place < count; place++) {
    const other = place + Math.floor(Math.random() * (documents.length - place));
    [documents[place], documents[other]] = [documents[other] as Document, documents[place] as Document];
  }
  return documents.slice(0, count);
}

/** Stages that choose, order and count documents. */
export const FILTER_STAGES: Stages = new Map([
  ['$match', { compile: match }],
  ['$sort', { compile: sort }],
  ['$limit', { compile: limit }],
  ['$skip', { compile: skip }],
  ['$count', { compile: count }],
  ['$sample', { compile: sample }],
]);
