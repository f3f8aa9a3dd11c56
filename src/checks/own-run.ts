import type { CheckContext, PartOutcome, Ran } from '../model/context.ts';

/** The run that a part looks at: the one before it in its check, or one of its own, without arguments and with exit code 0. */
export async function runToLookAt(
  before: Ran | undefined,
  context: CheckContext,
): Promise<{ ran: Ran } | { outcome: PartOutcome }> {
  if (before !== undefined) return { ran: before };
  const { evaluateProgram } = await import('./program.ts');
  const outcome = await evaluateProgram({ exitCode: 0 }, context);
  return outcome.status === 'passed' && outcome.ran !== undefined ? { ran: outcome.ran } : { outcome };
}
