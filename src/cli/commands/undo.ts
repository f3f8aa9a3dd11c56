import path from 'node:path';
import { findExercise } from '../../course/exercise.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { type Backup, bringBack, newestBackup } from '../backups.ts';
import type { Command, CommandContext } from '../context.ts';
import { exerciseOf, isPath } from '../target.ts';
import { requireWorkspace, type Workspace } from '../workspace.ts';

/** `undo [id]`: brings back what the last reset replaced. */
export const run: Command = async (context) => {
  const { io, say, options } = context;
  const workspace = requireWorkspace(context, await context.course());
  const backup = await findBackup(context, workspace);
  const kept = await bringBack(workspace, backup, new Date());
  const { exercise } = backup;
  const folder = path.join(workspace.folder, exercise);
  if (options.json) {
    const answer = { schemaVersion: 1, exercise, folder, backup: kept ?? null };
    io.print(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else {
    const lines = [say('undone', { exercise, folder })];
    if (kept !== undefined) lines.push(say('undoneBackup', { backup: kept }));
    io.print(`${lines.join('\n')}\n`);
  }
  return EXIT.passed;
};

/** The backup of the exercise that is named or that one is in, else the newest of all. */
async function findBackup(context: CommandContext, workspace: Workspace): Promise<Backup> {
  const { io, say } = context;
  const [argument] = context.arguments;
  const course = await context.course();
  const exercise =
    argument === undefined || isPath(argument)
      ? exerciseOf(course, workspace, path.resolve(io.cwd, argument ?? '.'))
      : findExercise(course, argument);
  const backup = await newestBackup(workspace, exercise?.id);
  if (backup !== undefined) return backup;
  const message = exercise === undefined ? say('nothingToUndo') : say('nothingToUndoOf', { exercise: exercise.id });
  throw new TutorError(message, { next: say('nothingToUndoNext') });
}
