import { EXIT } from '../../model/error.ts';
import type { Command } from '../context.ts';
import { resetExercise } from '../exercise-files.ts';
import { findOwnTarget } from '../target.ts';

/** `reset [id]`: the starter files back, the learner's kept as a backup. */
export const run: Command = async (context) => {
  const { io, say, options, packageRoot, language } = context;
  const target = await findOwnTarget(context, context.arguments[0]);
  const course = await context.course();
  const { id } = target.exercise;
  const backup = await resetExercise({
    course,
    workspace: target.workspace,
    id,
    language,
    packageRoot,
    now: new Date(),
  });
  if (options.json) {
    io.print(`${JSON.stringify({ schemaVersion: 1, exercise: id, folder: target.folder, backup }, undefined, 2)}\n`);
  } else {
    io.print(`${say('resetDone', { exercise: id, folder: target.folder })}\n${say('resetBackup', { backup })}\n`);
  }
  return EXIT.passed;
};
