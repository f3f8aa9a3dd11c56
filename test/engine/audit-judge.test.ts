import { describe, expect, it } from 'vitest';
import type { AuditCase } from '../../src/engine/audit-cases.ts';
import { judge } from '../../src/engine/audit-judge.ts';
import type { JobEvent } from '../../src/model/job.ts';
import type { Result } from '../../src/model/verdict.ts';

const wrong = { demand: { kind: 'fails-at', wrong: { fails: 'first' } } } as unknown as AuditCase;
const verdict = (result: Partial<Result>) =>
  ({ type: 'verdict', verdict: { status: 'passed', results: [{ check: 'first', ...result }] } }) as unknown as JobEvent;

describe('a wrong solution in the audit', () => {
  it('that passes is a fault', () => {
    expect(judge(wrong, verdict({ status: 'passed' }))).toBe('must fail, but passes');
  });
  it('that nothing could look at, because a tool is absent, is none', () => {
    const reason = { kind: 'absent', tool: 'nginx', message: 'not here' } as const;
    expect(judge(wrong, verdict({ status: 'skipped', reason }))).toBeUndefined();
  });
  it('that passes beside a check skipped for another reason is one', () => {
    const reason = { kind: 'after', check: 'x', title: 'X' } as const;
    expect(judge(wrong, verdict({ status: 'skipped', reason }))).toBe('must fail, but passes');
  });
});
