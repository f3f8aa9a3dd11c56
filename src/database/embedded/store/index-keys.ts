import type { Document } from '../values/document.ts';
import { identity, type TextFold } from '../values/identity.ts';
import { leavesOf } from '../values/path.ts';

/** As many keys as one document may have in one index; two arrays of a thousand would make a million. */
const MAX_KEYS = 100_000;

/** The keys that a document has in an index, one for each element of an array (a multikey index). */
export interface IndexKeys {
  keys: unknown[][];
  /** No field of the index is in the document. */
  missing: boolean;
  /** An array gave more than one key. */
  multikey: boolean;
}

/** The keys of a document under these fields; a missing field counts as null. */
export function indexKeys(from: Document, fields: readonly string[], fold?: TextFold): IndexKeys {
  let keys: unknown[][] = [[]];
  let missing = true;
  let multikey = false;
  for (const field of fields) {
    const found = fieldValues(from, field, fold);
    missing &&= found.missing;
    multikey ||= found.multikey;
    if (keys.length * found.values.length > MAX_KEYS) {
      break;
    }
    keys = keys.flatMap((key) => found.values.map((value) => [...key, value]));
  }
  return { keys, missing, multikey };
}

function fieldValues(from: Document, field: string, fold: TextFold | undefined) {
  const direct = field.includes('.') ? undefined : from[field];
  if (direct !== undefined && !Array.isArray(direct)) {
    return { values: [direct], missing: false, multikey: false };
  }
  const leaves = leavesOf(from, field.split('.'));
  const values = leaves.flatMap(({ value }) => (Array.isArray(value) && value.length > 0 ? value : [value ?? null]));
  const distinct = new Map(values.map((value) => [identity(value, fold), value]));
  return {
    values: [...distinct.values()],
    missing: leaves.every((leaf) => leaf.missing),
    multikey: leaves.some((leaf) => leaf.position >= 0 || Array.isArray(leaf.value)),
  };
}
