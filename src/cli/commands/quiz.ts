import { findLesson } from '../../course/lesson.ts';
import type { Course, LessonSummary } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { visible } from '../../model/escape.ts';
import type { Command, CommandContext } from '../context.ts';
import { askDue, type Due, findDue, openQuiz } from '../due-questions.ts';
import { EXIT_INTERRUPTED, Interrupted } from '../menu/prompt.ts';
import { askQuiz, gradedText, gradeQuiz, loadQuiz, questionsText, saveQuiz, tallyText } from '../quiz.ts';
import { exerciseOf } from '../target.ts';
import { type Workspace, workspaceOf } from '../workspace.ts';

/** `quiz [lesson]`: what is due, then the questions of a lesson: asked in a terminal; else printed, or `--answers` graded. */
export const run: Command = async (context) => {
  const {
    options,
    arguments: [argument],
  } = context;
  const course = await context.course();
  const workspace = workspaceOf(context, course);
  const due = argument === undefined && options.answers === undefined ? await findDue(context, workspace) : [];
  if (workspace === undefined || due.length === 0)
    return quizOf(context, await chooseLesson(context, course, workspace), workspace);
  const open = await openQuiz(context, course, workspace);
  if (!context.io.interactive || options.json) return printDue(context, due, open);
  return unlessInterrupted(async () => {
    await askDue(context, workspace, due);
    if (open !== undefined) context.io.print(`  ${context.say('quizOpen', { lesson: open.id })}\n`);
    return EXIT.passed;
  });
};

/** Without a terminal: the questions that are due. */
async function printDue(
  { io, options, say }: CommandContext,
  due: readonly Due[],
  open: LessonSummary | undefined,
): Promise<number> {
  const questions = due.map(({ lesson, number, question: { ask, choices } }) => ({ lesson, number, ask, choices }));
  const answer = { schemaVersion: 1, due: questions, open: open?.id ?? null };
  const lines = [
    say('quizDue', { count: due.length }),
    ...questions.map(({ lesson, number, ask }) => `  ${lesson} ${number}: ${visible(ask)}`),
    say('quizDueHow'),
  ];
  io.print(options.json ? `${JSON.stringify(answer, undefined, 2)}\n` : `${lines.join('\n')}\n`);
  return EXIT.passed;
}

/** The quiz of one lesson. */
async function quizOf(
  context: CommandContext,
  { id: wanted }: LessonSummary,
  workspace: Workspace | undefined,
): Promise<number> {
  const { io, options } = context;
  const lesson = await loadQuiz(context, wanted);
  const { id, title, quiz } = lesson;
  const { answers } = options;
  if (answers === undefined && (options.json || !io.interactive)) {
    const questions = quiz.map(({ ask, choices }) => ({ ask, choices }));
    const answer = { schemaVersion: 1, lesson: id, title, questions };
    io.print(options.json ? `${JSON.stringify(answer, undefined, 2)}\n` : await questionsText(context, lesson));
    return EXIT.passed;
  }
  return unlessInterrupted(async () => {
    const graded = answers === undefined ? await askQuiz(context, lesson) : gradeQuiz(context, lesson, answers);
    await saveQuiz(context, workspace, { lesson, graded });
    const right = graded.filter((question) => question.right).length;
    if (options.json) {
      const answer = { schemaVersion: 1, lesson: id, title, right, total: graded.length, questions: graded };
      io.print(`${JSON.stringify(answer, undefined, 2)}\n`);
    } else {
      if (answers !== undefined) io.print(await gradedText(context, graded));
      io.print(await tallyText(context, { lesson: id, graded }));
    }
    return answers === undefined || right === graded.length ? EXIT.passed : EXIT.failed;
  });
}

async function unlessInterrupted(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Interrupted) return EXIT_INTERRUPTED;
    throw error;
  }
}

/** The lesson that is named, else the one of the exercise that one is in, else the first whose quiz is open. */
async function chooseLesson(
  context: CommandContext,
  course: Course,
  workspace: Workspace | undefined,
): Promise<LessonSummary> {
  const { say, io } = context;
  const [argument] = context.arguments;
  if (argument !== undefined) return findLesson(course, argument);
  const here = workspace && exerciseOf(course, workspace, io.cwd);
  if (here !== undefined) return findLesson(course, here.lesson);
  const open = await openQuiz(context, course, workspace);
  if (open !== undefined) return open;
  const hasQuiz = course.index.tracks.some(({ lessons }) => lessons.some(({ quiz }) => quiz));
  throw new TutorError(say(hasQuiz ? 'allAnswered' : 'noQuizzes'), { next: say('allAnsweredNext') });
}
