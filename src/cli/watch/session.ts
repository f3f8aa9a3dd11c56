import { openStandingGrader } from '../../engine/standing-grader.ts';
import { type WatchEvent, watchSubmission } from '../../engine/watch.ts';
import type { PollReason } from '../../engine/watch-folder.ts';
import type { Printed } from '../../model/job.ts';
import type { Progress } from '../../model/progress.ts';
import type { Result, Verdict } from '../../model/verdict.ts';
import { type Occasion, withVerdict } from '../../progress/changes.ts';
import type { CommandContext } from '../context.ts';
import { chooseDatabase } from '../database.ts';
import { filesDigest } from '../files-digest.ts';
import { chooseIsolation } from '../isolation.ts';
import { wantsPolling } from '../polling.ts';
import { saveProgress } from '../progress.ts';
import type { OwnTarget } from '../target.ts';

/** One run of a watched exercise, as far as it has come. */
export interface Round {
  /** From 1. */
  run: number;
  /** What was saved, relative to the exercise's folder. */
  file: string | undefined;
  begun: Date;
  results: readonly Result[];
  /** By check id. */
  printed: ReadonlyMap<string, Printed>;
  verdict?: Verdict;
  error?: { message: string; next: string | undefined };
}

/** How the progress stood before a verdict, and stands now. */
export interface Saved {
  verdict: Verdict;
  before: Progress;
  after: Progress;
}

interface WatchListener {
  /** The run has begun, has a result more, or has come to its end. */
  onRound(round: Round): void;
  /** A verdict was kept. */
  onSaved(saved: Saved): void;
}

export interface WatchSession {
  /** Why the files are looked at in intervals; undefined where the system tells of changes. */
  readonly polls: PollReason | undefined;
  /** Checks again although nothing was saved. */
  again(): void;
  /** Resolves when the verdicts so far are kept. */
  kept(): Promise<void>;
  /** Resolves when nothing runs any more and all is kept. */
  close(): Promise<void>;
}

/** True when a run has come to its end. */
export function isOver({ verdict, error }: Round): boolean {
  return verdict !== undefined || error !== undefined;
}

/** Watches a learner's exercise and keeps each verdict in the progress. */
export async function openWatchSession(
  context: CommandContext,
  target: OwnTarget,
  { onRound, onSaved }: WatchListener,
): Promise<WatchSession> {
  const { language, options } = context;
  const [course, isolation, database] = await Promise.all([
    context.course(),
    chooseIsolation(context),
    chooseDatabase(context),
  ]);
  const submission = target.folder;
  const grader = await openStandingGrader({
    ...{ course, exercise: target.exercise.id, submission, isolation, language, database },
  });
  let round: Round | undefined;
  /** Of the files that the round judges; a save may come before its verdict is kept. */
  let digest: Promise<string | undefined> | undefined;
  let saving: Promise<void> = Promise.resolve();

  async function keep(verdict: Verdict, occasion: Occasion): Promise<void> {
    if (verdict.status === 'broken') return;
    let before: Progress | undefined;
    const after = await saveProgress(context, target.workspace, (progress) => {
      before = progress;
      return withVerdict(progress, verdict, occasion);
    });
    if (before !== undefined && after !== undefined) onSaved({ verdict, before, after });
  }

  function take(event: WatchEvent): void {
    if (event.type === 'begun') digest = filesDigest(submission);
    round = afterEvent(round, event);
    if (round !== undefined) onRound(round);
    if (event.type !== 'verdict') return;
    // The run on opening is the tutor's own wish.
    const unasked = round?.run === 1 && round.file === undefined;
    const judged = digest;
    saving = saving.then(async () => keep(event.verdict, { now: new Date(), files: await judged, unasked }));
  }

  try {
    const watch = await watchSubmission({
      ...{ folder: submission, grader, onEvent: take, poll: wantsPolling(context) },
      ...(options.seed !== undefined && { seed: options.seed }),
    });
    return {
      polls: watch.polls,
      again: watch.again,
      kept: () => saving,
      async close() {
        await watch.close();
        await grader.close();
        await saving;
      },
    };
  } catch (error) {
    await grader.close();
    throw error;
  }
}

function afterEvent(round: Round | undefined, event: WatchEvent): Round | undefined {
  if (event.type === 'begun') {
    const { run, file } = event;
    return { run, file, begun: new Date(), results: [], printed: new Map() };
  }
  if (round === undefined) return undefined;
  switch (event.type) {
    case 'result': {
      const { result, printed } = event;
      const all = printed === undefined ? round.printed : new Map(round.printed).set(result.check, printed);
      return { ...round, results: [...round.results, result], printed: all };
    }
    case 'verdict':
      return { ...round, results: event.verdict.results, verdict: event.verdict };
    case 'error':
      return { ...round, error: { message: event.message, next: event.next } };
  }
}
