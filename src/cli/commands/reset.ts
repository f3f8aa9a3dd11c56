import { EXIT } from '../../model/error.ts';
import type { Command, CommandContext } from '../context.ts';
import { resetExercise } from '../exercise-files.ts';
import { findOwnTarget } from '../target.ts';

/** `reset [id]`: the starter files back, the learner's kept as a backup. */
export const run: Command = async (context) => {
  const { io, options, packageRoot, language } = context;
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
    io.print(resetText(context, { exercise: id, folder: target.folder, backup }));
  }
  return EXIT.passed;
};

/** What a reset did, for people, and how to undo it. */
export function resetText(
  { say }: CommandContext,
  { exercise, folder, backup }: { exercise: string; folder: string; backup: string },
): string {
  return `${[say('resetDone', { exercise, folder }), say('resetBackup', { backup }), say('resetUndo', { exercise })].join('\n')}\n`;
}
