import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, TutorError } from '../../model/error.ts';
import type { CommandContext } from '../context.ts';
import type { Files } from './templates.ts';

/**
 * Writes files below a folder; none when one of them is there already, unless `--force` was given.
 * @returns their absolute paths
 * @throws {TutorError} when one is there, or cannot be written
 */
export async function writeFiles({ options, say }: CommandContext, folder: string, files: Files): Promise<string[]> {
  const targets = Object.entries(files).map(([name, text]) => ({ file: path.join(folder, ...name.split('/')), text }));
  const taken = targets.find(({ file }) => existsSync(file));
  if (taken !== undefined && !options.force) {
    throw new TutorError(say('newTaken', { file: taken.file }), { next: say('newTakenNext') });
  }
  for (const { file, text } of targets) {
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    } catch (error) {
      throw new TutorError(`${file} cannot be written: ${describeError(error)}`, { cause: error });
    }
  }
  return targets.map(({ file }) => file);
}
