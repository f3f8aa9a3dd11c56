import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, EXIT, errorCode, TutorError } from '../model/error.ts';
import type { Progress } from '../model/progress.ts';
import { hasPassed } from '../progress/changes.ts';
import { parseProgress } from '../progress/format.ts';
import { mergeProgress } from '../progress/merge.ts';
import { backUpProgress } from './backups.ts';
import type { Command, CommandContext } from './context.ts';
import { backUpFiles } from './file-backups.ts';
import { progressOf } from './progress.ts';
import { requireWorkspace } from './workspace.ts';

/** `progress export [file]`: the progress as it is kept; on stdout without a file. */
export const exportProgress: Command = async (context) => {
  const { io, options, say } = context;
  const workspace = requireWorkspace(context, await context.course());
  const progress = await progressOf(context, workspace).read();
  const text = `${JSON.stringify(progress, undefined, 2)}\n`;
  const [, name] = context.arguments;
  if (name === undefined) {
    io.print(text);
    return EXIT.passed;
  }
  const file = path.resolve(io.cwd, name);
  let backup: string | undefined;
  try {
    if (options.force) backup = await backUpFiles(workspace, [file], { now: new Date() });
    await writeFile(file, text, { flag: options.force ? 'w' : 'wx' });
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new TutorError(say('exportTaken', { file }), { next: say('exportTakenNext') });
    throw new TutorError(say('exportFailed', { file, reason: describeError(error) }), { cause: error });
  }
  const lines = [say('exported', { file }), ...(backup === undefined ? [] : [say('replacedUndo')])];
  const answer = { schemaVersion: 1, file, backup: backup ?? null };
  io.print(options.json ? `${JSON.stringify(answer, undefined, 2)}\n` : `${lines.join('\n')}\n`);
  return EXIT.passed;
};

/** `progress import <file>`: what another machine knows is added to what is here; `undo` takes it back. */
export const importProgress: Command = async (context) => {
  const { io, options, say } = context;
  const [, name] = context.arguments;
  if (name === undefined) throw new TutorError(say('importNeedsFile'), { next: say('importNeedsFileNext') });
  const course = await context.course();
  const workspace = requireWorkspace(context, course);
  const file = path.resolve(io.cwd, name);
  const imported = await readImport(context, file, course.index.id);
  const store = progressOf(context, workspace);
  const before = await store.read();
  const isNew = JSON.stringify(mergeProgress(before, imported)) !== JSON.stringify(before);
  const backup = isNew ? await backUpProgress(workspace, { progress: before, now: new Date() }) : undefined;
  const after = isNew ? await store.update((current) => mergeProgress(current, imported)) : before;
  const exercises = Object.keys(after.exercises).filter((id) => hasPassed(after, id) && !hasPassed(before, id));
  const lessons = Object.keys(after.lessons).filter((id) => !Object.hasOwn(before.lessons, id));
  if (options.json) {
    io.print(`${JSON.stringify({ schemaVersion: 1, exercises, lessons, backup: backup ?? null }, undefined, 2)}\n`);
  } else {
    const counts = { file, exercises: exercises.length, lessons: lessons.length };
    const lines = isNew ? [say('imported', counts), say('importedUndo')] : [say('importedNothing', { file })];
    io.print(`${lines.join('\n')}\n`);
  }
  return EXIT.passed;
};

async function readImport({ say }: CommandContext, file: string, course: string): Promise<Progress> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new TutorError(say('importFailed', { file, reason: describeError(error) }), { cause: error });
  }
  const parsed = parseProgress(text, file);
  if (parsed.kind === 'damaged') {
    throw new TutorError(say('importDamaged', { file }), { next: say('importDamagedNext') });
  }
  const { progress } = parsed;
  if (progress.course !== course) {
    throw new TutorError(say('importOther', { file, found: progress.course, wanted: course }));
  }
  return progress;
}
