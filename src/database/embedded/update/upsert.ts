import { BSONRegExp } from 'bson';
import { CommandError } from '../errors.ts';
import { isOperators } from '../query/field.ts';
import { equals } from '../values/compare.ts';
import { copy, type Document, document, isDocument } from '../values/document.ts';
import { placeAt, read, write } from './place.ts';

/**
 * The document that an upsert starts from: what the filter says by equality, alone or under `$and`.
 *
 * @throws CommandError 54 when the filter says two things of one path
 * @see https://www.mongodb.com/docs/manual/reference/method/db.collection.updateOne/#upsert
 */
export function upsertSeed(filter: Document): Document {
  const seed = document();
  for (const [path, value] of equalities(filter)) {
    const place = placeAt(seed, path.split('.'), 'create');
    if (!place) {
      continue;
    }
    const known = read(place);
    if (known !== undefined && !equals(known, value)) {
      throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    write(place, copy(value));
  }
  return seed;
}

function equalities(filter: Document): [string, unknown][] {
  return Object.keys(filter).flatMap((name): [string, unknown][] => {
    const value = filter[name];
    if (name === '$and' || (name === '$or' && Array.isArray(value) && value.length === 1)) {
      return (Array.isArray(value) ? value : []).filter(isDocument).flatMap(equalities);
    }
    if (name.startsWith('$')) {
      return [];
    }
    const equal = isOperators(value) ? equalOperator(value) : value;
    return equal === undefined || equal instanceof BSONRegExp ? [] : [[name, equal]];
  });
}

/** What `$eq`, or `$in` and `$all` with one value, say a field is. */
function equalOperator(operators: Document): unknown {
  if (operators.$eq !== undefined) {
    return operators.$eq;
  }
  const list = operators.$in ?? operators.$all;
  const [only] = Array.isArray(list) && list.length === 1 ? list : [];
  return isOperators(only) ? undefined : only;
}
