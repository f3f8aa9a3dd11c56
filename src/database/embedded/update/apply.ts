import { badValue, CommandError } from '../errors.ts';
import type { Match } from '../query/match.ts';
import type { Collation } from '../values/collation.ts';
import { equals } from '../values/compare.ts';
import { copy, type Document, document, isDocument } from '../values/document.ts';
import { isSame } from '../values/identity.ts';
import { show } from '../values/show.ts';
import { applyChange } from './operators.ts';
import { type Change, identifierOf, type ParsedUpdate } from './parse.ts';

/** How an update is applied to one document. */
export interface UpdateContext {
  collation: Collation;
  match: Match;
  inserting: boolean;
}

/** The document after an update with operators: the very same object when nothing changed. */
export function applyUpdate(before: Document, update: ParsedUpdate, context: UpdateContext): Document {
  const root = copy(before);
  if (!context.inserting) {
    update.changes.forEach(refuseDollar);
  }
  for (const change of update.changes) {
    for (const path of resolve(root, change, { update, match: context.match })) {
      applyChange(
        { operator: change.operator, path, argument: change.argument },
        { root, name: change.name, collation: context.collation, inserting: context.inserting },
      );
    }
  }
  return settled(before, root);
}

/** A field at the top of a stored document gets a name with a dollar only when the document is made. */
function refuseDollar({ path: [first = ''], name }: Change): void {
  if (first.startsWith('$')) {
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${first}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
}

/** The document after a replacement: its `_id` stays. */
export function replace(before: Document, replacement: Document): Document {
  const id = replacement._id === undefined ? before._id : replacement._id;
  if (before._id !== undefined && !equals(id, before._id)) {
    throw new CommandError(
      66,
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(id)}`,
    );
  }
  const fields = Object.entries(copy(replacement)).filter(([name]) => name !== '_id');
  return settled(before, document(id === undefined ? fields : [['_id', id], ...fields]));
}

/**
 * What an update made of a document, once it is sure that its `_id` is still the same; the document itself when
 * nothing changed.
 *
 * @throws CommandError 66 for another `_id`
 */
export function settled(before: Document, after: Document): Document {
  if (before._id !== undefined && (after._id === undefined || !equals(before._id, after._id))) {
    throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return isSame(before, after) ? before : after;
}

interface Way {
  path: readonly string[];
  value: unknown;
}

/** The paths that a path with `$`, `$[]` and `$[name]` stands for in this document. */
function resolve(
  root: Document,
  change: Change,
  { update, match }: { update: ParsedUpdate; match: Match },
): (readonly string[])[] {
  let ways: Way[] = [{ path: [], value: root }];
  for (const part of change.path) {
    ways = ways.flatMap((way) => onward(way, part, { update, match }));
  }
  return ways.map((way) => way.path);
}

function onward(way: Way, part: string, { update, match }: { update: ParsedUpdate; match: Match }): Way[] {
  if (part === '$') {
    if (match.position === undefined) {
      throw badValue('The positional operator did not find the match needed from the query.');
    }
    return [step(way, String(match.position))];
  }
  const identifier = identifierOf(part);
  if (identifier === undefined) {
    return [step(way, part)];
  }
  return elements(way, update.filters.get(identifier) ?? (() => true));
}

function step({ path, value }: Way, part: string): Way {
  const next = Array.isArray(value) ? value[Number(part)] : isDocument(value) ? value[part] : undefined;
  return { path: [...path, part], value: next };
}

function elements({ path, value }: Way, wanted: (element: unknown) => boolean): Way[] {
  if (value === undefined || value === null) {
    throw badValue(`The path '${path.join('.')}' must exist in the document in order to apply array updates.`);
  }
  if (!Array.isArray(value)) {
    throw badValue(`Cannot apply array updates to non-array element ${path.at(-1)}: ${show(value)}`);
  }
  return value.flatMap((element, index) =>
    wanted(element) ? [{ path: [...path, String(index)], value: element }] : [],
  );
}
