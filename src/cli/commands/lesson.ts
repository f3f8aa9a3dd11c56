import { findLesson, loadLesson } from '../../course/lesson.ts';
import { EXIT } from '../../model/error.ts';
import type { Lesson } from '../../model/lesson.ts';
import { withLesson } from '../../progress/changes.ts';
import { renderMarkdown } from '../../ui/markdown.ts';
import type { Command, CommandContext } from '../context.ts';
import { saveProgress } from '../progress.ts';
import { workspaceOf } from '../workspace.ts';

/** `lesson <id>`: a lesson's text. With `--json`, the lesson as it is in the model. */
export const run: Command = async (context) => {
  const course = await context.course();
  const { id } = findLesson(course, context.arguments[0] ?? '');
  const lesson = await loadLesson({ course, id, language: context.language });
  if (context.options.json) {
    context.io.print(`${JSON.stringify({ schemaVersion: 1, ...lesson }, undefined, 2)}\n`);
    return EXIT.passed;
  }
  context.io.print(await lessonText(context, lesson));
  const workspace = workspaceOf(context, course);
  if (workspace !== undefined) await saveProgress(context, workspace, (before) => withLesson(before, id, new Date()));
  return EXIT.passed;
};

/** A lesson for people: its title, its text and the exercises that belong to it. */
export async function lessonText({ theme, say, typed }: CommandContext, lesson: Lesson): Promise<string> {
  const look = await theme();
  const markdown = `# ${lesson.title}\n\n${lesson.body}`;
  const exercises = lesson.exercises.map((id) => typed(`  node-tutor start ${id}\n`)).join('');
  const text = await renderMarkdown(markdown, look);
  return exercises === '' ? text : `${text}\n${say('itsExercises')}\n${exercises}`;
}
