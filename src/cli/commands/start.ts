import path from 'node:path';
import { findExercise } from '../../course/exercise.ts';
import { loadTask } from '../../course/task.ts';
import type { Course } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { mendLinks } from '../../sandbox/links.ts';
import type { Command, CommandContext } from '../context.ts';
import { openInEditor } from '../editor.ts';
import { fileToEdit } from '../exercise-files.ts';
import { bringExercise, whereText } from '../menu/exercise-menu.ts';
import { EXIT_INTERRUPTED, Interrupted } from '../menu/prompt.ts';
import { taskText } from '../task.ts';
import { welcome } from '../welcome.ts';
import { createWorkspace, DEFAULT_WORKSPACE, findWorkspace, requireWorkspace, type Workspace } from '../workspace.ts';

/** `start [id] [--dir <workspace>]`: the course's menu, or without a terminal one exercise made ready. */
export const run: Command = async (context) => {
  const { io, options, say } = context;
  const course = await context.course();
  const [argument] = context.arguments;
  const id = argument === undefined ? undefined : findExercise(course, argument).id;
  const menu = io.interactive && !options.json;
  if (id === undefined && !menu) throw new TutorError(say('needsTerminal'), { next: say('needsTerminalNext') });
  if (!menu && id !== undefined) {
    const workspace = await openOrCreate(context, course);
    const opened = await bringExercise(context, workspace, id);
    if (options.open) {
      await openInEditor(context, { file: path.join(opened.folder, fileToEdit(opened.exercise, opened.folder)) });
    }
    if (options.json) {
      const { folder, isNew, upgrade = null } = opened;
      const task = await loadTask({ course, id, language: context.language });
      const answer = {
        schemaVersion: 1,
        exercise: id,
        workspace: workspace.folder,
        folder,
        created: isNew,
        upgrade,
        task,
      };
      io.print(`${JSON.stringify(answer, undefined, 2)}\n`);
    } else {
      io.print(`${await taskText(context, id)}${await whereText(context, id, opened)}`);
    }
    return EXIT.passed;
  }
  try {
    const workspace = await openOrCreate(context, course);
    const { mainMenu } = await import('../menu/main-menu.ts');
    await mainMenu(context, workspace, id);
    io.print(`${say('goodbye')}\n`);
    return EXIT.passed;
  } catch (error) {
    if (error instanceof Interrupted) return EXIT_INTERRUPTED;
    throw error;
  }
};

async function openOrCreate(context: CommandContext, course: Course): Promise<Workspace> {
  const { options, io } = context;
  if (findWorkspace({ dir: options.dir, cwd: io.cwd }) !== undefined) {
    const workspace = requireWorkspace(context, course);
    mendLinks({ folder: workspace.folder, packagesFrom: context.packageRoot });
    return workspace;
  }
  const folder = path.resolve(io.cwd, options.dir ?? DEFAULT_WORKSPACE);
  const workspace = createWorkspace(folder, course);
  await welcome(context, { course, workspace, before: context.arguments.length === 0 ? 'menu' : 'task' });
  return workspace;
}
