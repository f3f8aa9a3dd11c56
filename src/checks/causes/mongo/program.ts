import type { CheckContext } from '../../../model/context.ts';
import type { CheckSay } from '../../messages.ts';
import type { FailedProgram } from '../../program.ts';
import { type Found, found } from '../found.ts';
import { readServerCode } from '../http/server-code.ts';
import { looseConnects } from './code.ts';
import { silentDatabase } from './errors.ts';

/** Why a program has not come to its database. */
export async function noConnection(
  { input, outcome, differences }: FailedProgram,
  { submission, database }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (database === undefined) return undefined;
  const hasPrinted = outcome.stdout.text.trim() !== '';
  const isLate = outcome.ended === 'time';
  const isUnnamed = differences.some(({ what, got }) => what === 'stdout' && /\bundefined\b/.test(got));
  const lacksOutput = differences.some(({ what }) => what === 'stdout') && !hasPrinted;
  if (!isLate && !lacksOutput && !isUnnamed) return undefined;
  const { files, mentions } = await readServerCode(submission);
  if (isUnnamed) {
    const [loose] = await looseConnects(files);
    if (loose === undefined) return undefined;
    return found('connect-not-awaited', say('cause.connect-not-awaited'), {
      next: say('cause.connect-not-awaited.next'),
      location: loose.location,
    });
  }
  const known = await silentDatabase(files, outcome.stdout.text + outcome.stderr.text, { submission, say });
  if (known !== undefined) return known;
  const isElsewhere = input.env.MONGODB_URI !== undefined;
  if (!isLate || !isElsewhere || hasPrinted || mentions(/serverSelectionTimeoutMS/)) return undefined;
  return found('selection-timeout', say('cause.selection-timeout'), { next: say('cause.selection-timeout.next') });
}
