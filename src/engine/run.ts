import { randomUUID } from 'node:crypto';
import { loadExercise } from '../course/exercise.ts';
import { drawGivens } from '../course/givens.ts';
import { createRenderer } from '../course/templates.ts';
import { TutorError } from '../model/error.ts';
import type { GradeRequest } from '../model/grading.ts';
import { USUAL_PORT } from '../model/mongo.ts';
import { runLive } from '../sandbox/live.ts';
import { certificateFiles, makeCertificate } from './certificate.ts';
import { findEntry } from './entry.ts';
import { DATABASE_VARIABLE, launchSpec } from './launch-spec.ts';
import { ownFiles } from './own-files.ts';
import { renderEnvironment, sandboxOptions } from './session.ts';

export interface RunRequest extends Omit<GradeRequest, 'seed' | 'database'> {
  args: readonly string[];
  signal: AbortSignal;
  /** Where the learner's own database listens. */
  databasePort?: number;
  /** Told the address of each port on which it listens. */
  onListening?: (url: string) => void;
}

/** A learner's own try may take its time. */
const HOUR = 3_600_000;

/**
 * Runs a submission's entry with the tutor's own stdin, stdout and stderr.
 * @returns its exit code
 * @throws TutorError when there is nothing to run
 */
export async function runSubmission(request: RunRequest): Promise<number> {
  const { course, submission, isolation, language, args, signal } = request;
  const exercise = await loadExercise(course, request.exercise);
  const own = ownFiles(exercise, course.folder);
  const entry = findEntry(exercise, { folder: submission, own: own?.files ?? [] });
  if (entry.kind !== 'found') {
    const { entryFailure } = await import('./setup-failure.ts');
    const { summary, cause, next } = entryFailure(entry, language);
    throw new TutorError(cause?.text ?? summary, next === undefined ? {} : { next });
  }
  const spec = launchSpec(exercise, entry.file);
  const values = renderEnvironment(exercise, await createRenderer(await drawGivens(exercise.given, randomUUID())));
  const { database } = exercise;
  const env = database
    ? { [DATABASE_VARIABLE]: `mongodb://127.0.0.1:${USUAL_PORT}/${database.name}`, ...values }
    : values;
  const contents = exercise.run.certificate ? certificateFiles(await makeCertificate()) : undefined;
  const scheme = exercise.run.certificate ? 'https' : 'http';
  const onListening = (port: number) => request.onListening?.(`${scheme}://localhost:${port}`);
  const options = {
    ...sandboxOptions({ course, exercise, isolation }),
    submission,
    ...(own ? { fixed: own } : {}),
  };
  return runLive(options, {
    spec: { ...spec, env, limits: { ...spec.limits, time: HOUR } },
    args,
    signal,
    contents,
    databasePort: request.databasePort,
    onListening,
  });
}
