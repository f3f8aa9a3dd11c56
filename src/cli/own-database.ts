import type { OwnDatabase } from '../database/own.ts';
import { EXIT, errorCode, TutorError } from '../model/error.ts';
import { USUAL_PORT } from '../model/mongo.ts';
import { paragraph } from '../ui/layout.ts';
import type { CommandContext } from './context.ts';
import { dataFolder } from './database.ts';

/** Starts the learner's own database. @throws TutorError when the port is taken, or it does not start */
export async function openOwnDatabase(context: CommandContext, port: number): Promise<OwnDatabase> {
  const { say, io } = context;
  const { startOwnDatabase } = await import('../database/own.ts');
  const { tutorPaths } = await import('../engine/paths.ts');
  try {
    const database = await startOwnDatabase(tutorPaths().dist, { port, folder: dataFolder(context) });
    for (const file of database.damaged) io.tell(say('databaseDamaged', { file }));
    return database;
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') {
      throw new TutorError(say('databaseTaken', { port: String(port) }), {
        next: say('databaseTakenNext', { port: String(port + 1) }),
      });
    }
    throw new TutorError(say('databaseFailed', { reason: error instanceof Error ? error.message : String(error) }), {
      exitCode: EXIT.tutorFailed,
      next: say('databaseFailedNext'),
    });
  }
}

/** Serves the learner's own database on MongoDB's usual port while they work on an exercise that needs one. */
export async function offerDatabase(context: CommandContext): Promise<OwnDatabase | undefined> {
  const { io, say } = context;
  try {
    const database = await openOwnDatabase(context, USUAL_PORT);
    const { columns } = await context.theme();
    const text = say('databaseMeanwhile', { uri: `mongodb://127.0.0.1:${database.port}` });
    io.print(`${paragraph(text, { indent: 2, columns })}\n\n`);
    return database;
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    io.tell([error.message, say('databaseTakenMeanwhile')].join(' '));
    return undefined;
  }
}

/** The learner's own database on MongoDB's usual port, or on another one where that is taken. */
export async function openOwnDatabaseAnywhere(context: CommandContext): Promise<OwnDatabase> {
  try {
    return await openOwnDatabase(context, USUAL_PORT);
  } catch (error) {
    if (error instanceof TutorError && error.exitCode === EXIT.tutorFailed) throw error;
    return openOwnDatabase(context, 0);
  }
}
