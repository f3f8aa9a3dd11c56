import type { ExerciseProgress, Progress } from '../model/progress.ts';
import type { Verdict } from '../model/verdict.ts';

/** When a verdict was given, and on what. */
export interface Occasion {
  now: Date;
  /** A name for the files that were judged. */
  files: string | undefined;
  /** True where the learner did not ask for it: it is an attempt only if the files are others than before. */
  unasked?: boolean;
}

/** Progress after one more verdict. A broken one counts for nothing. */
export function withVerdict(progress: Progress, verdict: Verdict, { now, files, unasked }: Occasion): Progress {
  if (verdict.status === 'broken') return progress;
  return withExercise(progress, verdict.exercise, (before) => {
    const { lastFailed: _, files: judged, ...kept } = before;
    const isAttempt = !unasked || files === undefined || files !== judged;
    const failed = verdict.results.find((result) => result.status === 'failed')?.check;
    return {
      ...kept,
      attempts: before.attempts + (isAttempt ? 1 : 0),
      lastAt: now.toISOString(),
      ...timeWorked(before, now),
      points: {
        earned: Math.max(before.points.earned, verdict.points.earned),
        possible: verdict.points.possible,
      },
      ...(hasShownIt(verdict) && before.passedAt === undefined && { passedAt: now.toISOString() }),
      ...(failed !== undefined && { lastFailed: failed }),
      ...(files !== undefined && { files }),
    };
  });
}

/** A longer pause between two signs of life is taken for a pause, and does not count. */
const LONGEST_STRETCH = 15 * 60;

/** The time since the exercise was opened or checked last is work on it, until it has passed. */
function timeWorked(before: ExerciseProgress, now: Date): Pick<ExerciseProgress, 'seconds'> {
  const since = [before.openedAt ?? '', before.lastAt].sort().at(-1) ?? '';
  const stretch = since === '' ? Number.NaN : (now.getTime() - Date.parse(since)) / 1000;
  if (before.passedAt !== undefined || !(stretch > 0 && stretch <= LONGEST_STRETCH)) return {};
  return { seconds: Math.round((before.seconds ?? 0) + stretch) };
}

/** Progress after an exercise was opened; `files` names those that were handed out just now. */
export function withOpened(
  progress: Progress,
  exercise: string,
  { now, files }: { now: Date; files: string | undefined },
): Progress {
  const handedOut = files === undefined ? {} : { files };
  return withExercise(progress, exercise, (before) => ({ ...before, openedAt: now.toISOString(), ...handedOut }));
}

/** A verdict of which all was skipped, for want of a tool, fails nobody and proves nothing. */
function hasShownIt({ status, results }: Verdict): boolean {
  return status === 'passed' && results.some((result) => result.status === 'passed');
}

/** Progress after a hint tier, counted from 1, was opened. */
export function withHint(progress: Progress, exercise: string, hint: { check: string; tier: number }): Progress {
  return withExercise(progress, exercise, (before) => ({
    ...before,
    hints: { ...before.hints, [hint.check]: Math.max(before.hints[hint.check] ?? 0, hint.tier) },
  }));
}

/** Progress after the solution was shown before passing. */
export function withSolutionSeen(progress: Progress, exercise: string): Progress {
  return withExercise(progress, exercise, (before) => ({ ...before, solutionSeen: true }));
}

/** Progress after a lesson was read; the first time counts. */
export function withLesson(progress: Progress, lesson: string, now: Date): Progress {
  if (Object.hasOwn(progress.lessons, lesson)) return progress;
  return { ...progress, lessons: { ...progress.lessons, [lesson]: { readAt: now.toISOString() } } };
}

/** What is known of an exercise; undefined when it was never touched. */
export function exerciseProgress(progress: Progress, exercise: string): ExerciseProgress | undefined {
  return Object.hasOwn(progress.exercises, exercise) ? progress.exercises[exercise] : undefined;
}

/** True when the exercise has passed once. */
export function hasPassed(progress: Progress, exercise: string): boolean {
  return exerciseProgress(progress, exercise)?.passedAt !== undefined;
}

/** The first of the exercises that has not passed. */
export function firstOpen<Exercise extends { id: string }>(
  exercises: readonly Exercise[],
  progress: Progress,
): Exercise | undefined {
  return exercises.find(({ id }) => !hasPassed(progress, id));
}

function withExercise(
  progress: Progress,
  exercise: string,
  change: (before: ExerciseProgress) => ExerciseProgress,
): Progress {
  const before = exerciseProgress(progress, exercise) ?? {
    attempts: 0,
    lastAt: '',
    points: { earned: 0, possible: 0 },
    hints: {},
  };
  return { ...progress, exercises: { ...progress.exercises, [exercise]: change(before) } };
}
