import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, errorCode, TutorError } from '../model/error.ts';
import type { Progress } from '../model/progress.ts';
import { parseProgress } from '../progress/format.ts';
import type { ProgressStore } from '../progress/store.ts';
import { TUTOR_FOLDER, type Workspace } from './workspace.ts';

/** Packages are neither the learner's work nor the exercise's, so they stay where they are. */
const LEFT_ALONE = 'node_modules';
/** Ends the name of a backup that `undo` made of what stood there; `undo` does not bring it back by itself. */
export const SET_ASIDE = '-undone';

/** In place of an exercise's id: a backup of the progress. No id has a `_`. */
export const PROGRESS_BACKUP = '_progress';
const PROGRESS_FILE = 'progress.json';

/** Who keeps backups: a workspace, or another folder where there is none. */
export type Keeper = Pick<Workspace, 'folder'>;

/** A backup that a command made of what it replaced. */
export interface Backup {
  /** Its id, or a name that no exercise has. */
  exercise: string;
  /** Absolute. */
  folder: string;
}

/** Copies a folder of the workspace to a new backup of its exercise, and returns the backup's absolute folder. */
export async function makeBackup(
  workspace: Workspace,
  { id, now, suffix = '' }: { id: string; now: Date; suffix?: string },
): Promise<string> {
  const backup = backupPath(workspace, id, { now, suffix });
  await mkdir(path.dirname(backup), { recursive: true });
  await withTemporary(workspace, async (temporary) => {
    const copy = path.join(temporary, 'copy');
    await copyAside(path.join(workspace.folder, id), copy);
    await rename(copy, backup);
  });
  return backup;
}

/** Keeps the progress as it is, and returns the backup's absolute folder. */
export async function backUpProgress(
  workspace: Workspace,
  { progress, now, suffix = '' }: { progress: Progress; now: Date; suffix?: string },
): Promise<string> {
  const folder = backupPath(workspace, PROGRESS_BACKUP, { now, suffix });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, PROGRESS_FILE), `${JSON.stringify(progress, undefined, 2)}\n`);
  return folder;
}

/**
 * Puts a backup of the progress in the place of what is known now, which is kept as a backup too.
 * @returns absolute folder of that second backup
 * @throws {TutorError} when the backup is damaged or something cannot be written
 */
export async function bringBackProgress(
  { workspace, store }: { workspace: Workspace; store: ProgressStore },
  backup: Backup,
  now: Date,
): Promise<string> {
  const file = path.join(backup.folder, PROGRESS_FILE);
  const parsed = parseProgress(await readFile(file, 'utf8'), file);
  if (parsed.kind === 'damaged') throw new TutorError(`The backup is damaged: ${file}`);
  const kept = await backUpProgress(workspace, { progress: await store.read(), now, suffix: SET_ASIDE });
  await store.update(() => parsed.progress);
  await rm(backup.folder, { recursive: true, force: true });
  return kept;
}

/** The newest backup, of some ids or of all; undefined when there is none. */
export async function newestBackup(keeper: Keeper, ids?: readonly string[]): Promise<Backup | undefined> {
  const exercises = ids ?? (await namesIn(backupsFolder(keeper)));
  const backups: (Backup & { time: string })[] = [];
  for (const id of exercises) {
    const times = (await namesIn(path.join(backupsFolder(keeper), id))).filter((name) => !name.endsWith(SET_ASIDE));
    for (const time of times) {
      backups.push({ exercise: id, folder: path.join(backupsFolder(keeper), id, time), time });
    }
  }
  return backups.sort((a, b) => (a.time < b.time ? 1 : -1))[0];
}

/**
 * Puts a backup's files in place of what stands in its exercise's folder, which is kept as a backup too.
 * @returns absolute folder of that second backup; undefined when nothing stood there
 * @throws {TutorError} when something cannot be written; nothing is lost then
 */
export async function bringBack(workspace: Workspace, backup: Backup, now: Date): Promise<string | undefined> {
  const folder = path.join(workspace.folder, backup.exercise);
  let kept: string | undefined;
  try {
    if ((await namesIn(folder)).length > 0) {
      kept = await makeBackup(workspace, { id: backup.exercise, now, suffix: SET_ASIDE });
    }
    await emptyFolder(folder);
    await copyAside(backup.folder, folder);
    await rm(backup.folder, { recursive: true, force: true });
    return kept;
  } catch (error) {
    throw new TutorError(`${backup.exercise} cannot be brought back: ${describeError(error)}`, {
      next: `Your files are kept in ${[backup.folder, kept].filter(Boolean).join(' and ')}`,
      cause: error,
    });
  }
}

/** Removes all but the installed packages. */
export async function emptyFolder(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (name !== LEFT_ALONE) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Lets a folder grow beside its place, so that it appears there only when it is whole. */
export async function withTemporary(workspace: Workspace, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(workspace.folder, TUTOR_FOLDER, 'copying-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyAside(from: string, to: string): Promise<void> {
  const filter = (source: string) => source !== path.join(from, LEFT_ALONE);
  await cp(from, to, { recursive: true, verbatimSymlinks: true, filter });
}

/** Absolute folder of a new backup; names are in the order of time. */
export function backupPath(keeper: Keeper, id: string, { now, suffix }: { now: Date; suffix: string }): string {
  return path.join(backupsFolder(keeper), id, now.toISOString().replace(/[:.]/g, '-') + suffix);
}

function backupsFolder({ folder }: Keeper): string {
  return path.join(folder, TUTOR_FOLDER, 'backups');
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
