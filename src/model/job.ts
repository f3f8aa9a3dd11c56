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
  /** Each result comes with what the submission has printed. */
  tellsOutput?: true;
  /** More of this exercise are going to be graded: what they need is made ready after each. */
  stands?: true;
}

/** What the runs of one check have printed, a server since its start; untrusted, cut to its end where it is long. */
export interface Printed {
  stdout: string;
  stderr: string;
}

/** What a worker answers, one JSON line each, `verdict` or `error` last. */
export type JobEvent =
  | { type: 'result'; result: Result; printed?: Printed }
  | { type: 'verdict'; verdict: Verdict }
  | { type: 'error'; message: string; next?: string; exitCode: 2 | 3; stack?: string };
