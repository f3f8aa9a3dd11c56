import { findLesson } from '../../course/lesson.ts';
import type { Course, LessonSummary } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import type { Command, CommandContext } from '../context.ts';
import { EXIT_INTERRUPTED, Interrupted } from '../menu/prompt.ts';
import { progressOf } from '../progress.ts';
import { askQuiz, gradedText, gradeQuiz, loadQuiz, questionsText, saveQuiz, tallyText } from '../quiz.ts';
import { exerciseOf } from '../target.ts';
import { type Workspace, workspaceOf } from '../workspace.ts';

/** `quiz [lesson]`: asks the questions in a terminal; else prints them, and grades `--answers`. */
export const run: Command = async (context) => {
  const { io, options } = context;
  const course = await context.course();
  const workspace = workspaceOf(context, course);
  const lesson = await loadQuiz(context, (await chooseLesson(context, course, workspace)).id);
  const { id, title, quiz } = lesson;
  const { answers } = options;
  if (answers === undefined && (options.json || !io.interactive)) {
    const questions = quiz.map(({ ask, choices }) => ({ ask, choices }));
    const answer = { schemaVersion: 1, lesson: id, title, questions };
    io.print(options.json ? `${JSON.stringify(answer, undefined, 2)}\n` : await questionsText(context, lesson));
    return EXIT.passed;
  }
  try {
    const graded = answers === undefined ? await askQuiz(context, lesson) : gradeQuiz(context, lesson, answers);
    await saveQuiz(context, workspace, { lesson: id, graded });
    const right = graded.filter((question) => question.right).length;
    if (options.json) {
      const answer = { schemaVersion: 1, lesson: id, title, right, total: graded.length, questions: graded };
      io.print(`${JSON.stringify(answer, undefined, 2)}\n`);
    } else {
      if (answers !== undefined) io.print(await gradedText(context, graded));
      io.print(await tallyText(context, { lesson: id, graded }));
    }
    return answers === undefined || right === graded.length ? EXIT.passed : EXIT.failed;
  } catch (error) {
    if (error instanceof Interrupted) return EXIT_INTERRUPTED;
    throw error;
  }
};

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
  const lessons = course.index.tracks.flatMap((track) => track.lessons).filter(({ quiz }) => quiz);
  const progress = workspace && (await progressOf(context, workspace).read());
  const open = lessons.find(({ id }) => !Object.hasOwn(progress?.quizzes ?? {}, id));
  if (open !== undefined) return open;
  throw new TutorError(say(lessons.length === 0 ? 'noQuizzes' : 'allAnswered'), { next: say('allAnsweredNext') });
}
