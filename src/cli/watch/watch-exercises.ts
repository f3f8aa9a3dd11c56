import { findExercise } from '../../course/exercise.ts';
import type { CommandContext } from '../context.ts';
import { bringExercise } from '../menu/exercise-menu.ts';
import { readTask } from '../menu/lesson-screen.ts';
import { needPackages } from '../needed-packages.ts';
import { offerDatabase } from '../own-database.ts';
import { taskText } from '../task.ts';
import type { Workspace } from '../workspace.ts';
import { watchOn } from './controller.ts';
import { jsonDisplay } from './json-display.ts';
import { plainDisplay } from './plain-display.ts';
import { screenDisplay } from './screen-display.ts';
import type { WatchEnd } from './stage.ts';
import type { Watched } from './state.ts';

/**
 * Watches one exercise after the other, as the learner goes on.
 * @returns the one at which they left
 * @throws {Interrupted}
 */
export async function watchExercises(context: CommandContext, workspace: Workspace, first: string): Promise<string> {
  for (let id = first; ; ) {
    const end = await watchOne(context, workspace, id);
    if (end.kind === 'quit') return id;
    id = end.exercise;
  }
}

async function watchOne(context: CommandContext, workspace: Workspace, id: string): Promise<WatchEnd> {
  const course = await context.course();
  const { exercise, folder, isNew } = await bringExercise(context, workspace, id);
  await needPackages(context, course, [id]);
  if (isNew && context.io.interactive && !context.options.json) await showTask(context, workspace, id);
  const database = exercise.database && (await offerDatabase(context));
  try {
    const target = { exercise: findExercise(course, id), folder, workspace };
    return await watchOpened(context, { target, exercise, course });
  } finally {
    await database?.close();
  }
}

/** What a new exercise asks for, before it is watched. */
async function showTask(context: CommandContext, workspace: Workspace, id: string): Promise<void> {
  if (context.options.plain) context.io.print(await taskText(context, id));
  else await readTask(context, workspace, id);
}

/**
 * Watches an exercise whose files are there, in the way that the terminal and the options ask for.
 * @throws {Interrupted}
 */
export async function watchOpened(context: CommandContext, watched: Watched): Promise<WatchEnd> {
  const { io, options } = context;
  const theme = await context.theme();
  const display = options.json ? jsonDisplay : options.plain || !io.interactive ? plainDisplay : screenDisplay;
  return watchOn((source) => display(source, theme), context, watched);
}
