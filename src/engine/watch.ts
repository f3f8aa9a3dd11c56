import type { JobEvent } from '../model/job.ts';
import { errorEvent } from './error-event.ts';
import type { StandingGrader } from './standing-grader.ts';
import { type FolderWatch, watchFolder } from './watch-folder.ts';

/** What happens while a submission is watched: a run begins, and the events of its grading, unless a save cuts it short. */
export type WatchEvent =
  | {
      type: 'begun';
      /** From 1. */
      run: number;
      /** What was saved, relative to the folder; undefined for a run that no save began. */
      file: string | undefined;
    }
  | JobEvent;

export interface WatchRequest {
  /** Absolute folder of the submission. */
  folder: string;
  grader: StandingGrader;
  /** Looks at the folder in intervals, whatever its file system can do. */
  poll: boolean;
  /** Repeats the values of an earlier run, in every run. */
  seed?: string;
  onEvent: (event: WatchEvent) => void;
}

/** A submission that is graded after each save. */
export interface Watch extends Pick<FolderWatch, 'polls'> {
  /** Grades it anew although nothing was saved. */
  again(): void;
  /** Resolves when nothing runs any more. */
  close(): Promise<void>;
}

/** Grades a submission now and after each save, until it is closed. A save during a run ends it and begins the next one. */
export async function watchSubmission(request: WatchRequest): Promise<Watch> {
  const { folder, grader, poll, seed, onEvent } = request;
  let run = 0;
  let wanted: { file: string | undefined } | undefined;
  let current: AbortController | undefined;
  let working: Promise<void> | undefined;

  async function gradeOnce(file: string | undefined): Promise<void> {
    const round = new AbortController();
    current = round;
    run += 1;
    onEvent({ type: 'begun', run, file });
    const tell = (event: WatchEvent) => {
      if (!round.signal.aborted) onEvent(event);
    };
    try {
      const options = { signal: round.signal, ...(seed !== undefined && { seed }) };
      for await (const event of grader.grade(options)) tell(event);
    } catch (error) {
      tell(errorEvent(error));
    }
  }

  async function work(): Promise<void> {
    for (let next = wanted; next !== undefined; next = wanted) {
      wanted = undefined;
      await gradeOnce(next.file);
    }
    working = undefined;
  }

  function want(file: string | undefined): void {
    wanted = { file };
    current?.abort();
    working ??= work();
  }

  const watcher = await watchFolder(folder, { onSave: want, poll });
  want(undefined);
  return {
    ...(watcher.polls && { polls: watcher.polls }),
    again: () => want(undefined),
    async close() {
      await watcher.close();
      wanted = undefined;
      current?.abort();
      await working;
    },
  };
}
