import type { Course } from './course.ts';
import type { JobEvent } from './job.ts';
import type { DatabaseChoice } from './mongo.ts';
import type { Isolation, Verdict } from './verdict.ts';

/** What to grade, and how; the input of every grading function of the engine. */
export interface GradeRequest {
  course: Course;
  exercise: string;
  /** Absolute folder of the submission. */
  submission: string;
  /** Repeats a run's givens; a fresh one is drawn when absent. */
  seed?: string;
  isolation: Isolation;
  language: string;
  /** Where exercises find their database; the embedded server when absent. */
  database?: DatabaseChoice;
  signal?: AbortSignal;
}

/** One event of grading many: which submission it is about, and what happened. */
export interface FolderEvent {
  exercise: string;
  /** Path of the submission, relative to the graded folder. */
  submission: string;
  event: JobEvent;
}

/** One submission that the audit graded. */
interface AuditedCase {
  exercise: string;
  variant: string;
  seed: string;
  /** Graded as after a save, by what stands ready. */
  warm: boolean;
}

/** What the audit reports as it goes. */
export type AuditEvent =
  | (AuditedCase & { type: 'case'; status: 'held' | 'fault'; milliseconds: number; total: number })
  | (Partial<AuditedCase> & { type: 'fault'; message: string; verdict?: Verdict })
  | { type: 'done'; exercises: number; cases: number; warm: number; faults: number; milliseconds: number };
