import type { Progress, QuizProgress } from '../model/progress.ts';

/** Days until a question that was missed is asked again: after a wrong answer, after one right answer, after two. Then it is learned. */
const BOX_DAYS = [1, 3, 7] as const;
const DAY = 86_400_000;

/** Answers to questions of one lesson. */
export interface Answers {
  /** By the number of the question, from 1: whether it was right. */
  answers: ReadonlyMap<number, boolean>;
  /** How many questions the lesson has now. */
  questions: number;
  now: Date;
}

/**
 * Progress after questions of a lesson were answered. The best answers to the whole quiz count; a question that was missed
 * is due again some days later, until it has been right three times, each when it was due.
 */
export function withQuiz(progress: Progress, lesson: string, { answers, questions, now }: Answers): Progress {
  const quizzes = progress.quizzes ?? {};
  const before = Object.hasOwn(quizzes, lesson) ? quizzes[lesson] : undefined;
  const right = [...answers.values()].filter(Boolean).length;
  const isWhole = answers.size === questions;
  if (before === undefined && !isWhole) return progress;
  const isBetter = isWhole && !(before?.questions === questions && before.right >= right);
  const score = isBetter ? { answeredAt: now.toISOString(), right, questions } : before;
  if (score === undefined) return progress;
  const { again: _, ...kept } = { ...score } as QuizProgress;
  const again = askedAgain(before?.again ?? {}, { answers, questions, now });
  const after = Object.keys(again).length === 0 ? kept : { ...kept, again };
  return { ...progress, quizzes: { ...quizzes, [lesson]: after } };
}

type Again = NonNullable<QuizProgress['again']>;

function askedAgain(before: Again, { answers, questions, now }: Answers): Again {
  const after: Record<string, Again[string]> = {};
  for (let number = 1; number <= questions; number++) {
    const card = before[number];
    const isRight = answers.get(number);
    const next = isRight === undefined ? card : nextCard(card, isRight, now);
    if (next !== undefined) after[number] = next;
  }
  return after;
}

function nextCard(card: Again[string] | undefined, isRight: boolean, now: Date): Again[string] | undefined {
  if (isRight && (card === undefined || new Date(card.dueAt) > now)) return card;
  const box = isRight && card !== undefined ? card.box + 1 : 0;
  const days = BOX_DAYS[box];
  return days === undefined ? undefined : { box, dueAt: new Date(now.getTime() + days * DAY).toISOString() };
}

/** A question that was missed and is to be asked again. */
export interface DueQuestion {
  lesson: string;
  /** From 1. */
  number: number;
  dueAt: string;
}

/** The questions that are due, those that have waited longest first. */
export function dueQuestions({ quizzes = {} }: Progress, now: Date): DueQuestion[] {
  return Object.entries(quizzes)
    .flatMap(([lesson, { again = {} }]) =>
      Object.entries(again).map(([number, { dueAt }]) => ({ lesson, number: Number(number), dueAt })),
    )
    .filter(({ dueAt }) => new Date(dueAt) <= now)
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.number - b.number));
}
