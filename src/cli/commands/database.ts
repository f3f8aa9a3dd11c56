import { EXIT, TutorError } from '../../model/error.ts';
import { USUAL_PORT } from '../../model/mongo.ts';
import type { Command } from '../context.ts';
import { dataFolder } from '../database.ts';
import { openOwnDatabase } from '../own-database.ts';

/** `database [--port] [--data]`: serves the learner's own database until it is interrupted. */
export const run: Command = async (context) => {
  const { io, say, options, signal } = context;
  const database = await openOwnDatabase(context, options.port ?? USUAL_PORT);
  const uri = `mongodb://127.0.0.1:${database.port}`;
  const folder = dataFolder(context);
  if (database.shared) throw new TutorError(say('databaseShared', { uri }));
  if (options.json) io.print(`${JSON.stringify({ schemaVersion: 1, uri, folder: folder ?? null })}\n`);
  else io.print(`${say('databaseAt', { uri })}\n`);
  io.tell(folder === undefined ? say('databaseNotKept') : say('databaseKept', { folder }));
  const stopped = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const how = await Promise.race([database.ended, stopped]);
  if (how !== undefined) throw new TutorError(say('databaseEnded', { how }), { exitCode: EXIT.tutorFailed });
  await database.close();
  return EXIT.passed;
};
