import type { Value } from '../../model/course.ts';
import type { MongoDocument } from '../../model/mongo.ts';

/**
 * Gives each condition a document of its own, wherever that is possible.
 *
 * @param matching by condition: the documents that match it
 * @returns the first condition for which none is left; undefined when each has one
 */
export function pairUp(matching: readonly (readonly MongoDocument[])[]): number | undefined {
  const owner = new Map<string, number>();
  for (const index of matching.keys()) {
    if (!place(index, { matching, owner, tried: new Set() })) return index;
  }
  return undefined;
}

/** One step of the search for a matching: takes a free document, or one whose owner can move on. */
function place(
  condition: number,
  state: { matching: readonly (readonly MongoDocument[])[]; owner: Map<string, number>; tried: Set<string> },
): boolean {
  for (const document of state.matching[condition] ?? []) {
    const key = JSON.stringify(document._id ?? document);
    if (state.tried.has(key)) continue;
    state.tried.add(key);
    const holder = state.owner.get(key);
    if (holder === undefined || place(holder, state)) {
      state.owner.set(key, condition);
      return true;
    }
  }
  return false;
}

/** The document that meets most of a condition's fields, and which of them it meets. */
export async function nearest({
  condition,
  documents,
  find,
}: {
  condition: Value;
  documents: readonly MongoDocument[];
  find: (part: Value) => Promise<readonly MongoDocument[]>;
}): Promise<{ document: MongoDocument; met: ReadonlySet<string> } | undefined> {
  const [first] = documents;
  if (first === undefined) return undefined;
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    return { document: first, met: new Set() };
  }
  const met = new Map<string, Set<string>>();
  for (const [field, value] of Object.entries(condition)) {
    for (const document of await find({ [field]: value as Value })) {
      const key = JSON.stringify(document._id ?? document);
      met.set(key, (met.get(key) ?? new Set()).add(field));
    }
  }
  const metBy = (document: MongoDocument) => met.get(JSON.stringify(document._id ?? document)) ?? new Set<string>();
  const [document = first] = [...documents].sort((left, right) => metBy(right).size - metBy(left).size);
  return { document, met: metBy(document) };
}
