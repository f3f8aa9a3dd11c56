import { CommandError } from '../errors.ts';
import { isDocument } from '../values/document.ts';
import { typeName } from '../values/types.ts';
import type { Namespace } from './stage.ts';

const FAILED_TO_PARSE = 9;

/**
 * The collection that a stage names: `'orders'` or `{ db: 'shop', coll: 'orders' }`.
 *
 * @throws CommandError 9 for another form
 */
export function namespaceOf(value: unknown, what: string): Namespace {
  if (typeof value === 'string' && value !== '') {
    return { collection: value };
  }
  if (isDocument(value) && typeof value.coll === 'string' && (value.db === undefined || typeof value.db === 'string')) {
    return { collection: value.coll, ...(value.db === undefined ? {} : { database: value.db }) };
  }
  throw new CommandError(
    FAILED_TO_PARSE,
    `${what} must be a string or an object with 'db' and 'coll', but found ${typeName(value)}`,
  );
}
