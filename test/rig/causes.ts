import { describe, expect, it } from 'vitest';
import { type Edits, edited } from './edited.ts';
import { verdictOf } from './verdict.ts';

/**
 * For a cause: a submission that has it, a wrong one that only looks alike (it must be refused without this name),
 * and a right one that looks alike (it must be accepted).
 */
export interface CauseCase {
  exercise: string;
  has: Edits;
  alike: Edits;
  right: Edits;
}

/** Tests each cause for a false accept and a false reject. A name may end in a note: `blocking (timer)`. */
export function describeCauses(cases: Readonly<Record<string, CauseCase>>): void {
  describe.each(Object.entries(cases))('%s', (name, { exercise, has, alike, right }) => {
    const cause = name.split(' ')[0];
    it('is named where it is the cause', async () => {
      const { status, causes } = await verdictOf(exercise, edited(exercise, has));
      expect({ status, first: causes[0] }).toEqual({ status: 'failed', first: cause });
    });

    it('is not named where a wrong solution only looks alike', async () => {
      const { status, causes } = await verdictOf(exercise, edited(exercise, alike));
      expect(status).toBe('failed');
      expect(causes).not.toContain(cause);
    });

    it('does not make a right solution fail', async () => {
      expect(await verdictOf(exercise, edited(exercise, right))).toMatchObject({ status: 'passed', causes: [] });
    });
  });
}
