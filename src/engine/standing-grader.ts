import type { GradeRequest } from '../model/grading.ts';
import type { JobEvent } from '../model/job.ts';
import { drawSeed, makeJob } from './grade.ts';
import { startWorker, type Worker } from './worker/client.ts';

/** What is graded again and again; the seed and the signal belong to each time. */
export type StandingRequest = Omit<GradeRequest, 'seed' | 'signal'>;

/** Grades one submission each time that its files have changed; what a verdict needs stays up in between. */
export interface StandingGrader {
  /**
   * Grades the files as they are now; the events of `grade`, each result with what was printed.
   * One at a time: a call waits for the one before it, which ends early when its signal aborts.
   */
  grade(options: { seed?: string; signal?: AbortSignal }): AsyncGenerator<JobEvent>;
  /** Ends everything that stands ready. To be called when no `grade` is going on. */
  close(): Promise<void>;
}

/**
 * A grader for one submission: a worker that keeps the database up, and the children of the next run waiting with their packages loaded.
 * @throws TutorError for an unknown exercise
 */
export async function openStandingGrader(request: StandingRequest): Promise<StandingGrader> {
  const { seed: _, ...job } = await makeJob(request);
  let worker: Worker | undefined;
  return {
    async *grade({ seed = drawSeed(), signal }) {
      worker ??= startWorker(job.isolation);
      let isSound = false;
      try {
        for await (const event of worker.grade({ ...job, seed, tellsOutput: true, stands: true }, signal)) {
          isSound = event.type === 'verdict' || (event.type === 'error' && signal?.aborted === true);
          yield event;
        }
      } finally {
        if (!isSound) {
          await worker.close();
          worker = undefined;
        }
      }
    },
    async close() {
      await worker?.close();
      worker = undefined;
    },
  };
}
