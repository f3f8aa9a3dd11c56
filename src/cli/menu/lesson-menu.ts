import { loadLesson } from '../../course/lesson.ts';
import type { Course, Track } from '../../model/course.ts';
import type { Lesson } from '../../model/lesson.ts';
import { pickText } from '../../model/text.ts';
import type { CommandContext } from '../context.ts';
import { progressOf } from '../progress.ts';
import { askQuiz, saveQuiz, tallyText } from '../quiz.ts';
import type { Workspace } from '../workspace.ts';
import { readLesson } from './lesson-screen.ts';
import { askMenu, type MenuItem } from './prompt.ts';

const BACK = '';

/**
 * The lessons by track, each followed by its exercises, until the learner leaves.
 * @returns the id of an exercise to open, or undefined
 */
export async function lessonsMenu(context: CommandContext, workspace: Workspace): Promise<string | undefined> {
  const course = await context.course();
  let start: string | undefined;
  for (;;) {
    const items = await lessonItems(context, course, workspace);
    const message = context.say('menuLessons');
    const id = await askMenu(context, { message, items, ...(start !== undefined && { start }) });
    if (id === BACK) return undefined;
    start = id;
    const exercise = await openLesson(context, workspace, id);
    if (exercise !== undefined) return exercise;
  }
}

/**
 * Shows a lesson, then what can follow it.
 * @returns the id of one of its exercises, or undefined
 * @throws {Interrupted}
 */
export async function openLesson(
  context: CommandContext,
  workspace: Workspace,
  id: string,
): Promise<string | undefined> {
  await readLesson(context, workspace, id);
  const exercise = await afterLesson(context, workspace, id);
  return exercise === BACK ? undefined : exercise;
}

async function lessonItems(context: CommandContext, course: Course, workspace: Workspace): Promise<MenuItem<string>[]> {
  const { language, say } = context;
  const theme = await context.theme();
  const { lessons: read } = await progressOf(context, workspace).read();
  const back: MenuItem<string> = { value: BACK, name: say('menuBack') };
  return [
    ...course.index.tracks.filter(hasLessons).flatMap((track) => [
      { heading: pickText(track.title, language) },
      ...track.lessons.map(({ id, title }) => {
        const sign = Object.hasOwn(read, id) ? theme.green(theme.symbols.passed) : ' ';
        return { value: id, name: `${sign} ${pickText(title, language)}` };
      }),
    ]),
    { heading: '' },
    back,
  ];
}

/** True for a track that has something to offer. */
export function hasLessons({ lessons }: Track): boolean {
  return lessons.length > 0;
}

/** No id of an exercise can be this. */
const QUIZ = '?';

/** After a lesson: its quiz, one of its exercises, or back. */
async function afterLesson(context: CommandContext, workspace: Workspace, id: string): Promise<string> {
  const { language, say } = context;
  const course = await context.course();
  const lesson = await loadLesson({ course, id, language });
  const exercises = course.index.exercises.filter(({ lesson }) => lesson === id);
  const quiz = lesson.quiz.length === 0 ? [] : [{ value: QUIZ, name: say('menuQuiz', { count: lesson.quiz.length }) }];
  if (exercises.length + quiz.length === 0) return BACK;
  const open = exercises.map((exercise) => ({
    value: exercise.id,
    name: say('menuOpen', { exercise: exercise.id, title: pickText(exercise.title, language) }),
  }));
  const items = [...quiz, ...open, { value: BACK, name: say('menuBack') }];
  let start = quiz.length > 0 && !(await hasAnswered(context, workspace, id)) ? QUIZ : open[0]?.value;
  for (;;) {
    const choice = await askMenu(context, {
      message: say('afterLesson'),
      items,
      ...(start !== undefined && { start }),
    });
    if (choice !== QUIZ) return choice;
    await takeQuiz(context, workspace, lesson);
    start = open[0]?.value ?? BACK;
  }
}

async function hasAnswered(context: CommandContext, workspace: Workspace, id: string): Promise<boolean> {
  const { quizzes = {} } = await progressOf(context, workspace).read();
  return Object.hasOwn(quizzes, id);
}

async function takeQuiz(context: CommandContext, workspace: Workspace, lesson: Lesson): Promise<void> {
  const graded = await askQuiz(context, lesson);
  await saveQuiz(context, workspace, { lesson, graded });
  context.io.print(`${await tallyText(context, { lesson: lesson.id, graded })}\n`);
}
