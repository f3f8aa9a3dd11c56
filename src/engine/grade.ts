import { loadExercise } from '../course/exercise.ts';
import type { Exercise, Part } from '../model/course.ts';
import type { GradeRequest } from '../model/grading.ts';
import type { Job, JobEvent } from '../model/job.ts';
import { hasPrivateNetwork } from '../sandbox/nest.ts';
import { errorEvent } from './error-event.ts';
import { eventQueue } from './queue.ts';

/**
 * Grades one submission; results come as they are found, then the verdict, or an `error` that is not the submission's.
 * When the signal aborts, everything that runs is ended first.
 * @throws TutorError for an unknown exercise or a folder that is not there
 */
export async function* grade(request: GradeRequest): AsyncGenerator<JobEvent> {
  yield* gradeJobAnywhere(await makeJob(request), request.signal);
}

/** Grades a job in the process that it needs. */
export async function* gradeJobAnywhere(job: Job, signal: AbortSignal | undefined): AsyncGenerator<JobEvent> {
  if (needsWorker(job)) {
    const { startWorker } = await import('./worker/client.ts');
    const worker = startWorker(job.isolation);
    try {
      yield* worker.grade(job, signal);
    } finally {
      await worker.close();
    }
    return;
  }
  yield* gradeAlone(job, signal);
}

/** Grades a job within this process. */
async function* gradeAlone(job: Job, signal: AbortSignal | undefined): AsyncGenerator<JobEvent> {
  const { gradeJob } = await import('./grade-job.ts');
  const { emit, end, events } = eventQueue<JobEvent>();
  void gradeJob(job, { emit, signal, networkIsPrivate: false })
    .catch((error: unknown) => emit(errorEvent(error)))
    .then(() => end());
  yield* events();
}

/** The values of a run whose seed nobody names. */
export function drawSeed(): string {
  return String(Math.floor(Math.random() * 1_000_000));
}

/** The job of a request: its exercise loaded, its seed drawn. */
export async function makeJob(request: GradeRequest): Promise<Job> {
  const { course, exercise, submission, seed, isolation, language } = request;
  return {
    course: { id: course.index.id, version: course.index.version, folder: course.folder },
    exercise: await loadExercise(course, exercise),
    submission,
    seed: seed ?? drawSeed(),
    isolation,
    language,
    database: request.database ?? { provider: 'embedded' },
  };
}

/**
 * A worker process costs the start of one more Node.js. One submission alone is graded within the tutor's own process,
 * unless the grader must sit inside the run's private network to reach its server or to be reached, or share a file system in memory
 * with it, or nothing keeps the learner's code from killing the process that started it.
 */
function needsWorker({ exercise, isolation }: Job): boolean {
  if (hasPrivateNetwork(isolation.layer))
    return (
      isolation.strict === true ||
      exercise.run.kind === 'server' ||
      exercise.database !== undefined ||
      hasServices(exercise)
    );
  const runsTools = exercise.checks.some(({ parts }) => parts.some(usesTools));
  return isolation.layer === 'none' || exercise.run.grants.length > 0 || runsTools;
}

function usesTools({ kind }: Part): boolean {
  return kind === 'npm' || kind === 'watch';
}

function hasServices({ services }: Exercise): boolean {
  return Object.keys(services).length > 0;
}
