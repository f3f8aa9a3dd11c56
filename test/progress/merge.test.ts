import { expect, test } from 'vitest';
import type { Progress } from '../../src/model/progress.ts';
import { mergeProgress } from '../../src/progress/merge.ts';

const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`;

const ONE: Progress = {
  formatVersion: 1,
  course: 'c',
  exercises: {
    both: {
      attempts: 5,
      lastAt: day(2),
      passedAt: day(2),
      points: { earned: 3, possible: 3 },
      hints: { a: 1, b: 2 },
      seconds: 60,
    },
    here: { attempts: 1, lastAt: day(1), points: { earned: 0, possible: 3 }, hints: {}, lastFailed: 'a' },
  },
  lessons: { read: { readAt: day(3) } },
  quizzes: { loops: { answeredAt: day(1), right: 1, questions: 2, again: { 2: { box: 0, dueAt: day(2) } } } },
};

const OTHER: Progress = {
  formatVersion: 1,
  course: 'c',
  exercises: {
    both: {
      attempts: 2,
      lastAt: day(4),
      passedAt: day(1),
      points: { earned: 1, possible: 4 },
      hints: { a: 3 },
      lastFailed: 'x',
      solutionSeen: true,
      seconds: 30,
    },
    there: { attempts: 1, lastAt: day(1), points: { earned: 1, possible: 1 }, hints: {} },
    __proto__x: { attempts: 1, lastAt: day(1), points: { earned: 1, possible: 1 }, hints: {} },
  },
  lessons: { read: { readAt: day(1) }, other: { readAt: day(2) } },
  quizzes: { loops: { answeredAt: day(3), right: 2, questions: 2, again: { 2: { box: 1, dueAt: day(6) } } } },
};

test('nothing that either knows is lost', () => {
  const merged = mergeProgress(ONE, OTHER);
  expect(merged.exercises.both).toEqual({
    attempts: 5,
    lastAt: day(4),
    passedAt: day(1),
    points: { earned: 3, possible: 4 },
    hints: { a: 3, b: 2 },
    lastFailed: 'x',
    solutionSeen: true,
    seconds: 60,
  });
  expect(Object.keys(merged.exercises).sort()).toEqual(['__proto__x', 'both', 'here', 'there']);
  expect(merged.lessons).toEqual({ read: { readAt: day(1) }, other: { readAt: day(2) } });
  expect(merged.quizzes?.loops).toEqual({
    answeredAt: day(3),
    right: 2,
    questions: 2,
    again: { 2: { box: 1, dueAt: day(6) } },
  });
});

test('either way, and once more, is the same', () => {
  const merged = mergeProgress(ONE, OTHER);
  expect(mergeProgress(OTHER, ONE)).toEqual(merged);
  expect(mergeProgress(merged, OTHER)).toEqual(merged);
  expect(mergeProgress(ONE, ONE)).toEqual(ONE);
});
