import type { Course, ExerciseSummary, LessonSummary } from '../../model/course.ts';
import type { Progress } from '../../model/progress.ts';
import { firstOpen } from '../../progress/changes.ts';

/** What a learner does next. */
export type NextUp = { kind: 'lesson'; lesson: LessonSummary } | { kind: 'exercise'; exercise: ExerciseSummary };

/**
 * The first lesson that is unread on the way from the exercise before to the first open one, else that exercise.
 * Undefined when all have passed. Lessons farther back are not asked for: whoever passed their exercises knows them.
 */
export function nextUp({ index }: Course, progress: Progress): NextUp | undefined {
  const exercise = firstOpen(index.exercises, progress);
  if (exercise === undefined) return undefined;
  const before = index.exercises[index.exercises.indexOf(exercise) - 1];
  const lessons = index.tracks.flatMap((track) => track.lessons);
  const placeOf = (summary: ExerciseSummary | undefined) => lessons.findIndex(({ id }) => id === summary?.lesson);
  const lesson = lessons
    .slice(placeOf(before) + 1, placeOf(exercise) + 1)
    .find(({ id }) => !Object.hasOwn(progress.lessons, id));
  return lesson === undefined ? { kind: 'exercise', exercise } : { kind: 'lesson', lesson };
}
