import path from 'node:path';
import { findExercise } from '../../course/exercise.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { type Backup, bringBack, bringBackProgress, newestBackup, PROGRESS_BACKUP } from '../backups.ts';
import type { Command, CommandContext } from '../context.ts';
import { progressOf } from '../progress.ts';
import { exerciseOf, isPath } from '../target.ts';
import { requireWorkspace, type Workspace } from '../workspace.ts';

/** `undo [id]`: brings back what the last command replaced. */
export const run: Command = async (context) => {
  const { io, say, options } = context;
  const workspace = requireWorkspace(context, await context.course());
  const backup = await findBackup(context, workspace);
  if (backup.exercise === PROGRESS_BACKUP) return undoImport(context, workspace, backup);
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

async function undoImport(context: CommandContext, workspace: Workspace, backup: Backup): Promise<number> {
  const { io, say, options } = context;
  const store = progressOf(context, workspace);
  const kept = await bringBackProgress({ workspace, store }, backup, new Date());
  if (options.json)
    io.print(`${JSON.stringify({ schemaVersion: 1, progress: store.file, backup: kept }, undefined, 2)}\n`);
  else io.print(`${say('undoneImport')}\n${say('undoneBackup', { backup: kept })}\n`);
  return EXIT.passed;
}

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
