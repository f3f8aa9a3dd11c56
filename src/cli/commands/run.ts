import { loadExercise } from '../../course/exercise.ts';
import { runSubmission } from '../../engine/run.ts';
import type { Command } from '../context.ts';
import { chooseIsolation } from '../isolation.ts';
import { needPackages } from '../needed-packages.ts';
import { openOwnDatabaseAnywhere } from '../own-database.ts';
import { findTarget } from '../target.ts';

/** `run [id|path] [-- args]`: the learner's program, held in the sandbox, in their own terminal. Its exit code is the tutor's. */
export const run: Command = async (context) => {
  const target = await findTarget(context, context.arguments[0]);
  const [course, isolation] = await Promise.all([context.course(), chooseIsolation(context)]);
  await needPackages(context, course, [target.exercise.id]);
  const { language, signal, rest } = context;
  const exercise = target.exercise.id;
  const { run: how, database: needsDatabase } = await loadExercise(course, exercise);
  const database = needsDatabase ? await openOwnDatabaseAnywhere(context) : undefined;
  const request = {
    ...{ course, isolation, language, signal, args: rest, exercise, submission: target.folder },
    ...(database && { databasePort: database.port }),
  };
  try {
    return how.kind === 'server'
      ? await (await import('../live-server.ts')).serveLive(context, request)
      : await runSubmission(request);
  } finally {
    await database?.close();
  }
};
