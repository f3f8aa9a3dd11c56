import type { Job, JobEvent } from '../../model/job.ts';

/** Tutor to worker, one JSON line each. The end of stdin ends the worker. */
export type WorkerInput = { type: 'grade'; job: Job } | { type: 'cancel' };

/** Worker to tutor: the job's events; `verdict` or `error` ends a job. */
export type WorkerOutput = JobEvent;

/** Splits a stream's chunks into lines. */
export function lineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
