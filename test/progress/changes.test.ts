import { expect, test } from 'vitest';
import type { ResultStatus, Verdict } from '../../src/model/verdict.ts';
import { hasPassed, withVerdict } from '../../src/progress/changes.ts';

function verdict(statuses: readonly ResultStatus[]): Verdict {
  return {
    schemaVersion: 1,
    course: { id: 'node', version: '1.0.0' },
    exercise: 'one',
    title: 'One',
    status: statuses.includes('failed') ? 'failed' : 'passed',
    results: statuses.map((status, index) => ({
      check: `check-${index}`,
      title: '',
      status,
      points: { earned: 0, possible: 1 },
      milliseconds: 1,
      hints: [],
    })),
    points: { earned: 0, possible: statuses.length },
    milliseconds: 1,
    seed: '1',
    isolation: { layer: 'guard' },
    node: 'v20.19.0',
    advice: [],
  };
}

test.each<[ResultStatus[], boolean]>([
  [['passed', 'passed'], true],
  [['passed', 'skipped'], true],
  [['skipped', 'skipped'], false],
  [['passed', 'failed'], false],
])('%j: passed is %s', (statuses, passed) => {
  const before = { formatVersion: 1, exercises: {}, lessons: {} } as unknown as Parameters<typeof withVerdict>[0];
  expect(hasPassed(withVerdict(before, verdict(statuses), { now: new Date(0), files: 'a' }), 'one')).toBe(passed);
});

test.each([
  ['asked for', { files: 'a' }, 2],
  ['asked for, of other files', { files: 'b' }, 2],
  ['unasked, of the same files', { files: 'a', unasked: true }, 1],
  ['unasked, of other files', { files: 'b', unasked: true }, 2],
  ['unasked, of files that cannot be read', { files: undefined, unasked: true }, 2],
])('a verdict that is %s: attempts', (_, occasion, attempts) => {
  const none = { formatVersion: 1, exercises: {}, lessons: {} } as unknown as Parameters<typeof withVerdict>[0];
  const before = withVerdict(none, verdict(['failed']), { now: new Date(0), files: 'a' });
  const after = withVerdict(before, verdict(['passed']), { now: new Date(1), ...occasion });
  expect(after.exercises.one).toMatchObject({ attempts, passedAt: new Date(1).toISOString() });
});
