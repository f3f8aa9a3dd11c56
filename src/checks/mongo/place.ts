import type { MongoLook, SessionDatabase } from '../../model/mongo.ts';
import { suggest } from '../../model/suggest.ts';

/** Where a look's collection is, or what is there instead of it. */
export interface Found {
  exists: boolean;
  place: { database: string; collection: string };
  /** What the run has used, a line for each database. */
  observed: string[];
  elsewhere?: { cause: 'other-collection' | 'other-database'; other: string; database: string };
}

/** Finds the collection in the database of the exercise, or in whichever the run used. */
export async function placeOf(look: MongoLook, database: SessionDatabase): Promise<Found> {
  const used = look.database === undefined ? await usedPlaces(database) : [await placesIn(look.database, database)];
  const home = used.find(({ collections }) => collections.includes(look.collection));
  const place = { database: home?.name ?? used[0]?.name ?? database.name, collection: look.collection };
  if (home) return { exists: true, place, observed: [] };
  const observed = used.map(({ name, collections }) => `${name}: ${collections.join(', ') || '–'}`);
  const elsewhere = look.database === undefined ? otherName(look, used) : await otherDatabase(look, database);
  return { exists: false, place, observed, ...(elsewhere && { elsewhere }) };
}

/** A database and its collections. */
interface Places {
  name: string;
  collections: readonly string[];
}

async function placesIn(name: string, database: SessionDatabase): Promise<Places> {
  return { name, collections: await database.collections(name) };
}

/** In the order of `usedDatabases`; the exercise's own one, which most runs use, is asked in the same breath. */
async function usedPlaces(database: SessionDatabase): Promise<Places[]> {
  const [names, own] = await Promise.all([usedDatabases(database), placesIn(database.name, database)]);
  return Promise.all(names.map((name) => (name === own.name ? own : placesIn(name, database))));
}

/** The exercise's own database last: what the run has made tells more than the seed. */
async function usedDatabases(database: SessionDatabase): Promise<string[]> {
  const names = await database.databases();
  return [...names.filter((name) => name !== database.name), ...names.filter((name) => name === database.name)];
}

function otherName({ collection }: MongoLook, used: readonly Places[]): Found['elsewhere'] {
  for (const { name, collections } of used) {
    const [near] = suggest(collection, collections);
    const other = near ?? (collections.length === 1 ? collections[0] : undefined);
    if (other !== undefined) return { cause: 'other-collection', other, database: name };
  }
  return undefined;
}

/** A collection that only this run has made, where the one that is looked at was there before. */
export async function madeInstead({ place }: Found, database: SessionDatabase): Promise<Found['elsewhere']> {
  for (const name of await usedDatabases(database)) {
    for (const other of await database.collections(name)) {
      const isMade = other !== place.collection && (await database.seeded(other, {})).length === 0;
      if (isMade && (await database.find({ database: name, collection: other }, {})).length > 0) {
        return { cause: 'other-collection', other, database: name };
      }
    }
  }
  return undefined;
}

async function otherDatabase(look: MongoLook, database: SessionDatabase): Promise<Found['elsewhere']> {
  for (const name of await database.databases()) {
    if (name !== look.database && (await database.collections(name)).includes(look.collection)) {
      return { cause: 'other-database', other: name, database: look.database ?? '' };
    }
  }
  return undefined;
}
