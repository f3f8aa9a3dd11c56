import { TutorError } from '../model/error.ts';
import type { ExerciseProgress, Progress, QuizProgress } from '../model/progress.ts';

/** What a progress file turned out to hold. */
export type Parsed = { kind: 'progress'; progress: Progress } | { kind: 'damaged' };

/** Progress of someone who has done nothing yet. */
export function emptyProgress(course: string): Progress {
  return { formatVersion: 1, course, exercises: {}, lessons: {} };
}

/**
 * Reads the text of a progress file.
 * @throws {TutorError} when a newer version of the tutor wrote it
 */
export function parseProgress(text: string, file: string): Parsed {
  const value = parseJson(text);
  if (!isRecord(value)) return { kind: 'damaged' };
  if (typeof value.formatVersion === 'number' && value.formatVersion > 1) {
    throw new TutorError(`A newer node-tutor wrote ${file} (format ${value.formatVersion}; this one knows 1).`, {
      next: 'Update node-tutor: npm install -g node-tutor@latest. The file was not touched.',
    });
  }
  return isProgress(value) ? { kind: 'progress', progress: value } : { kind: 'damaged' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProgress(value: Record<string, unknown>): value is Record<string, unknown> & Progress {
  return (
    value.formatVersion === 1 &&
    typeof value.course === 'string' &&
    isRecord(value.exercises) &&
    Object.values(value.exercises).every(isExerciseProgress) &&
    isRecord(value.lessons) &&
    Object.values(value.lessons).every((lesson) => isRecord(lesson) && typeof lesson.readAt === 'string') &&
    (value.quizzes === undefined || (isRecord(value.quizzes) && Object.values(value.quizzes).every(isQuizProgress)))
  );
}

function isQuizProgress(value: unknown): value is QuizProgress {
  return (
    isRecord(value) &&
    typeof value.answeredAt === 'string' &&
    typeof value.right === 'number' &&
    typeof value.questions === 'number' &&
    (value.again === undefined || (isRecord(value.again) && Object.values(value.again).every(isCard)))
  );
}

function isCard(value: unknown): boolean {
  return isRecord(value) && typeof value.box === 'number' && typeof value.dueAt === 'string';
}

function isExerciseProgress(value: unknown): value is ExerciseProgress {
  return (
    isRecord(value) &&
    typeof value.attempts === 'number' &&
    typeof value.lastAt === 'string' &&
    (value.passedAt === undefined || typeof value.passedAt === 'string') &&
    (value.openedAt === undefined || typeof value.openedAt === 'string') &&
    (value.seconds === undefined || typeof value.seconds === 'number') &&
    (value.files === undefined || typeof value.files === 'string') &&
    (value.lastFailed === undefined || typeof value.lastFailed === 'string') &&
    isRecord(value.points) &&
    typeof value.points.earned === 'number' &&
    typeof value.points.possible === 'number' &&
    isRecord(value.hints) &&
    Object.values(value.hints).every((tier) => typeof tier === 'number')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
