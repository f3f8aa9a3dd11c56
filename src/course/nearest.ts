import { suggest } from '../model/suggest.ts';

/** Longer words are no typing errors, and cost time to compare. */
const LONGEST = 100;

/** "Did you mean …?" with the candidate nearest to a mistyped word, or undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  const [nearest] = suggest(
    word,
    [...candidates].filter((candidate) => candidate.length <= LONGEST),
  );
  return nearest === undefined ? undefined : `Did you mean \`${nearest}\`?`;
}
