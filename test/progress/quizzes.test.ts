import { expect, test } from 'vitest';
import type { Progress } from '../../src/model/progress.ts';
import { emptyProgress } from '../../src/progress/format.ts';
import { dueQuestions, withQuiz } from '../../src/progress/quizzes.ts';

const DAY = 86_400_000;
const at = (days: number) => new Date(Date.parse('2026-01-01T12:00:00Z') + days * DAY);

/** Answers by number; the quiz has two questions. */
function answered(progress: Progress, days: number, answers: Readonly<Record<number, boolean>>): Progress {
  const map = new Map(Object.entries(answers).map(([number, right]) => [Number(number), right]));
  return withQuiz(progress, 'loops', { answers: map, questions: 2, now: at(days) });
}

const due = (progress: Progress, days: number) => dueQuestions(progress, at(days)).map(({ number }) => number);

test('what was right is not asked again, what was wrong the day after', () => {
  const progress = answered(emptyProgress('c'), 0, { 1: true, 2: false });
  expect(progress.quizzes?.loops).toMatchObject({ right: 1, questions: 2 });
  expect(due(progress, 0.9)).toEqual([]);
  expect(due(progress, 1)).toEqual([2]);
});

test('right again it comes after 3 and after 7 days, then it is learned; wrong again it begins anew', () => {
  let progress = answered(emptyProgress('c'), 0, { 1: true, 2: false });
  progress = answered(progress, 1, { 2: true });
  expect([due(progress, 3.9), due(progress, 4)]).toEqual([[], [2]]);
  const wrongAgain = answered(progress, 4, { 2: false });
  expect([due(wrongAgain, 4.9), due(wrongAgain, 5)]).toEqual([[], [2]]);
  progress = answered(progress, 4, { 2: true });
  expect([due(progress, 10.9), due(progress, 11)]).toEqual([[], [2]]);
  progress = answered(progress, 11, { 2: true });
  expect(due(progress, 1000)).toEqual([]);
  expect(progress.quizzes?.loops).not.toHaveProperty('again');
});

test('a whole quiz taken again at once proves nothing about what was missed', () => {
  let progress = answered(emptyProgress('c'), 0, { 1: true, 2: false });
  progress = answered(progress, 0.01, { 1: true, 2: true });
  expect(progress.quizzes?.loops).toMatchObject({ right: 2, questions: 2 });
  expect(due(progress, 1)).toEqual([2]);
});

test('single answers do not count as the quiz, and the best score stays', () => {
  expect(answered(emptyProgress('c'), 0, { 2: true }).quizzes).toBeUndefined();
  let progress = answered(emptyProgress('c'), 0, { 1: true, 2: false });
  progress = answered(progress, 5, { 1: false, 2: false });
  expect(progress.quizzes?.loops).toMatchObject({ right: 1 });
  expect(due(progress, 6)).toEqual([1, 2]);
});

test('a question that the course has no more is forgotten', () => {
  const before = answered(emptyProgress('c'), 0, { 1: false, 2: false });
  const after = withQuiz(before, 'loops', { answers: new Map([[1, false]]), questions: 1, now: at(1) });
  expect(due(after, 9)).toEqual([1]);
});
