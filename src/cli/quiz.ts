import { loadLesson } from '../course/lesson.ts';
import { TutorError } from '../model/error.ts';
import type { Lesson, Question } from '../model/lesson.ts';
import { withQuiz } from '../progress/quizzes.ts';
import { renderMarkdown } from '../ui/markdown.ts';
import type { CommandContext } from './context.ts';
import { askMenu } from './menu/prompt.ts';
import { saveProgress } from './progress.ts';
import type { Workspace } from './workspace.ts';

/** One question with the choice that was made; choices count from 1, as people see them. */
export interface GradedQuestion {
  /** Its place in the quiz, from 1. */
  number: number;
  ask: string;
  choices: readonly string[];
  given: number;
  answer: number;
  right: boolean;
  why: string;
}

/**
 * A lesson with its quiz.
 * @throws {TutorError} when it has none
 */
export async function loadQuiz(context: CommandContext, id: string): Promise<Lesson> {
  const { say, language } = context;
  const lesson = await loadLesson({ course: await context.course(), id, language });
  if (lesson.quiz.length > 0) return lesson;
  throw new TutorError(say('noQuiz', { lesson: id }), { next: say('noQuizNext') });
}

/**
 * Grades answers, which count from 1.
 * @throws {TutorError} when there are too few or too many of them, or one that is no choice
 */
export function gradeQuiz({ say }: CommandContext, { id, quiz }: Lesson, answers: readonly number[]): GradedQuestion[] {
  if (answers.length !== quiz.length) {
    const counts = { answers: answers.length, questions: quiz.length };
    throw new TutorError(say('quizCount', counts), { next: say('quizAnswerWith', answerExample(id, quiz)) });
  }
  return quiz.map((question, index) => {
    const given = answers[index] ?? 0;
    const { length } = question.choices;
    if (given > length) {
      throw new TutorError(say('quizNoChoice', { number: index + 1, given, choices: length }), {
        next: say('quizAnswerWith', answerExample(id, quiz)),
      });
    }
    return gradeQuestion(question, { number: index + 1, given });
  });
}

function gradeQuestion(
  { ask, choices, answer, why }: Question,
  { number, given }: { number: number; given: number },
): GradedQuestion {
  return { number, ask, choices, given, answer: answer + 1, right: given === answer + 1, why };
}

/** The words of `quizAnswerWith` for a quiz. */
function answerExample(lesson: string, quiz: readonly Question[]): { lesson: string; answers: string } {
  return { lesson, answers: quiz.map(() => '1').join(',') };
}

/** Keeps the answers in the workspace's progress, where there is one. */
export async function saveQuiz(
  context: CommandContext,
  workspace: Workspace | undefined,
  { lesson, graded }: { lesson: Pick<Lesson, 'id' | 'quiz'>; graded: readonly GradedQuestion[] },
): Promise<void> {
  if (workspace === undefined) return;
  const answers = new Map(graded.map(({ number, right }) => [number, right]));
  const result = { answers, questions: lesson.quiz.length, now: new Date() };
  await saveProgress(context, workspace, (before) => withQuiz(before, lesson.id, result));
}

/**
 * Asks the questions of a quiz one after the other in the terminal, and explains each answer.
 * @throws {Interrupted}
 */
export async function askQuiz(context: CommandContext, { quiz }: Lesson): Promise<GradedQuestion[]> {
  const graded: GradedQuestion[] = [];
  for (const [index, question] of quiz.entries()) {
    const place = { number: index + 1, total: quiz.length };
    graded.push(await askQuestion(context, { question, number: index + 1, place }));
  }
  return graded;
}

/** One question to ask. */
export interface Asked {
  question: Question;
  /** Its number in its quiz, from 1. */
  number: number;
  /** Which of those that are asked now. */
  place: { number: number; total: number };
}

