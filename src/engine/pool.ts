import type { Job, JobEvent } from '../model/job.ts';
import type { Isolation } from '../model/verdict.ts';
import { eventQueue } from './queue.ts';
import { startWorker, type Worker } from './worker/client.ts';

/** A worker is replaced after this many jobs, so that nothing that one leaves behind can grow. */
const JOBS_PER_WORKER = 100;

/** One event of one job of many. */
export interface PoolEvent<Tag> {
  tag: Tag;
  event: JobEvent;
}

/**
 * Grades many jobs side by side, each in a worker process; a worker that failed a job is not used again.
 * @param tasks the jobs, made one at a time when a worker is free; the tag comes back with each event
 */
export async function* gradeMany<Tag>(options: {
  tasks: Iterable<{ tag: Tag; job: () => Promise<Job> }>;
  jobs: number;
  signal?: AbortSignal | undefined;
}): AsyncGenerator<PoolEvent<Tag>> {
  const { emit, end, events } = eventQueue<PoolEvent<Tag>>();
  const tasks = options.tasks[Symbol.iterator]();
  const lanes = Array.from({ length: options.jobs }, async () => {
    let worker: { process: Worker; isolation: Isolation; used: number } | undefined;
    for (let next = tasks.next(); !next.done && !options.signal?.aborted; next = tasks.next()) {
      const { tag, job: make } = next.value;
      const job = await make();
      if (worker && (!isSame(worker.isolation, job.isolation) || worker.used >= JOBS_PER_WORKER)) {
        await worker.process.close();
        worker = undefined;
      }
      worker ??= { process: startWorker(job.isolation), isolation: job.isolation, used: 0 };
      worker.used += 1;
      let sound = false;
      for await (const event of worker.process.grade(job, options.signal)) {
        emit({ tag, event });
        sound = event.type === 'verdict';
      }
      if (!sound) {
        await worker.process.close();
        worker = undefined;
      }
    }
    await worker?.process.close();
  });
  void Promise.all(lanes).then(() => end(), end);
  yield* events();
}

function isSame(one: Isolation, other: Isolation): boolean {
  return one.layer === other.layer && one.strict === other.strict;
}
