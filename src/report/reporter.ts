import type { FolderEvent } from '../model/grading.ts';

/** Turns the events of grading into text for stdout, piece by piece. It prints nothing itself. */
export interface Reporter {
  event(event: FolderEvent): string;
  /** What stands at the end. */
  end(): string;
}

/** Counts of a graded folder. */
export interface Tally {
  submissions: number;
  passed: number;
  failed: number;
  broken: number;
  skippedChecks: number;
}

/** A tally with nothing in it. */
export function emptyTally(): Tally {
  return { submissions: 0, passed: 0, failed: 0, broken: 0, skippedChecks: 0 };
}

/** The tally after one more event; an event that ends no submission changes nothing. */
export function countEvent(tally: Tally, { event }: FolderEvent): Tally {
  if (event.type === 'result') return tally;
  if (event.type === 'error') {
    const status = event.exitCode === 3 ? 'broken' : 'failed';
    return { ...tally, submissions: tally.submissions + 1, [status]: tally[status] + 1 };
  }
  const { status, results } = event.verdict;
  const skipped = results.filter((result) => result.status === 'skipped').length;
  return {
    ...tally,
    submissions: tally.submissions + 1,
    [status]: tally[status] + 1,
    skippedChecks: tally.skippedChecks + skipped,
  };
}

/** Path of a submission, `/` between its parts, from the path of the graded folder and its own below it. */
export function submissionPath(...parts: readonly string[]): string {
  const named = parts.map((part) => part.replace(/\\/g, '/')).filter((part) => part !== '' && part !== '.');
  return named.join('/') || '.';
}
