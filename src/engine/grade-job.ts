import type { CheckContext, Ran } from '../model/context.ts';
import type { Check } from '../model/course.ts';
import type { WorkContents } from '../model/files.ts';
import type { Job, JobEvent } from '../model/job.ts';
import type { Failure, Result } from '../model/verdict.ts';
import { brokenResult, failedResult, makeVerdict, passedResult, skippedAfter, skippedWithout } from './results.ts';
import { openSession, type Session } from './session.ts';
import type { Standing } from './standing.ts';

interface JobOptions {
  emit: (event: JobEvent) => void;
  signal?: AbortSignal | undefined;
  /** True in a worker that sits in a private network with its runs. */
  networkIsPrivate: boolean;
  /** Stays up for the next job. */
  standing?: Standing | undefined;
}

/**
 * Grades one submission: the one function from a job to a verdict, in whichever process it runs.
 * Emits a `result` for each check in order and the `verdict` last.
 * @throws the signal's reason when it aborts; everything that ran is gone then
 */
export async function gradeJob(job: Job, { emit, signal, ...surroundings }: JobOptions): Promise<void> {
  const started = performance.now();
  signal?.throwIfAborted();
  const session = openSession(job, surroundings);
  const stop = () => void session.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const results = await gradeChecks(job, session, (result) => {
      if (!signal?.aborted) emit({ type: 'result', result, ...(job.tellsOutput && { printed: session.printed() }) });
    });
    const advice = await session.close();
    signal?.throwIfAborted();
    const milliseconds = Math.round(performance.now() - started);
    emit({ type: 'verdict', verdict: makeVerdict(job, { results, advice, milliseconds }) });
  } finally {
    signal?.removeEventListener('abort', stop);
    await session.close();
  }
}

async function gradeChecks(job: Job, session: Session, onResult: (result: Result) => void): Promise<Result[]> {
  const { checks } = job.exercise;
  const begun = await session.begin();
  const contents = 'context' in begun ? checks.map((check) => contentsOf(check, begun.context)) : [];
  // What cannot be filled in is told by its own check.
  const plan = await Promise.allSettled(contents);
  const results: Result[] = [];
  for (const [index, check] of checks.entries()) {
    session.beginCheck(plan.slice(index).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    const result = await gradeCheck({ job, begun, results, contents: contents[index] }, check);
    results.push(result);
    onResult(result);
  }
  return results;
}

interface Grading {
  job: Job;
  begun: { context: CheckContext } | { failure: Failure };
  /** Of the checks before this one. */
  results: readonly Result[];
  /** What its server finds in the work folder besides the submission's files. */
  contents: Promise<WorkContents | undefined> | undefined;
}

async function gradeCheck({ job, begun, results, contents }: Grading, check: Check): Promise<Result> {
  const [first] = results;
  if ('failure' in begun) return first ? skippedAfter(check, first, job) : failedResult(check, begun.failure, job);
  const needed = results.find(({ check: id, status }) => id === check.after && status !== 'passed');
  if (needed) return skippedAfter(check, needed, job);
  const started = performance.now();
  const result = await contextOf(begun.context, contents)
    .then((context) => evaluate(check, context, job))
    .catch((error: unknown) => brokenResult(check, error, job));
  return { ...result, milliseconds: Math.round(performance.now() - started) };
}

async function evaluate(check: Check, context: CheckContext, job: Job): Promise<Result> {
  const { evaluatePart } = await import('../checks/evaluators.ts');
  const own = { ...context, ...enoughFor(check, context) };
  let ran: Ran | undefined;
  for (const part of check.parts) {
    const outcome = await evaluatePart(part, own, ran);
    if (outcome.status === 'failed') return failedResult(check, outcome.failure, job);
    if (outcome.status === 'skipped') return skippedWithout(check, outcome, job);
    ran = outcome.ran ?? ran;
  }
  const unmet = await unmetHold(context, ran);
  return unmet === undefined ? passedResult(check, job) : failedResult(check, unmet, job);
}

/** A program that stays alive beside its database is judged by what it has left there. */
function enoughFor(check: Check, context: CheckContext): Pick<CheckContext, 'enough'> {
  const [first, ...rest] = check.parts;
  if (context.database === undefined || first?.kind !== 'program') return {};
  const looks = rest.flatMap((part) => (part.kind === 'mongo' ? [part.spec] : []));
  return {
    enough: async () => {
      const { evaluateMongo } = await import('../checks/mongo/evaluate.ts');
      for (const spec of looks) {
        if ((await evaluateMongo(spec, context)).status !== 'passed') return false;
      }
      return true;
    },
  };
}

/** A service that never saw as many requests at the same time as it waited for. */
async function unmetHold(context: CheckContext, ran: Ran | undefined): Promise<Failure | undefined> {
  const records = context.services();
  if (records.every(({ hold, requests }) => hold === undefined || hold.met || requests.length === 0)) return undefined;
  return (await import('../checks/requests/hold.ts')).holdFailure(records, context, ran);
}

/** What the server of a check finds in the work folder besides the submission's files. */
async function contentsOf({ start }: Check, { render }: CheckContext): Promise<WorkContents | undefined> {
  if (start === undefined) return undefined;
  const { workContents } = await import('../checks/work-contents.ts');
  return workContents(start, render);
}

/** The context of one check: where its server finds more than the submission's files, with such a server. */
async function contextOf(context: CheckContext, given: Grading['contents']): Promise<CheckContext> {
  const contents = await given;
  return contents === undefined
    ? context
    : { ...context, startedWith: contents, server: () => context.server(contents) };
}
