import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, TutorError } from '../../model/error.ts';
import type { CommandContext } from '../context.ts';
import { backUpFiles, keeperOf } from '../file-backups.ts';
import type { Files } from './templates.ts';

/** Files that were written. */
export interface Written {
  /** Absolute. */
  files: string[];
  /** Absolute folder with what stood there before; undefined when nothing did. */
  backup: string | undefined;
}

/**
 * Writes files below a folder; none when one of them is there already, unless `--force` was given, which keeps those.
 * @throws {TutorError} when one is there, or cannot be written
 */
export async function writeFiles(context: CommandContext, folder: string, files: Files): Promise<Written> {
  const { options, say } = context;
  const targets = Object.entries(files).map(([name, text]) => ({ file: path.join(folder, ...name.split('/')), text }));
  const taken = targets.find(({ file }) => existsSync(file));
  if (taken !== undefined && !options.force) {
    throw new TutorError(say('newTaken', { file: taken.file }), { next: say('newTakenNext') });
  }
  const names = targets.map(({ file }) => file);
  const backup = taken && (await orFailed(taken.file, backUpFiles(keeperOf(context), names, { now: new Date() })));
  for (const { file, text } of targets) await orFailed(file, write(file, text));
  return { files: names, backup };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function orFailed<Result>(file: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw new TutorError(`${file} cannot be written: ${describeError(error)}`, { cause: error });
  }
}
