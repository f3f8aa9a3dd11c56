import path from 'node:path';
import { findExercise } from '../../course/exercise.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { type Backup, bringBack, bringBackProgress, type Keeper, newestBackup, PROGRESS_BACKUP } from '../backups.ts';
import type { Command, CommandContext } from '../context.ts';
import { bringBackFiles, FILES_BACKUP, looseBackup } from '../file-backups.ts';
import { progressOf } from '../progress.ts';
import { exerciseOf, isPath } from '../target.ts';
import { findWorkspace, requireWorkspace, type Workspace } from '../workspace.ts';

/** What is back, for people and for programs. */
interface Undone {
  lines: readonly string[];
  answer: object;
  /** Absolute folder with what stood there until now. */
  kept: string | undefined;
}

/** `undo [id]`: brings back what the last command replaced. */
export const run: Command = async (context) => {
  const { io, say, options } = context;
  const { lines, answer, kept } = (await undoLoose(context)) ?? (await undoInWorkspace(context));
  const more = kept === undefined ? [] : [say('undoneBackup', { backup: kept })];
  if (options.json)
    io.print(`${JSON.stringify({ schemaVersion: 1, ...answer, backup: kept ?? null }, undefined, 2)}\n`);
  else io.print(`${[...lines, ...more].join('\n')}\n`);
  return EXIT.passed;
};

/** Files of somebody who has no workspace: the author of a course. */
async function undoLoose(context: CommandContext): Promise<Undone | undefined> {
  const { arguments: names, io, options } = context;
  if (names.length > 0 || findWorkspace({ dir: options.dir, cwd: io.cwd }) !== undefined) return undefined;
  const backup = await looseBackup(io.cwd);
  return backup && undoFiles(context, backup.keeper, backup);
}

async function undoInWorkspace(context: CommandContext): Promise<Undone> {
  const workspace = requireWorkspace(context, await context.course());
  const backup = await findBackup(context, workspace);
  if (backup.exercise === PROGRESS_BACKUP) return undoImport(context, workspace, backup);
  if (backup.exercise === FILES_BACKUP) return undoFiles(context, workspace, backup);
  const kept = await bringBack(workspace, backup, new Date());
  const { exercise } = backup;
  const folder = path.join(workspace.folder, exercise);
  return { lines: [context.say('undone', { exercise, folder })], answer: { exercise, folder }, kept };
}

async function undoImport(context: CommandContext, workspace: Workspace, backup: Backup): Promise<Undone> {
  const store = progressOf(context, workspace);
  const kept = await bringBackProgress({ workspace, store }, backup, new Date());
  return { lines: [context.say('undoneImport')], answer: { progress: store.file }, kept };
}

async function undoFiles({ say }: CommandContext, keeper: Keeper, backup: Backup): Promise<Undone> {
  const { files, kept } = await bringBackFiles(keeper, backup, new Date());
  return { lines: files.map((file) => say('undoneFiles', { file })), answer: { files }, kept };
}

/** The newest backup of the exercise that is named; of the one that one is in, or of no exercise; else of all. */
async function findBackup(context: CommandContext, workspace: Workspace): Promise<Backup> {
  const { io, say } = context;
  const [argument] = context.arguments;
  const course = await context.course();
  const exercise =
    argument === undefined || isPath(argument)
      ? exerciseOf(course, workspace, path.resolve(io.cwd, argument ?? '.'))
      : findExercise(course, argument);
  const ofNone = argument === undefined ? [PROGRESS_BACKUP, FILES_BACKUP] : [];
  const backup = await newestBackup(workspace, exercise && [exercise.id, ...ofNone]);
  if (backup !== undefined) return backup;
  const message = exercise === undefined ? say('nothingToUndo') : say('nothingToUndoOf', { exercise: exercise.id });
  throw new TutorError(message, { next: say('nothingToUndoNext') });
}
