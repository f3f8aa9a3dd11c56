import { findTerm, GLOSSARY_ID, loadGlossary } from '../../course/glossary.ts';
import { findLesson, loadLesson } from '../../course/lesson.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import type { Glossary, Lesson } from '../../model/lesson.ts';
import { withLesson } from '../../progress/changes.ts';
import { type LaidOut, layOutMarkdown } from '../../ui/markdown.ts';
import type { Command, CommandContext } from '../context.ts';
import { courseLinks } from '../lesson-links.ts';
import { EXIT_INTERRUPTED, Interrupted } from '../menu/prompt.ts';
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
  const workspace = workspaceOf(context, course);
  if (context.io.interactive && !context.options.json) {
    const { readLesson } = await import('../menu/lesson-screen.ts');
    return onScreen(() => readLesson(context, workspace, id));
  }
  const lesson = await loadLesson({ course, id, language: context.language });
  if (context.options.json) {
    context.io.print(`${JSON.stringify({ schemaVersion: 1, ...lesson }, undefined, 2)}\n`);
    return EXIT.passed;
  }
  context.io.print(`${(await layOutLesson(context, lesson, { foldsCode: false })).lines.join('\n')}\n`);
  if (workspace !== undefined) await saveProgress(context, workspace, (before) => withLesson(before, id, new Date()));
  return EXIT.passed;
};

async function onScreen(read: () => Promise<void>): Promise<number> {
  try {
    await read();
    return EXIT.passed;
  } catch (error) {
    if (error instanceof Interrupted) return EXIT_INTERRUPTED;
    throw error;
  }
}

function only(glossary: Glossary, term: string): Glossary {
  return { ...glossary, terms: [findTerm(glossary, term)] };
}

async function printGlossary(context: CommandContext, glossary: Glossary): Promise<number> {
  if (context.options.json) {
    context.io.print(`${JSON.stringify({ schemaVersion: 1, ...glossary }, undefined, 2)}\n`);
    return EXIT.passed;
  }
  if (context.io.interactive && glossary.terms.length > 1) {
    const { readGlossary } = await import('../menu/lesson-screen.ts');
    const workspace = workspaceOf(context, await context.course());
    return onScreen(() => readGlossary(context, workspace));
  }
  context.io.print(`${(await layOutGlossary(context, glossary)).lines.join('\n')}\n`);
  return EXIT.passed;
}

/** A glossary for people; one term stands without a title. */
export async function layOutGlossary(context: CommandContext, { title, terms }: Glossary): Promise<LaidOut> {
  const { showLink } = await courseLinks(context);
  const texts = terms.map(({ term, text }) => `## ${term}\n\n${text}`);
  const head = terms.length === 1 ? [] : [`# ${title}`];
  return layOutMarkdown([...head, ...texts].join('\n\n'), { ...(await context.theme()), showLink });
}

/** A lesson for people: its title, its text, the exercises that belong to it and its words that the glossary explains. */
export async function layOutLesson(
  context: CommandContext,
  lesson: Lesson,
  options: { foldsCode: boolean },
): Promise<LaidOut> {
  const { theme, say, typed } = context;
  const look = await theme();
  const { showLink, terms } = await courseLinks(context);
  const { lines, marks } = await layOutMarkdown(`# ${lesson.title}\n\n${lesson.body}`, {
    ...look,
    showLink,
    ...options,
  });
  const exercises = lesson.exercises.map((id) => typed(`  node-tutor start ${id}`));
  const words = say('itsTerms', { terms: [...terms].join(', ') }).split('\n');
  return {
    lines: [
      ...lines,
      ...(exercises.length === 0 ? [] : ['', say('itsExercises'), ...exercises]),
      ...(terms.size === 0 ? [] : ['', ...words.map(look.dim)]),
    ],
    marks,
  };
}
