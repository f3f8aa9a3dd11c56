import type { OpenDatabase } from '../database/session.ts';
import type { Job } from '../model/job.ts';
import type { DatabaseSpec } from '../model/mongo.ts';
import { openStock, type Stock } from '../sandbox/stock.ts';

/** What stays up from one grading to the next. */
export interface Standing {
  readonly stock: Stock;
  /** The database of the job before, where this one asks for the same; every run finds it emptied and seeded. */
  openDatabase(job: Job, spec: DatabaseSpec): Promise<OpenDatabase>;
  /** Ends everything. */
  close(): Promise<void>;
}

/** Nothing stands yet. */
export function openStanding(): Standing {
  const stock = openStock();
  let kept: { key: string; database: Promise<OpenDatabase> } | undefined;

  async function closeDatabase(): Promise<void> {
    const closing = kept?.database;
    kept = undefined;
    await closing?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  return {
    stock,
    async openDatabase(job, spec) {
      const key = JSON.stringify([job.database, spec.name]);
      if (kept?.key !== key) {
        await closeDatabase();
        const { openSessionDatabase } = await import('./database.ts');
        kept = { key, database: openSessionDatabase(job, spec) };
      }
      try {
        return await kept.database;
      } catch (error) {
        kept = undefined;
        throw error;
      }
    },
    async close() {
      await Promise.all([stock.close(), closeDatabase()]);
    },
  };
}
