import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Difference, Failure } from '../model/verdict.ts';

/**
 * A failure with paths as the learner knows them: below their own folder, not below the copy that was run,
 * which is gone by the time that one reads this.
 */
export function withLearnerPaths(failure: Failure): Failure {
  const workFolder = workFolderPattern();
  const plain = (text: string) =>
    text.includes('node-tutor-')
      ? text.replace(workFolder, (_, separator: string | undefined) => (separator === undefined ? '.' : ''))
      : text;
  const { cause, next } = failure;
  return {
    ...failure,
    summary: plain(failure.summary),
    differences: failure.differences.map((difference) => plainDifference(difference, plain)),
    observed: failure.observed.map(({ what, text }) => ({ what, text: plain(text) })),
    ...(cause !== undefined && { cause: { ...cause, text: plain(cause.text) } }),
    ...(next !== undefined && { next: plain(next) }),
  };
}

/** Two texts that only differ in the folder stay as they are. */
function plainDifference(difference: Difference, plain: (text: string) => string): Difference {
  const [expected, got] = [plain(difference.expected), plain(difference.got)];
  return expected === got ? difference : { ...difference, expected, got };
}

function workFolderPattern(): RegExp {
  const roots = [realpathSync(tmpdir()), tmpdir()].map((root) => root.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const parent = `(?:${roots.join('|')}|[^\\s()'"\`]*)`;
  return new RegExp(`(?:file:/{2,3})?${parent}[/\\\\]node-tutor-[^\\s/\\\\]+[/\\\\]work(?:([/\\\\])|(?![\\w.-]))`, 'g');
}
