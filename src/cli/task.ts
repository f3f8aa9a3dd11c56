import { loadTask } from '../course/task.ts';
import { type LaidOut, layOutMarkdown } from '../ui/markdown.ts';
import type { CommandContext } from './context.ts';
import { courseLinks } from './lesson-links.ts';

/** What an exercise asks for, for people. */
export async function taskText(context: CommandContext, id: string): Promise<string> {
  return `${(await layOutTask(context, id)).lines.join('\n')}\n`;
}

/** The same, with the places that one can go to. `foldsCode`: on a screen of which one sees no more than its width. */
export async function layOutTask(context: CommandContext, id: string, foldsCode = false): Promise<LaidOut> {
  const task = await loadTask({ course: await context.course(), id, language: context.language });
  const { showLink } = await courseLinks(context);
  return layOutMarkdown(task, { ...(await context.theme()), showLink, foldsCode });
}
