import type { Verdict } from '../model/verdict.ts';
import type { AuditCase } from './audit-cases.ts';

/** Holds warm verdicts against cold ones of the same submission. */
export interface Comparison {
  add(audited: AuditCase, verdict: Verdict): void;
  /** Cases to grade cold under the seed of a warm verdict that no cold one so far was like. */
  doubtful(): AuditCase[];
  /** What is wrong, when the cold verdict of such a case differs, too. */
  difference(audited: AuditCase, cold: Verdict): string | undefined;
}

export function createComparison(): Comparison {
  /** What came out cold, by submission. */
  const cold = new Map<string, Set<string>>();
  const warm = new Map<string, { audited: AuditCase; outcome: string }>();
  const nameOf = ({ exercise, variant }: AuditCase) => `${exercise} ${variant}`;
  return {
    add(audited, verdict) {
      const name = nameOf(audited);
      if (audited.warm) warm.set(name, { audited, outcome: outcomeOf(verdict) });
      else cold.set(name, (cold.get(name) ?? new Set()).add(outcomeOf(verdict)));
    },
    doubtful: () =>
      [...warm]
        .filter(([name, { outcome }]) => !cold.get(name)?.has(outcome))
        .map(([, { audited }]) => ({ ...audited, warm: false })),
    difference(audited, verdict) {
      const [before, now] = [warm.get(nameOf(audited))?.outcome, outcomeOf(verdict)];
      return before === now ? undefined : `gets another verdict warm (${before}) than cold (${now})`;
    },
  };
}

/** What a learner is told, without the values that the seed has drawn. */
function outcomeOf({ results }: Verdict): string {
  return results
    .map(({ check, status, failure }) => [check, status, failure?.cause?.name].filter(Boolean).join(' '))
    .join(', ');
}
