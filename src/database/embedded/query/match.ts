import { badValue, CommandError } from '../errors.ts';
import { compileExpression, type Variables } from '../expression/compile.ts';
import type { Collation } from '../values/collation.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isTruthy, typeName } from '../values/types.ts';
import { fieldPredicate } from './field.ts';
import { type JsonSchema, schemaFaults } from './json-schema.ts';

/** What a query needs beside its filter. */
export interface QueryOptions {
  collation?: Collation;
  /** Values of `let`, for `$expr`. */
  variables?: Variables;
}

/** What a match found out: where in an array, for the positional operator `$`. */
export interface Match {
  position?: number;
}

/** Whether a document matches; fills in the match when it does. */
export type Predicate = (document: Document, match?: Match) => boolean;

/**
 * Compiles a filter to a predicate. All of it is read first, so that a wrong operator is an error also when nothing
 * would match.
 *
 * @throws CommandError with MongoDB's codes: 2 for unknown operators and wrong arguments, 14, 51091, 168, …
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/
 */
export function compileQuery(filter: Document, options: QueryOptions = {}): Predicate {
  const parts = Object.keys(filter).map((name) =>
    name.startsWith('$') && !DBREF_FIELDS.includes(name)
      ? topLevel(name, filter[name], options)
      : fieldPredicate(name, filter[name], options),
  );
  return all(parts);
}

/** Fields of a DBRef, whose names have dollars. */
export const DBREF_FIELDS: readonly string[] = ['$ref', '$id', '$db'];

/** The conjunction of predicates. */
export function all(parts: readonly Predicate[]): Predicate {
  const [only] = parts;
  return parts.length === 1 && only ? only : (document, match) => parts.every((part) => part(document, match));
}

function topLevel(operator: string, value: unknown, options: QueryOptions): Predicate {
  switch (operator) {
    case '$and':
      return all(branches(operator, value, options));
    case '$or': {
      const parts = branches(operator, value, options);
      return (document, match) => parts.some((part) => part(document, match));
    }
    case '$nor': {
      const parts = branches(operator, value, options);
      return (document) => !parts.some((part) => part(document));
    }
    case '$expr': {
      const expression = compileExpression(value, options.collation);
      const variables: Variables = options.variables ?? new Map();
      return (document) => isTruthy(expression(document, variables));
    }
    case '$jsonSchema':
      return matchesSchema(value);
    case '$comment':
    case '$alwaysTrue':
      return () => true;
    case '$alwaysFalse':
      return () => false;
    case '$text':
      throw new CommandError(
        27,
        'text index required for $text query, and this server has none: it has no text search. Use $regex.',
      );
    case '$where':
      throw new CommandError(238, '$where runs JavaScript, which this server does not do. Use $expr.');
    default:
      throw badValue(
        `unknown top level operator: ${operator}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function branches(operator: string, value: unknown, options: QueryOptions): Predicate[] {
  if (!Array.isArray(value)) {
    throw badValue(`${operator} argument must be an array, but got type: ${typeName(value)}`);
  }
  if (value.length === 0) {
    throw badValue('$and/$or/$nor must be a nonempty array');
  }
  return value.map((part) => {
    if (!isDocument(part)) {
      throw badValue('$or/$and/$nor entries need to be full objects');
    }
    return compileQuery(part, options);
  });
}

function matchesSchema(value: unknown): Predicate {
  if (!isDocument(value)) {
    throw new CommandError(14, '$jsonSchema must be an object');
  }
  return (document) => schemaFaults(value as JsonSchema, document).length === 0;
}
