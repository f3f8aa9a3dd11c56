import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { findExercise } from '../course/exercise.ts';
import type { Course, ExerciseSummary } from '../model/course.ts';
import { TutorError } from '../model/error.ts';
import { firstOpen } from '../progress/changes.ts';
import type { CommandContext } from './context.ts';
import { progressOf } from './progress.ts';
import { requireWorkspace, TUTOR_FOLDER, type Workspace, workspaceOf } from './workspace.ts';

/** The exercise that a command is about, and where the learner's files for it lie. */
export interface Target {
  exercise: ExerciseSummary;
  /** Absolute folder of the submission. It exists. */
  folder: string;
  /** The workspace that the folder lies in; undefined for a submission from elsewhere. */
  workspace: Workspace | undefined;
}

/** True when an argument names a place and not an id. */
export function isPath(argument: string): boolean {
  return argument === '.' || argument === '..' || /[/\\]/.test(argument);
}

/**
 * Finds what `[id|path]` means: the exercise named, the one of the folder, or without an argument
 * the one of the current folder, else the first that has not passed.
 * @throws {TutorError} when there is no such exercise or it has not been opened
 */
export async function findTarget(context: CommandContext, argument: string | undefined): Promise<Target> {
  const course = await context.course();
  const target = await locate(context, course, argument);
  if (!existsSync(target.folder)) {
    const { id } = target.exercise;
    const { say } = context;
    throw new TutorError(say('notOpened', { exercise: id }), { next: say('notOpenedNext', { exercise: id }) });
  }
  return target;
}

/**
 * Like `findTarget`, for commands that change or remember something.
 * @throws {TutorError} also when the folder lies in no workspace
 */
export async function findOwnTarget(context: CommandContext, argument: string | undefined): Promise<OwnTarget> {
  const { exercise, folder, workspace } = await findTarget(context, argument);
  const { say } = context;
  if (workspace === undefined) throw new TutorError(say('noWorkspace'), { next: say('noWorkspaceNext') });
  return { exercise, folder, workspace };
}

/** Like `findOwnTarget`, for commands that open an exercise which is not there yet. */
export async function findOwnExercise(
  context: CommandContext,
  argument: string | undefined,
): Promise<{ id: string; workspace: Workspace }> {
  const { exercise, workspace } = await locate(context, await context.course(), argument);
  const { say } = context;
  if (workspace === undefined) throw new TutorError(say('noWorkspace'), { next: say('noWorkspaceNext') });
  return { id: exercise.id, workspace };
}

export interface OwnTarget extends Target {
  workspace: Workspace;
}

/** The first exercise of the course that has not passed. */
async function currentExercise(
  context: CommandContext,
  course: Course,
  workspace: Workspace | undefined,
): Promise<ExerciseSummary | undefined> {
  if (workspace === undefined) return course.index.exercises[0];
  const progress = await progressOf(context, workspace).read();
  return firstOpen(course.index.exercises, progress);
}

async function locate(context: CommandContext, course: Course, argument: string | undefined): Promise<Target> {
  if (argument !== undefined && isPath(argument)) return locatePath(context, course, argument);
  if (argument !== undefined) {
    const exercise = findExercise(course, argument);
    return inWorkspace(exercise, requireWorkspace(context, course));
  }
  const workspace = requireWorkspace(context, course);
  const here = exerciseOf(course, workspace, context.io.cwd);
  const exercise = here ?? (await currentExercise(context, course, workspace));
  if (exercise === undefined) {
    const { say } = context;
    if (course.index.exercises.length === 0) throw new TutorError(say('emptyCourse'));
    throw new TutorError(say('allPassed'), { next: say('allPassedNext', { command: 'check' }) });
  }
  return inWorkspace(exercise, workspace);
}

function locatePath(context: CommandContext, course: Course, argument: string): Target | Promise<Target> {
  const { io, say } = context;
  const wanted = path.resolve(io.cwd, argument);
  const folder = existingFolder(wanted);
  if (folder === undefined) throw new TutorError(say('noFolder', { path: wanted }));
  const workspace = workspaceOf(context, course);
  if (workspace !== undefined) {
    if (folder === workspace.folder) return locate(context, course, undefined);
    const exercise = exerciseOf(course, workspace, folder);
    if (exercise !== undefined) return inWorkspace(exercise, workspace);
  }
  const exercise = course.index.exercises.find(({ id }) => id === path.basename(folder));
  if (exercise !== undefined) return { exercise, folder, workspace: undefined };
  throw new TutorError(say('noExerciseFolder', { path: folder }), {
    next: say('noExerciseFolderNext', { path: argument }),
  });
}

/** The folder itself, or the one that a file lies in. */
function existingFolder(place: string): string | undefined {
  if (!existsSync(place)) return undefined;
  return statSync(place).isDirectory() ? place : path.dirname(place);
}

/** The exercise whose folder in the workspace a place lies in. */
export function exerciseOf(course: Course, workspace: Workspace, place: string): ExerciseSummary | undefined {
  const [first] = path.relative(workspace.folder, place).split(path.sep);
  if (first === TUTOR_FOLDER) return undefined;
  return course.index.exercises.find(({ id }) => id === first);
}

function inWorkspace(exercise: ExerciseSummary, workspace: Workspace): Target {
  return { exercise, folder: path.join(workspace.folder, exercise.id), workspace };
}
