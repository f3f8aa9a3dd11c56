import path from 'node:path';
import { grade } from '../engine/grade.ts';
import { EXIT, type ExitCode, TutorError } from '../model/error.ts';
import type { Verdict } from '../model/verdict.ts';
import { firstOpen, withVerdict } from '../progress/changes.ts';
import { reportMessages } from '../report/messages.ts';
import { verdictText } from '../report/terminal.ts';
import type { CommandContext } from './context.ts';
import { chooseDatabase } from './database.ts';
import { filesDigest } from './files-digest.ts';
import { chooseIsolation } from './isolation.ts';
import { needPackages } from './needed-packages.ts';
import { saveProgress } from './progress.ts';
import type { Target } from './target.ts';

/** Exit code for each status of a verdict. */
export const VERDICT_EXIT: Readonly<Record<Verdict['status'], ExitCode>> = {
  passed: EXIT.passed,
  failed: EXIT.failed,
  broken: EXIT.tutorFailed,
};

/**
 * Grades a target and keeps the verdict in the workspace's progress.
 * @throws {TutorError} what kept the engine from a verdict
 */
export async function gradeTarget(context: CommandContext, target: Target): Promise<GradedTarget> {
  const { io, say, options, language, signal } = context;
  const [course, isolation, database] = await Promise.all([
    context.course(),
    chooseIsolation(context),
    chooseDatabase(context),
  ]);
  await needPackages(context, course, [target.exercise.id]);
  if (!options.json) io.remark(say('checking', { exercise: target.exercise.id, mark: '…' }));
  const request = {
    course,
    exercise: target.exercise.id,
    submission: target.folder,
    isolation,
    database,
    language,
    signal,
  };
  const judged = target.workspace === undefined ? undefined : filesDigest(target.folder);
  const verdict = await lastVerdict(grade({ ...request, ...(options.seed !== undefined && { seed: options.seed }) }));
  if (target.workspace === undefined || verdict.status === 'broken') return { verdict };
  const occasion = { now: new Date(), files: await judged };
  const progress = await saveProgress(context, target.workspace, (before) => withVerdict(before, verdict, occasion));
  const next = progress && firstOpen(course.index.exercises, progress);
  return { verdict, ...(next !== undefined && { nextExercise: next.id }) };
}

export interface GradedTarget {
  verdict: Verdict;
  /** The first exercise that is open now. */
  nextExercise?: string;
}

async function lastVerdict(events: ReturnType<typeof grade>): Promise<Verdict> {
  for await (const event of events) {
    if (event.type === 'verdict') return event.verdict;
    if (event.type === 'error') {
      const error = new TutorError(event.message, {
        exitCode: event.exitCode,
        ...(event.next !== undefined && { next: event.next }),
      });
      if (event.stack !== undefined) error.stack = event.stack;
      throw error;
    }
  }
  throw new TutorError('The grader ended without a verdict.', { exitCode: EXIT.tutorFailed });
}

/** The verdict as a learner sees it. */
export async function showVerdict(context: CommandContext, target: Target, graded: GradedTarget): Promise<void> {
  const { verdict, nextExercise } = graded;
  const say = reportMessages(context.language, context.typed);
  const look = { theme: await context.theme(), say, folder: target.folder };
  const again = againCommand(context, target);
  context.io.print(verdictText(verdict, look, { again, ...(nextExercise !== undefined && { nextExercise }) }));
}

/** What the learner types to have this target checked again. */
export function againCommand({ options, io, typed }: CommandContext, { exercise, folder, workspace }: Target): string {
  const words = ['node-tutor', 'check', exercise.id];
  const relative = path.relative(io.cwd, folder) || '.';
  if (workspace === undefined) words.push('--submission', relative.length < folder.length ? relative : folder);
  if (options.course !== undefined) words.push('--course', options.course);
  return typed(words.map((word) => (/^[\w./\\:@-]+$/.test(word) ? word : `"${word}"`)).join(' '));
}
