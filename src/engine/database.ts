import { type OpenDatabase, openDatabase } from '../database/session.ts';
import { EXIT, TutorError } from '../model/error.ts';
import type { Job } from '../model/job.ts';
import type { DatabaseSpec } from '../model/mongo.ts';
import { messages } from './messages.ts';
import { tutorPaths } from './paths.ts';

/** Opens the database of a session. @throws TutorError when the server cannot be had: nobody's fault but ours or the address's */
export async function openSessionDatabase(
  { database: choice, language }: Job,
  { name }: DatabaseSpec,
): Promise<OpenDatabase> {
  const say = messages(language);
  try {
    return await openDatabase(choice, { dist: tutorPaths().dist, name });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (choice.provider === 'address') {
      throw new TutorError(say('database.address', { uri: choice.uri, reason }), {
        next: say('database.address.next'),
        exitCode: EXIT.misuse,
      });
    }
    throw new TutorError(say('database.start', { reason }), {
      next: say('database.start.next'),
      exitCode: EXIT.tutorFailed,
    });
  }
}
