import { describeError, EXIT, TutorError } from '../model/error.ts';
import type { JobEvent } from '../model/job.ts';

/** What went wrong outside the submission, as a job's last event. */
export function errorEvent(error: unknown): JobEvent {
  const isTutorError = error instanceof TutorError;
  return {
    type: 'error',
    message: describeError(error),
    exitCode: isTutorError && error.exitCode === EXIT.misuse ? EXIT.misuse : EXIT.tutorFailed,
    ...(isTutorError && error.next ? { next: error.next } : {}),
    ...(error instanceof Error && error.stack ? { stack: error.stack } : {}),
  };
}
