import path from 'node:path';
import { drawGivens } from '../course/givens.ts';
import { createRenderer } from '../course/templates.ts';
import type { CheckContext } from '../model/context.ts';
import type { Check } from '../model/course.ts';
import { describeError, TutorError } from '../model/error.ts';
import type { Job, JobEvent } from '../model/job.ts';
import type { Sandbox } from '../model/run.ts';
import { pickText } from '../model/text.ts';
import type { BrokenReason, Failure, Result, Verdict } from '../model/verdict.ts';
import { verdictStatus } from '../model/verdict.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import { findEntry } from './entry.ts';
import { messages } from './messages.ts';
import { tutorPaths } from './paths.ts';
import { launchSpec, Runs } from './runs.ts';

interface JobOptions {
  emit: (event: JobEvent) => void;
  signal?: AbortSignal | undefined;
  /** True in a worker that sits in a private network with its runs. */
  networkIsPrivate: boolean;
}

/**
 * Grades one submission: the one function from a job to a verdict, in whichever process it runs.
 * Emits a `result` for each check in order and the `verdict` last.
 */
export async function gradeJob(job: Job, { emit, signal, networkIsPrivate }: JobOptions): Promise<void> {
  const started = performance.now();
  const { dist, root } = tutorPaths();
  const sandboxOf = (submission: string) =>
    openSandbox({
      submission,
      packages: job.exercise.packages,
      isolation: job.isolation,
      networkIsPrivate,
      distFolder: dist,
      packagesFrom: root,
      hide: [path.join(job.course.folder, 'exercises'), path.join(root, 'exercises'), path.join(dist, 'course')],
    });
  const held: Held = { sandboxes: [], runs: [] };
  const stop = () => void release(held);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const results = await gradeChecks({ job, sandboxOf, held, emit });
    signal?.throwIfAborted();
    await release(held);
    emit({ type: 'verdict', verdict: makeVerdict(job, { results, held, started }) });
  } finally {
    signal?.removeEventListener('abort', stop);
    await release(held);
  }
}

/** What must be let go of at the end, however it comes. */
interface Held {
  sandboxes: Sandbox[];
  runs: Runs[];
}

async function release({ sandboxes, runs }: Held): Promise<void> {
  await Promise.all(runs.map((run) => run.close()));
  await Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.close()));
}

interface Grading {
  job: Job;
  sandboxOf: (submission: string) => Promise<Sandbox>;
  held: Held;
  emit: JobOptions['emit'];
}

async function gradeChecks({ job, sandboxOf, held, emit }: Grading): Promise<Result[]> {
  const opened = await open({ job, sandboxOf, held, emit });
  const results: Result[] = [];
  const record = (result: Result) => {
    results.push(result);
    emit({ type: 'result', result });
  };
  for (const check of job.exercise.checks) {
    const needed = results.find(({ check: id, status }) => id === check.after && status !== 'passed');
    if ('failure' in opened)
      record(results.length === 0 ? failed(check, opened.failure, job) : skippedAfter(check, results[0], job));
    else if (needed) record(skippedAfter(check, needed, job));
    else record(await gradeCheck(check, opened.context, job));
  }
  return results;
}

/** Opens the sandbox and starts the first child before anything else is loaded: what the checks need comes up beside it. */
async function open({ job, sandboxOf, held }: Grading): Promise<{ context: CheckContext } | { failure: Failure }> {
  const { exercise, submission, language } = job;
  const start = async (folder: string): Promise<Runs | { failure: Failure; entry?: never }> => {
    const entry = await findEntry(exercise, folder);
    const setup = () => import('./setup-failure.ts');
    if (entry.kind !== 'found') return { failure: (await setup()).entryFailure(entry, language) };
    try {
      const sandbox = await sandboxOf(folder);
      held.sandboxes.push(sandbox);
      const expected = exercise.run.kind === 'server' ? 1 : programRuns(exercise.checks);
      const runs = new Runs({ sandbox, spec: launchSpec(exercise, entry.file), expected });
      held.runs.push(runs);
      return runs;
    } catch (error) {
      const { isSubmissionFault, unfitFailure } = await setup();
      if (isSubmissionFault(error)) return { failure: unfitFailure(error, exercise, language) };
      throw error;
    }
  };
  const runs = await start(submission);
  if (!(runs instanceof Runs)) return runs;
  const givens = await drawGivens(exercise.given, job.seed);
  const render = await createRenderer(givens);
  let solution: ReturnType<typeof start> | undefined;
  const context: CheckContext = {
    exercise,
    language,
    submission,
    entry: runs.entry,
    render,
    run: (input) => runs.program(input),
    runSolution: async (input) => {
      solution ??= start(path.join(job.course.folder, 'exercises', exercise.id, 'solution'));
      const reference = await solution;
      if (reference instanceof Runs) return reference.program(input);
      throw new TutorError(`The reference solution of ${exercise.id} cannot be run.`, { exitCode: 3 });
    },
    server: () => runs.server(),
  };
  return { context };
}

function programRuns(checks: readonly Check[]): number {
  return checks.reduce((sum, check) => sum + check.parts.filter(({ kind }) => kind === 'program').length, 0);
}

async function gradeCheck(check: Check, context: CheckContext, job: Job): Promise<Result> {
  const started = performance.now();
  const { evaluatePart } = await import('../checks/evaluators.ts');
  const timed = (result: Result): Result => ({ ...result, milliseconds: Math.round(performance.now() - started) });
  try {
    for (const part of check.parts) {
      const outcome = await evaluatePart(part, context);
      if (outcome.status === 'failed') return timed(failed(check, outcome.failure, job));
      if (outcome.status === 'skipped') {
        const { tool, message } = outcome;
        return timed({ ...base(check, job), status: 'skipped', reason: { kind: 'absent', tool, message } });
      }
    }
  } catch (error) {
    return timed({ ...base(check, job), status: 'broken', reason: brokenReason(error, job) });
  }
  return timed({ ...base(check, job), status: 'passed', points: { earned: check.points, possible: check.points } });
}

function brokenReason(error: unknown, { language }: Job): BrokenReason {
  const next = error instanceof TutorError && error.next ? error.next : messages(language)('broken.next');
  return { kind: 'broken', message: describeError(error), next };
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

function failed(check: Check, failure: Failure, job: Job): Result {
  return { ...base(check, job), status: 'failed', failure };
}

function skippedAfter(check: Check, needed: Result | undefined, job: Job): Result {
  const reason = { kind: 'after', check: needed?.check ?? '', title: needed?.title ?? '' } as const;
  return { ...base(check, job), status: 'skipped', reason };
}

function makeVerdict(
  job: Job,
  { results, held, started }: { results: readonly Result[]; held: Held; started: number },
): Verdict {
  const count = held.runs.reduce((sum, runs) => sum + runs.leftovers, 0);
  const sum = (kind: 'earned' | 'possible') => results.reduce((total, { points }) => total + points[kind], 0);
  return {
    schemaVersion: 1,
    course: { id: job.course.id, version: job.course.version },
    exercise: job.exercise.id,
    title: pickText(job.exercise.title, job.language),
    status: verdictStatus(results),
    results,
    points: { earned: sum('earned'), possible: sum('possible') },
    milliseconds: Math.round(performance.now() - started),
    seed: job.seed,
    isolation: job.isolation,
    node: process.version,
    advice: count > 0 ? [messages(job.language)('advice.leftovers', { count })] : [],
  };
}
