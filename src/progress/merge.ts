import type { ExerciseProgress, Progress, QuizProgress } from '../model/progress.ts';

/**
 * Two records of one learner as one, such as from two machines. Nothing that either knows is lost, and to merge the same
 * record again changes nothing.
 */
export function mergeProgress(one: Progress, other: Progress): Progress {
  const quizzes = mergeRecords(one.quizzes ?? {}, other.quizzes ?? {}, mergeQuiz);
  return {
    ...one,
    exercises: mergeRecords(one.exercises, other.exercises, mergeExercise),
    lessons: mergeRecords(one.lessons, other.lessons, (a, b) => (a.readAt <= b.readAt ? a : b)),
    ...(Object.keys(quizzes).length > 0 && { quizzes }),
  };
}

type Records<Value> = Readonly<Record<string, Value>>;

function mergeRecords<Value>(one: Records<Value>, other: Records<Value>, merge: (a: Value, b: Value) => Value) {
  const merged = new Map(Object.entries(one));
  for (const [id, value] of Object.entries(other)) {
    const known = merged.get(id);
    merged.set(id, known === undefined ? value : merge(known, value));
  }
  return Object.fromEntries(merged);
}

function mergeExercise(one: ExerciseProgress, other: ExerciseProgress): ExerciseProgress {
  const later = one.lastAt >= other.lastAt ? one : other;
  const passedAt = [one.passedAt, other.passedAt].filter((time) => time !== undefined).sort()[0];
  const seconds = Math.max(one.seconds ?? 0, other.seconds ?? 0);
  const { solutionSeen: _, passedAt: __, seconds: ___, ...last } = later;
  return {
    ...last,
    attempts: Math.max(one.attempts, other.attempts),
    points: {
      earned: Math.max(one.points.earned, other.points.earned),
      possible: later.points.possible,
    },
    hints: mergeRecords(one.hints, other.hints, Math.max),
    ...(passedAt !== undefined && { passedAt }),
    ...(seconds > 0 && { seconds }),
    ...((one.solutionSeen || other.solutionSeen) && { solutionSeen: true }),
  };
}

/** The better answers; what is asked again as the later ones left it. */
function mergeQuiz(one: QuizProgress, other: QuizProgress): QuizProgress {
  const share = ({ right, questions }: QuizProgress) => (questions === 0 ? 0 : right / questions);
  const better = share(other) > share(one) ? other : one;
  const { again: _, ...kept } = better;
  const again = mergeRecords(one.again ?? {}, other.again ?? {}, (a, b) => (a.dueAt >= b.dueAt ? a : b));
  return Object.keys(again).length === 0 ? kept : { ...kept, again };
}
