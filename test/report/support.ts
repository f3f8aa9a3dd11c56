import type { Failure, Result, Verdict } from '../../src/model/verdict.ts';
import type { Look } from '../../src/report/difference.ts';
import { reportMessages } from '../../src/report/messages.ts';
import { createTheme } from '../../src/ui/theme.ts';

/** How a report looks without colors, 80 columns wide. */
export async function plainLook(columns = 80, unicode = true): Promise<Look> {
  return { theme: await createTheme({ colors: 0, unicode, columns, links: false }), say: reportMessages('en') };
}

/** A result of a check worth one point. */
export function result(check: string, title: string, more: Partial<Result>): Result {
  const status = more.status ?? 'passed';
  const points = { earned: status === 'passed' ? 1 : 0, possible: 1 };
  return { check, title, status, points, milliseconds: 100, hints: [], ...more };
}

/** The failed check of `argv-sum` whose failure differs in what is given. */
export function failed(failure: Partial<Failure>): Result {
  const tried = { kind: 'command', line: 'node sum.js 12 5 30' } as const;
  const whole: Failure = { summary: 'The output differs.', tried, differences: [], observed: [], ...failure };
  return result('adds', 'prints the sum of the numbers it is given', { status: 'failed', failure: whole });
}

/** A verdict on `argv-sum`. */
export function verdict(results: readonly Result[], more: Partial<Verdict> = {}): Verdict {
  const has = (status: Result['status']) => results.some((each) => each.status === status);
  return {
    schemaVersion: 1,
    course: { id: 'node', version: '1.0.0' },
    exercise: 'argv-sum',
    title: 'Add the numbers on the command line',
    status: has('broken') ? 'broken' : has('failed') ? 'failed' : 'passed',
    results,
    points: { earned: results.filter(({ status }) => status === 'passed').length, possible: results.length },
    milliseconds: 210,
    seed: '4711',
    isolation: { layer: 'bubblewrap' },
    node: 'v20.20.2',
    advice: [],
    ...more,
  };
}
