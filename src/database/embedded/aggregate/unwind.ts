import { CommandError } from '../errors.ts';
import { fieldPath } from '../expression/field-path.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { valueAt, withValueAt } from '../values/path.ts';
import { isNullish, typeName } from '../values/types.ts';
import { type CompileStage, onlyOptions, type Stages } from './stage.ts';

interface Unwinding {
  path: string;
  index: string | undefined;
  keepsEmpty: boolean;
}

function unwinding(spec: unknown): Unwinding {
  if (typeof spec !== 'string' && !isDocument(spec)) {
    throw new CommandError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(spec)}`,
    );
  }
  const given = isDocument(spec) ? spec : document([['path', spec]]);
  onlyOptions(
    given,
    ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'],
    [28811, 'unrecognized option to $unwind stage: '],
  );
  const { includeArrayIndex, preserveNullAndEmptyArrays: keepsEmpty = false } = given;
  if (typeof keepsEmpty !== 'boolean') {
    throw new CommandError(
      28809,
      `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(keepsEmpty)}`,
    );
  }
  return { path: pathOf(given), index: indexField(includeArrayIndex), keepsEmpty };
}

function pathOf(given: Document): string {
  if (!('path' in given)) {
    throw new CommandError(28812, 'no path specified to $unwind stage');
  }
  if (typeof given.path !== 'string') {
    throw new CommandError(28808, `expected a string as the path for $unwind stage, got ${typeName(given.path)}`);
  }
  if (!given.path.startsWith('$')) {
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${given.path}`);
  }
  return fieldPath(given.path.slice(1)).join('.');
}

function indexField(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string' || value === '') {
    throw new CommandError(
      28810,
      `expected a non-empty string for the includeArrayIndex  option to $unwind stage, got ${typeName(value)}`,
    );
  }
  if (value.startsWith('$')) {
    throw new CommandError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${value}`,
    );
  }
  return value;
}

/**
 * `$unwind`: a document for each element of an array; what is no array counts as its only element.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/unwind/
 */
const unwind: CompileStage = (spec) => {
  const { path, index, keepsEmpty } = unwinding(spec);
  const numbered = (from: Document, position: bigint | null): Document =>
    index === undefined ? from : withValueAt(from, index, position);
  return function* (documents) {
    for (const from of documents) {
      const value = valueAt(from, path);
      const items = Array.isArray(value) ? value : [];
      for (const [position, item] of items.entries()) {
        yield numbered(withValueAt(from, path, item), BigInt(position));
      }
      if (items.length === 0 && (keepsEmpty || isElement(value))) {
        yield numbered(Array.isArray(value) ? withValueAt(from, path, undefined) : from, null);
      }
    }
  };
};

/** Whether a value that is no array stands for an array of one. */
function isElement(value: unknown): boolean {
  return !isNullish(value) && !Array.isArray(value);
}

export const UNWIND_STAGES: Stages = new Map([['$unwind', { compile: unwind }]]);