/** Asks one question in the terminal, and explains the answer. @throws {Interrupted} */
export async function askQuestion(
  context: CommandContext,
  { question, number, place }: Asked,
): Promise<GradedQuestion> {
  context.io.print(await questionHead(context, question, place));
  const items = await Promise.all(
    question.choices.map(async (choice, value) => ({
      value: String(value + 1),
      name: await inParagraph(context, choice, CHOICE_INDENT),
    })),
  );
  const given = Number(await askMenu(context, { message: context.say('quizChoose'), items }));
  const answered = gradeQuestion(question, { number, given });
  context.io.print(await feedback(context, answered));
  return answered;
}

const CHOICE_INDENT = 4;

/** The questions with their choices by number. */
export async function questionsText(context: CommandContext, { title, id, quiz }: Lesson): Promise<string> {
  const { theme, say } = context;
  const blocks: string[] = [];
  for (const [index, question] of quiz.entries()) {
    const head = await questionHead(context, question, { number: index + 1, total: quiz.length });
    blocks.push(head + (await choicesText(context, question.choices)));
  }
  const look = await theme();
  const last = say('quizAnswerWith', answerExample(id, quiz));
  return `\n  ${look.bold(title)}\n${blocks.join('')}\n  ${last}\n`;
}

/** Every question with what was answered, what is right, and why. */
export async function gradedText(context: CommandContext, graded: readonly GradedQuestion[]): Promise<string> {
  const blocks: string[] = [];
  for (const [index, question] of graded.entries()) {
    const head = await questionHead(context, question, { number: index + 1, total: graded.length });
    blocks.push(head + (await feedback(context, question)));
  }
  return blocks.join('');
}

/** How many answers were right. */
export async function tallyText(
  { say, theme }: CommandContext,
  { lesson, graded }: { lesson: string; graded: readonly GradedQuestion[] },
): Promise<string> {
  const look = await theme();
  const right = graded.filter((question) => question.right).length;
  const tally = say('quizTally', { right, total: graded.length });
  const isAll = right === graded.length;
  const notes = [say('quizLater', { count: graded.length - right }), say('quizAgain', { lesson })];
  const again = isAll ? '' : notes.map((note) => `\n  ${look.dim(note)}`).join('');
  return `\n  ${isAll ? look.green(tally) : tally}${again}\n`;
}

async function questionHead(
  context: CommandContext,
  { ask }: Pick<Question, 'ask'>,
  place: { number: number; total: number },
): Promise<string> {
  const look = await context.theme();
  return `\n  ${look.dim(context.say('quizQuestion', place))}\n${await indented(context, ask, 2)}\n\n`;
}

async function choicesText(context: CommandContext, choices: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    choices.map(async (choice, index) => `    ${index + 1}  ${await inParagraph(context, choice, 7)}\n`),
  );
  return lines.join('');
}

/** What was answered, and the explanation. */
async function feedback(
  context: CommandContext,
  { choices, given, answer, right, why }: GradedQuestion,
): Promise<string> {
  const look = await context.theme();
  const { symbols } = look;
  const chosen = await inParagraph(context, choices[given - 1] ?? '', CHOICE_INDENT);
  const correct = await inParagraph(context, choices[answer - 1] ?? '', CHOICE_INDENT);
  const lines = right
    ? [`  ${look.green(symbols.passed)} ${chosen}`]
    : [`  ${look.red(symbols.failed)} ${chosen}`, `  ${look.green(symbols.passed)} ${correct}`];
  return `${lines.join('\n')}\n\n${await indented(context, why, CHOICE_INDENT)}\n`;
}

/** Markdown with each line indented. */
async function indented(context: CommandContext, markdown: string, indent: number): Promise<string> {
  return ' '.repeat(indent) + (await inParagraph(context, markdown, indent));
}

/** Markdown whose first line begins in a column that something stands before; the others are indented up to it. */
async function inParagraph(context: CommandContext, markdown: string, column: number): Promise<string> {
  const look = await context.theme();
  const text = await renderMarkdown(markdown, { ...look, columns: Math.min(look.columns, 80) - column });
  return text.trimEnd().replaceAll('\n', `\n${' '.repeat(column)}`);
}
