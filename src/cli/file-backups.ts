import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../model/cache-folder.ts';
import { describeError, TutorError } from '../model/error.ts';
import { type Backup, backupPath, type Keeper, newestBackup, SET_ASIDE } from './backups.ts';
import type { CommandContext } from './context.ts';
import { findWorkspace } from './workspace.ts';

/** In place of an exercise's id: a backup of single files, wherever they stand. No id has a `_`. */
export const FILES_BACKUP = '_files';
/** The places of a backup's files, absolute; their copies are named by the index in this list. */
const LIST = 'files.json';

/** Where backups of single files are kept: in the workspace, without one in the folder that one is in. */
export function keeperOf({ options, io }: Pick<CommandContext, 'options' | 'io'>): Keeper {
  return findWorkspace({ dir: options.dir, cwd: io.cwd }) ?? { folder: io.cwd };
}

/**
 * Keeps those of the files that are there.
 * @returns the backup's absolute folder; undefined when none is there
 * @throws the system's error
 */
export async function backUpFiles(
  keeper: Keeper,
  files: readonly string[],
  { now, suffix = '' }: { now: Date; suffix?: string },
): Promise<string | undefined> {
  const there: string[] = [];
  for (const file of files) if (await isFile(file)) there.push(file);
  if (there.length === 0) return undefined;
  const folder = backupPath(keeper, FILES_BACKUP, { now, suffix });
  await mkdir(folder, { recursive: true });
  for (const [index, file] of there.entries()) await copyFile(file, path.join(folder, String(index)));
  await writeFile(path.join(folder, LIST), `${JSON.stringify(there, undefined, 2)}\n`);
  const mark = await markOf(folder, there.length);
  await mkdir(path.dirname(mark), { recursive: true });
  await writeFile(mark, '');
  return folder;
}

/**
 * The place of a file, in the user's own folder, that says that this tutor made a backup as it is. A folder that somebody else
 * sent may hold a backup, too, whose files would be put anywhere.
 */
async function markOf(folder: string, count: number): Promise<string> {
  const hash = createHash('sha256').update(folder);
  for (const name of [LIST, ...Array(count).keys()]) {
    const bytes = await readFile(path.join(folder, String(name)));
    hash.update(`\0${bytes.length}\0`).update(bytes);
  }
  return path.join(cacheFolder(), 'backups', hash.digest('hex'));
}

/** Files that are back, and the backup of what stood in their places. */
export interface FilesBack {
  files: readonly string[];
  kept: string | undefined;
}

/**
 * Puts the files of a backup back into their places; what stands there is kept as a backup too.
 * @throws {TutorError} when something cannot be written; nothing is lost then
 */
export async function bringBackFiles(keeper: Keeper, backup: Backup, now: Date): Promise<FilesBack> {
  try {
    const files: string[] = JSON.parse(await readFile(path.join(backup.folder, LIST), 'utf8'));
    const mark = await markOf(backup.folder, files.length);
    if (!existsSync(mark)) throw new Error('this tutor did not make that backup, or it was changed since');
    const kept = await backUpFiles(keeper, files, { now, suffix: SET_ASIDE });
    for (const [index, file] of files.entries()) {
      await mkdir(path.dirname(file), { recursive: true });
      await copyFile(path.join(backup.folder, String(index)), file);
    }
    await rm(backup.folder, { recursive: true, force: true });
    await rm(mark, { force: true });
    return { files, kept };
  } catch (error) {
    throw new TutorError(`The files cannot be brought back: ${describeError(error)}`, {
      next: `They are kept in ${backup.folder}`,
      cause: error,
    });
  }
}

/** The newest backup of single files that was made without a workspace, in this folder or one above it. */
export async function looseBackup(cwd: string): Promise<(Backup & { keeper: Keeper }) | undefined> {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const backup = await newestBackup({ folder }, [FILES_BACKUP]);
    if (backup !== undefined) return { ...backup, keeper: { folder } };
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** A pipe or a device cannot be kept. */
async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
