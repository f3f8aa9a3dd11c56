import { loadExercise } from '../course/exercise.ts';
import { runSubmission } from '../engine/run.ts';
import type { CommandContext } from './context.ts';
import { chooseIsolation } from './isolation.ts';
import { needPackages } from './needed-packages.ts';
import { openOwnDatabaseAnywhere } from './own-database.ts';
import type { Target } from './target.ts';

/**
 * Runs the learner's program in their own terminal, with their own database where the exercise has one.
 * @returns its exit code
 * @throws {TutorError} when there is nothing to run
 */
export async function runTarget(
  context: CommandContext,
  target: Target,
  { args, signal }: { args: readonly string[]; signal: AbortSignal },
): Promise<number> {
  const [course, isolation] = await Promise.all([context.course(), chooseIsolation(context)]);
  await needPackages(context, course, [target.exercise.id]);
  const { language } = context;
  const exercise = target.exercise.id;
  const { run: how, database: needsDatabase } = await loadExercise(course, exercise);
  const database = needsDatabase ? await openOwnDatabaseAnywhere(context) : undefined;
  const request = {
    ...{ course, isolation, language, signal, args, exercise, submission: target.folder },
    ...(database && { databasePort: database.port }),
  };
  try {
    return how.kind === 'server'
      ? await (await import('./live-server.ts')).serveLive(context, request)
      : await runSubmission(request);
  } finally {
    await database?.close();
  }
}
