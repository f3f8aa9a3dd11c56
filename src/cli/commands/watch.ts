import { EXIT } from '../../model/error.ts';
import type { Command } from '../context.ts';
import { EXIT_INTERRUPTED, Interrupted } from '../menu/prompt.ts';
import { findOwnExercise } from '../target.ts';

/** `watch [id|path]`: one exercise, checked after each save, on a screen that stays or line by line. */
export const run: Command = async (context) => {
  const { id, workspace } = await findOwnExercise(context, context.arguments[0]);
  try {
    const { watchExercises } = await import('../watch/watch-exercises.ts');
    await watchExercises(context, workspace, id);
    return EXIT.passed;
  } catch (error) {
    if (error instanceof Interrupted) return EXIT_INTERRUPTED;
    throw error;
  }
};
