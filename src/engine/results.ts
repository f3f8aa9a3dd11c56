import type { Check } from '../model/course.ts';
import { describeError, TutorError } from '../model/error.ts';
import type { Job } from '../model/job.ts';
import { pickText } from '../model/text.ts';
import type { Failure, Result, Verdict } from '../model/verdict.ts';
import { verdictStatus } from '../model/verdict.ts';
import { withLearnerPaths } from './learner-paths.ts';
import { messages } from './messages.ts';

export function passedResult(check: Check, job: Job): Result {
  return { ...base(check, job), status: 'passed', points: { earned: check.points, possible: check.points } };
}

export function failedResult(check: Check, failure: Failure, job: Job): Result {
  return { ...base(check, job), status: 'failed', failure: withLearnerPaths(failure) };
}

/** Skipped, because a check that it needs did not pass. */
export function skippedAfter(check: Check, needed: Result, job: Job): Result {
  return {
    ...base(check, job),
    status: 'skipped',
    reason: { kind: 'after', check: needed.check, title: needed.title },
  };
}

/** Skipped, because a tool is absent on this machine. */
export function skippedWithout(check: Check, absent: { tool: string; message: string }, job: Job): Result {
  return { ...base(check, job), status: 'skipped', reason: { kind: 'absent', ...absent } };
}

/** The tutor or the course is at fault. */
export function brokenResult(check: Check, error: unknown, job: Job): Result {
  const next = error instanceof TutorError && error.next ? error.next : messages(job.language)('broken.next');
  return { ...base(check, job), status: 'broken', reason: { kind: 'broken', message: describeError(error), next } };
}

function base(check: Check, { language }: Job): Omit<Result, 'status'> {
  return {
    check: check.id,
    title: pickText(check.title, language),
    points: { earned: 0, possible: check.points },
    milliseconds: 0,
    hints: check.hints.map((hint) => pickText(hint, language)),
  };
}

/** The verdict on a job whose checks have all been looked at. */
export function makeVerdict(job: Job, found: Pick<Verdict, 'results' | 'advice' | 'milliseconds'>): Verdict {
  const sum = (kind: 'earned' | 'possible') => found.results.reduce((total, { points }) => total + points[kind], 0);
  return {
    schemaVersion: 1,
    course: { id: job.course.id, version: job.course.version },
    exercise: job.exercise.id,
    title: pickText(job.exercise.title, job.language),
    status: verdictStatus(found.results),
    results: found.results,
    points: { earned: sum('earned'), possible: sum('possible') },
    milliseconds: found.milliseconds,
    seed: job.seed,
    isolation: job.isolation,
    node: process.version,
    advice: found.advice,
  };
}
