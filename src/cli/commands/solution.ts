import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { exerciseFolder, findExercise } from '../../course/exercise.ts';
import { handedOutName } from '../../course/hand-out.ts';
import type { Course } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { visible } from '../../model/escape.ts';
import { hasPassed, withSolutionSeen } from '../../progress/changes.ts';
import type { Command, CommandContext } from '../context.ts';
import { progressOf, saveProgress } from '../progress.ts';
import { findTarget, isPath } from '../target.ts';
import { type Workspace, workspaceOf } from '../workspace.ts';

/** `solution [id] [--anyway]`: the reference solution, after passing. */
export const run: Command = async (context) => {
  const course = await context.course();
  const [argument] = context.arguments;
  const named = argument !== undefined && !isPath(argument);
  const { id } = named ? findExercise(course, argument) : (await findTarget(context, argument)).exercise;
  await permitSolution(context, workspaceOf(context, course), id);
  const files = await readSolution(course, id);
  if (context.options.json) {
    context.io.print(`${JSON.stringify({ schemaVersion: 1, exercise: id, files }, undefined, 2)}\n`);
  } else {
    context.io.print(await solutionText(context, files));
  }
  return EXIT.passed;
};

export interface SolutionFile {
  /** Relative to the solution, `/` between its parts. */
  path: string;
  text: string;
}

/**
 * Lets one see the solution after passing, or with `--anyway`, which is noted.
 * @throws {TutorError} otherwise
 */
export async function permitSolution(
  context: CommandContext,
  workspace: Workspace | undefined,
  id: string,
): Promise<void> {
  const passed = workspace !== undefined && hasPassed(await progressOf(context, workspace).read(), id);
  if (passed) return;
  const { say, options } = context;
  if (!options.anyway) {
    throw new TutorError(say('notPassed', { exercise: id }), { next: say('notPassedNext', { exercise: id }) });
  }
  if (workspace !== undefined) await saveProgress(context, workspace, (before) => withSolutionSeen(before, id));
}

/** The files of an exercise's reference solution, in the order of their names. */
export async function readSolution(course: Course, id: string): Promise<SolutionFile[]> {
  const folder = path.join(exerciseFolder(course, id), 'solution');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  return Promise.all(
    files.map(async (file) => ({
      path: handedOutName(file.split(path.sep).join('/')),
      text: await readFile(path.join(folder, file), 'utf8'),
    })),
  );
}

/** A solution for people: each file under its name. */
export async function solutionText({ theme }: CommandContext, files: readonly SolutionFile[]): Promise<string> {
  const look = await theme();
  const blocks = files.map(
    ({ path: name, text }) => `${look.bold(look.cyan(visible(name)))}\n\n${visible(text).trimEnd()}\n`,
  );
  return `${blocks.join('\n')}`;
}
