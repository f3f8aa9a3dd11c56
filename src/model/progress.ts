/** What a learner has done, by exercise and lesson id; kept in the workspace. Times are ISO 8601. */
export interface Progress {
  formatVersion: 1;
  course: string;
  exercises: Readonly<Record<string, ExerciseProgress>>;
  lessons: Readonly<Record<string, { readAt: string }>>;
  /** By lesson id; absent until the first quiz was answered. */
  quizzes?: Readonly<Record<string, QuizProgress>>;
}

/** The best answers to a lesson's quiz so far. */
export interface QuizProgress {
  answeredAt: string;
  right: number;
  questions: number;
  /** Questions that were missed, by their number from 1: how often they have been right since, and when to ask them again. */
  again?: Readonly<Record<string, { box: number; dueAt: string }>>;
}

export interface ExerciseProgress {
  attempts: number;
  lastAt: string;
  /** When it was opened last; absent in records of versions that did not note it. */
  openedAt?: string;
  /** Time worked on it until it first passed, as far as it could be seen. */
  seconds?: number;
  /** First time that it passed; absent until then. */
  passedAt?: string;
  /** The best so far. */
  points: { earned: number; possible: number };
  /** Hint tiers opened, by check id. */
  hints: Readonly<Record<string, number>>;
  /** Id of the first check that failed at the last attempt; absent when none did. */
  lastFailed?: string;
  solutionSeen?: boolean;
  /** A name for the files that were checked last, or handed out; absent where it is not known. */
  files?: string;
}
