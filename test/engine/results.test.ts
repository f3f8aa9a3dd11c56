import { expect, it } from 'vitest';
import { brokenResult } from '../../src/engine/results.ts';
import { TutorError } from '../../src/model/error.ts';
import type { Job } from '../../src/model/job.ts';

const check = { id: 'a', title: 'a', points: 1, parts: [], hints: [] };
const job = { language: 'en' } as unknown as Job;

it('a fault of ours says what to do, and leaves it to the reporters to say whose fault it is', () => {
  const { reason } = brokenResult(check, new Error('boom'), job);
  expect(reason).toEqual({
    kind: 'broken',
    message: 'boom',
    next: 'Run it again with --debug, and report what it says.',
  });
  const told = brokenResult(check, new TutorError('boom', { next: 'Free some space.' }), job);
  expect(told.reason).toMatchObject({ next: 'Free some space.' });
});
