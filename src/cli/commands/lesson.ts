import { findTerm, GLOSSARY_ID, loadGlossary } from '../../course/glossary.ts';
import { findLesson, loadLesson } from '../../course/lesson.ts';
import type { Course } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import type { Glossary, Lesson } from '../../model/lesson.ts';
import { withLesson } from '../../progress/changes.ts';
import { renderMarkdown } from '../../ui/markdown.ts';
import type { Command, CommandContext } from '../context.ts';
import { lessonLinks } from '../lesson-links.ts';
import { saveProgress } from '../progress.ts';
import { workspaceOf } from '../workspace.ts';

/** `lesson <id>`: a lesson's text; `lesson glossary [term]`: words explained. With `--json`, as it is in the model. */
export const run: Command = async (context) => {
  const course = await context.course();
  const [wanted = '', term] = context.arguments;
  const glossary = wanted === GLOSSARY_ID ? await loadGlossary(course, context.language) : undefined;
  if (glossary !== undefined) return printGlossary(context, term === undefined ? glossary : only(glossary, term));
  if (term !== undefined) throw new TutorError(context.say('noTerms'), { next: context.say('noTermsNext') });
  const { id } = findLesson(course, wanted);
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

function only(glossary: Glossary, term: string): Glossary {
  return { ...glossary, terms: [findTerm(glossary, term)] };
}

async function printGlossary(context: CommandContext, glossary: Glossary): Promise<number> {
  if (context.options.json) {
    context.io.print(`${JSON.stringify({ schemaVersion: 1, ...glossary }, undefined, 2)}\n`);
    return EXIT.passed;
  }
  const { showLink } = await courseLinks(context);
  const terms = glossary.terms.map(({ term, text }) => `## ${term}\n\n${text}`);
  const title = terms.length === 1 ? [] : [`# ${glossary.title}`];
  const look = await context.theme();
  context.io.print(await renderMarkdown([...title, ...terms].join('\n\n'), { ...look, showLink }));
  return EXIT.passed;
}

/** A lesson for people: its title, its text, the exercises that belong to it and its words that the glossary explains. */
export async function lessonText(context: CommandContext, lesson: Lesson): Promise<string> {
  const { theme, say, typed } = context;
  const look = await theme();
  const { showLink, terms } = await courseLinks(context);
  const text = await renderMarkdown(`# ${lesson.title}\n\n${lesson.body}`, { ...look, showLink });
  const exercises = lesson.exercises.map((id) => typed(`  node-tutor start ${id}\n`)).join('');
  const words = terms.size === 0 ? '' : `\n${look.dim(say('itsTerms', { terms: [...terms].join(', ') }))}\n`;
  return exercises === '' ? `${text}${words}` : `${text}\n${say('itsExercises')}\n${exercises}${words}`;
}

async function courseLinks(context: CommandContext): Promise<ReturnType<typeof lessonLinks>> {
  const { index }: Course = await context.course();
  return lessonLinks(index, context.typed);
}
