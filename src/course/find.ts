import { TutorError } from '../model/error.ts';
import { suggest } from '../model/suggest.ts';

/** The item with an id. @throws {TutorError} with the nearest ids when there is none */
export function findById<Item extends { id: string }>(items: readonly Item[], id: string, noun: string): Item {
  const item = items.find((candidate) => candidate.id === id);
  if (item !== undefined) return item;
  const ids = items.map((candidate) => candidate.id);
  const nearest = suggest(id, ids);
  const next = nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}?` : 'node-tutor list shows all of them.';
  throw new TutorError(`There is no ${noun} ${JSON.stringify(id)}.`, { next });
}
