import type { Exercise } from '../model/course.ts';
import type { JobEvent } from '../model/job.ts';
import type { Result, Verdict } from '../model/verdict.ts';
import type { AuditCase } from './audit-cases.ts';

/** What is wrong with a case, or undefined when what its manifest says came true. */
export function judge({ demand }: AuditCase, event: JobEvent): string | undefined {
  if (event.type !== 'verdict') return event.type === 'error' ? `could not be graded: ${event.message}` : undefined;
  const { verdict } = event;
  if (verdict.status === 'broken') return `broke the tutor: ${brokenMessage(verdict)}`;
  const first = verdict.results.find(({ status }) => status === 'failed');
  if (demand.kind === 'passes') return first && `must pass, but fails at ${first.check}: ${reasonOf(first)}`;
  if (!first) return lacksTool(verdict) ? undefined : 'must fail, but passes';
  if (demand.kind === 'fails') return undefined;
  const { fails, cause } = demand.wrong;
  if (first.check !== fails) return `must fail at ${fails}, but fails at ${first.check}: ${reasonOf(first)}`;
  const shown = first.failure?.cause?.name;
  if (cause !== undefined && shown !== cause) return `must show the cause ${cause}, but shows ${shown ?? 'none'}`;
  return undefined;
}

/** Whether a check was not looked at, because this machine has not what it needs. */
function lacksTool({ results }: Verdict): boolean {
  return results.some(({ reason }) => reason?.kind === 'absent');
}

/** Faults of a manifest's checks that no wrong solution fails at. */
export function uncoveredChecks({ checks, wrong }: Exercise): string[] {
  const covered = new Set(Object.values(wrong).map(({ fails }) => fails));
  return checks.filter(({ id }) => !covered.has(id)).map(({ id }) => `no wrong solution fails at the check ${id}`);
}

function reasonOf({ failure }: Result): string {
  const difference = failure?.differences[0];
  const detail = difference
    ? ` (expected ${JSON.stringify(difference.expected)}, got ${JSON.stringify(difference.got)})`
    : '';
  return `${failure?.cause?.text ?? failure?.summary ?? ''}${detail}`;
}

function brokenMessage({ results }: Verdict): string {
  const reason = results.find(({ status }) => status === 'broken')?.reason;
  return reason?.kind === 'broken' ? reason.message : '';
}
