import { type findLesson, loadLesson } from '../course/lesson.ts';
import type { Course } from '../model/course.ts';
import type { Lesson, Question } from '../model/lesson.ts';
import { type DueQuestion, dueQuestions } from '../progress/quizzes.ts';
import type { CommandContext } from './context.ts';
import { progressOf } from './progress.ts';
import { askQuestion, type GradedQuestion, saveQuiz } from './quiz.ts';
import type { Workspace } from './workspace.ts';

/** A question that is due, as the course has it now. */
export interface Due extends DueQuestion {
  question: Question;
  source: Lesson;
}

/** The questions that are due now and that the course still has. */
export async function findDue(context: CommandContext, workspace: Workspace | undefined): Promise<Due[]> {
  if (workspace === undefined) return [];
  const course = await context.course();
  const { language } = context;
  const known = new Set(course.index.tracks.flatMap(({ lessons }) => lessons.map(({ id }) => id)));
  const due = dueQuestions(await progressOf(context, workspace).read(), new Date());
  const found = due
    .filter(({ lesson }) => known.has(lesson))
    .map(async (each): Promise<Due[]> => {
      const source = await loadLesson({ course, id: each.lesson, language });
      const question = source.quiz[each.number - 1];
      return question === undefined ? [] : [{ ...each, question, source }];
    });
  return (await Promise.all(found)).flat();
}

/** Asks what is due, each question with its explanation, and keeps each answer as it is given. @throws {Interrupted} */
export async function askDue(context: CommandContext, workspace: Workspace, due: readonly Due[]): Promise<void> {
  const { io, say } = context;
  const theme = await context.theme();
  io.print(`\n  ${theme.bold(say('quizDue', { count: due.length }))}\n`);
  const graded: GradedQuestion[] = [];
  for (const [index, { question, source, number }] of due.entries()) {
    io.print(`\n  ${theme.dim(say('quizFrom', { lesson: source.title }))}`);
    const place = { number: index + 1, total: due.length };
    const answered = await askQuestion(context, { question, number, place });
    graded.push(answered);
    await saveQuiz(context, workspace, { lesson: source, graded: [answered] });
  }
  const right = graded.filter((question) => question.right).length;
  const total = graded.length;
  io.print(
    `\n  ${right === total ? theme.green(say('quizDueAll', { total })) : say('quizDueDone', { right, total })}\n`,
  );
}

/** The first lesson whose quiz has not been taken; undefined when all have. */
export async function openQuiz(
  context: CommandContext,
  course: Course,
  workspace: Workspace | undefined,
): Promise<ReturnType<typeof findLesson> | undefined> {
  const lessons = course.index.tracks.flatMap((track) => track.lessons).filter(({ quiz }) => quiz);
  const progress = workspace && (await progressOf(context, workspace).read());
  return lessons.find(({ id }) => !Object.hasOwn(progress?.quizzes ?? {}, id));
}
