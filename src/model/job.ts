import type { Exercise } from './course.ts';
import type { DatabaseChoice } from './mongo.ts';
import type { Isolation, Result, Verdict } from './verdict.ts';

/** All that a worker needs to grade one submission; plain JSON, so that it can cross a pipe. */
export interface Job {
  course: { id: string; version: string; folder: string };
  exercise: Exercise;
  /** Absolute folder of the submission. */
  submission: string;
  seed: string;
  isolation: Isolation;
  language: string;
  /** Where an exercise finds its database. */
  database: DatabaseChoice;
}

/** What a worker answers, one JSON line each, `verdict` or `error` last. */
export type JobEvent =
  | { type: 'result'; result: Result }
  | { type: 'verdict'; verdict: Verdict }
  | { type: 'error'; message: string; next?: string; exitCode: 2 | 3; stack?: string };
