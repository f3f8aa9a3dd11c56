import { existsSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exerciseFolder, loadExercise } from '../course/exercise.ts';
import { handOut } from '../course/hand-out.ts';
import { loadTask } from '../course/task.ts';
import type { Course, Exercise } from '../model/course.ts';
import { describeError, TutorError } from '../model/error.ts';
import { emptyFolder, makeBackup, withTemporary } from './backups.ts';
import { rememberStarter, type Upgrade, type UpgradeRequest, upgradeExercise } from './upgrade.ts';
import type { Workspace } from './workspace.ts';
import { linkInto } from './workspace-packages.ts';

/** What is needed to bring an exercise's files into a workspace. */
export interface ExerciseRequest {
  course: Course;
  workspace: Workspace;
  id: string;
  language: string;
  /** Folder from which the packages that exercises use are found. */
  packageRoot: string;
}

/** An exercise in the workspace. */
export interface OpenedExercise {
  exercise: Exercise;
  folder: string;
  /** True when its starter was copied just now. */
  isNew: boolean;
  /** What a new version of its starter changed just now. */
  upgrade?: Upgrade;
}

/**
 * Copies an exercise's starter into the workspace when it is not there yet, brings in what a newer version of the
 * starter changed, and links the packages that it uses.
 * @throws {TutorError} when the workspace cannot be written to
 */
export async function openExercise(request: ExerciseRequest): Promise<OpenedExercise> {
  const { course, workspace, id, packageRoot } = request;
  const exercise = await loadExercise(course, id);
  const folder = path.join(workspace.folder, id);
  const isNew = !existsSync(folder);
  let upgrade: Upgrade | undefined;
  try {
    if (isNew) {
      // It appears at its place only when all of it is there.
      await withTemporary(workspace, async (temporary) => {
        const copy = path.join(temporary, 'copy');
        await copyStarter(request, copy);
        await rename(copy, folder);
      });
      await rememberStarter(starterOf(request));
    } else upgrade = await upgradeExercise(starterOf(request));
    await linkInto(workspace, { packages: exercise.packages, packageRoot });
  } catch (error) {
    if (error instanceof TutorError) throw error;
    throw new TutorError(`The files of ${id} cannot be written: ${describeError(error)}`, { cause: error });
  }
  return { exercise, folder, isNew, ...(upgrade && { upgrade }) };
}

/** The file that a learner works on first, below the exercise's folder: one of those that the manifest names, else its entry. */
export function fileToEdit({ files, entry }: Exercise, folder: string): string {
  const isFile = (file: string) => statSync(path.join(folder, file), { throwIfNoEntry: false })?.isFile() === true;
  const [first = 'index.js'] = entry;
  const candidates = files.includes(first) ? [first, ...files] : [...files, ...entry];
  return candidates.find(isFile) ?? first;
}

function starterOf(request: ExerciseRequest): UpgradeRequest {
  const { workspace, id } = request;
  return { workspace, id, handOut: (folder) => copyStarter(request, folder) };
}

/** The starter's files, and the exercise's text as README.md unless the starter has one of its own. */
async function copyStarter({ course, id, language }: ExerciseRequest, to: string): Promise<void> {
  const starter = path.join(exerciseFolder(course, id), 'starter');
  await mkdir(to, { recursive: true });
  if (existsSync(starter)) await handOut(starter, to);
  const readme = path.join(to, 'README.md');
  if (!existsSync(readme)) await writeFile(readme, await loadTask({ course, id, language }));
}

/**
 * Puts the starter back in place of the learner's files, which are copied to a backup folder first.
 * @returns absolute folder of the backup
 * @throws {TutorError} when something cannot be written; the backup is whole before a file is removed
 */
export async function resetExercise(request: ExerciseRequest & { now: Date }): Promise<string> {
  const { workspace, id, now } = request;
  const folder = path.join(workspace.folder, id);
  let backup: string | undefined;
  try {
    backup = await makeBackup(workspace, { id, now });
    await emptyFolder(folder);
    await copyStarter(request, folder);
    await rememberStarter(starterOf(request));
    return backup;
  } catch (error) {
    throw new TutorError(`${id} cannot be reset: ${describeError(error)}`, {
      next: backup === undefined ? 'Nothing was changed.' : `Your files are kept in ${backup}`,
      cause: error,
    });
  }
}
