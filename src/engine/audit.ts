import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Course, Exercise } from '../model/course.ts';
import type { AuditEvent, GradeRequest } from '../model/grading.ts';
import type { Job, JobEvent } from '../model/job.ts';
import { makeOwnFolder } from '../model/own-folder.ts';
import { randomFrom } from '../model/random.ts';
import { type AuditCase, exerciseCases, lessonCases } from './audit-cases.ts';
import { createComparison } from './audit-comparison.ts';
import { judge, uncoveredChecks } from './audit-judge.ts';
import { gradeMany } from './pool.ts';

export interface AuditRequest extends Pick<GradeRequest, 'isolation' | 'language' | 'signal' | 'database'> {
  course: Course;
  /** Exercise and lesson ids; the whole course when absent. */
  only?: readonly string[];
  /** Under how many fixed seeds each solution and wrong solution is graded; under the last as after a save. */
  seeds: number;
  jobs?: number;
  /** Mixes the order of the cases, repeatably. */
  shuffle?: string;
}

/**
 * The course checks itself: starters fail, solutions pass, each wrong solution fails at the check and with the cause
 * that its manifest names, each check is the one that some wrong solution fails at, each example prints what its lesson shows.
 */
export async function* audit(request: AuditRequest): AsyncGenerator<AuditEvent> {
  const started = performance.now();
  const folder = makeOwnFolder({ kind: 'audit' });
  let faults = 0;
  try {
    const { cases, exercises } = await collectCases(request, folder);
    for (const exercise of exercises) {
      for (const message of uncoveredChecks(exercise)) {
        faults += 1;
        yield { type: 'fault', exercise: exercise.id, message };
      }
    }
    for await (const event of runCases(cases, request)) {
      if (event.type === 'fault') faults += 1;
      yield event;
    }
    const milliseconds = Math.round(performance.now() - started);
    const warm = cases.filter((one) => one.warm).length;
    yield { type: 'done', exercises: exercises.length, cases: cases.length, warm, faults, milliseconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function collectCases(
  request: AuditRequest,
  folder: string,
): Promise<{ cases: AuditCase[]; exercises: Exercise[] }> {
  const { course, only, seeds, shuffle } = request;
  const isWanted = ({ id }: { id: string }) => only === undefined || only.includes(id);
  const cases: AuditCase[] = [];
  const exercises: Exercise[] = [];
  for (const summary of course.index.exercises.filter(isWanted)) {
    const { exercise, cases: own } = await exerciseCases({ course, id: summary.id, seeds, folder });
    exercises.push(exercise);
    cases.push(...own);
  }
  for (const lesson of course.index.tracks.flatMap(({ lessons }) => lessons).filter(isWanted)) {
    cases.push(...(await lessonCases({ course, lesson, folder })));
  }
  if (shuffle !== undefined) mix(cases, shuffle);
  return { cases, exercises };
}

function mix<Item>(items: Item[], seed: string): void {
  const random = randomFrom(seed);
  const keyed = items.map((item) => ({ item, key: random() })).sort((a, b) => a.key - b.key);
  items.splice(0, items.length, ...keyed.map(({ item }) => item));
}

/** Grades all cases; then those from nothing that came out otherwise warm, to be sure that it is not the seed. */
async function* runCases(cases: readonly AuditCase[], request: AuditRequest): AsyncGenerator<AuditEvent> {
  const compared = createComparison();
  for await (const { tag, event } of gradeCases(cases, request)) {
    if (event.type === 'verdict') compared.add(tag, event.verdict);
    yield* caseEvents(tag, event, cases.length);
  }
  for await (const { tag, event } of gradeCases(compared.doubtful(), request)) {
    const message = event.type === 'verdict' ? compared.difference(tag, event.verdict) : undefined;
    if (message !== undefined) yield { type: 'fault', ...named({ ...tag, warm: true }), message };
  }
}

function* caseEvents(tag: AuditCase, event: JobEvent, total: number): Generator<AuditEvent> {
  const message = judge(tag, event);
  const milliseconds = event.type === 'verdict' ? event.verdict.milliseconds : 0;
  yield { type: 'case', ...named(tag), status: message === undefined ? 'held' : 'fault', milliseconds, total };
  if (message === undefined) return;
  yield { type: 'fault', ...named(tag), message, ...(event.type === 'verdict' && { verdict: event.verdict }) };
}

function named({ exercise, variant, seed, warm }: AuditCase) {
  return { exercise, variant, seed, warm };
}

/** Grades cases side by side; the last event of each. */
async function* gradeCases(
  cases: readonly AuditCase[],
  request: AuditRequest,
): AsyncGenerator<{ tag: AuditCase; event: JobEvent }> {
  const { course, isolation, language, signal, jobs = availableParallelism() } = request;
  const { id, version } = course.index;
  const tasks = cases.map((auditCase) => ({
    tag: auditCase,
    job: async (): Promise<Job> => ({
      course: { id, version, folder: course.folder },
      exercise: auditCase.manifest,
      submission: auditCase.submission,
      seed: auditCase.seed,
      isolation,
      language,
      database: request.database ?? { provider: 'embedded' },
      ...(auditCase.warm && { stands: true }),
    }),
  }));
  for await (const { tag, event } of gradeMany({ tasks, jobs, signal })) {
    if (event.type !== 'result') yield { tag, event };
  }
}
