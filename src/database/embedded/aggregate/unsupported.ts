import { CommandError } from '../errors.ts';

/** Stages that MongoDB has and this server has not, with the code and the sentence that answers them. */
const REFUSALS: ReadonlyMap<string, readonly [code: number, message: string]> = new Map<
  string,
  readonly [number, string]
>([
  ['$changeStream', [40573, 'The $changeStream stage is only supported on replica sets']],
  ['$changeStreamSplitLargeEvent', [40573, 'The $changeStream stage is only supported on replica sets']],
  ['$search', [31082, 'The $search stage needs MongoDB Atlas, which this server is not.']],
  ['$searchMeta', [31082, 'The $searchMeta stage needs MongoDB Atlas, which this server is not.']],
  ['$vectorSearch', [31082, 'The $vectorSearch stage needs MongoDB Atlas, which this server is not.']],
  ['$listSearchIndexes', [31082, 'The $listSearchIndexes stage needs MongoDB Atlas, which this server is not.']],
  ['$geoNear', [238, 'The $geoNear stage needs geospatial indexes, which this server does not have.']],
]);

/** Why a known stage is not there; undefined for a name that is no stage at all. */
export function refusal(stage: string): CommandError | undefined {
  const found = REFUSALS.get(stage);
  return found && new CommandError(...found);
}
