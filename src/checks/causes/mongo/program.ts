import type { CheckContext } from '../../../model/context.ts';
import type { CheckSay } from '../../messages.ts';
import type { FailedProgram } from '../../program.ts';
import { type Found, found } from '../found.ts';
import { readServerCode } from '../http/server-code.ts';
import type { ParsedSource } from '../source.ts';
import { looseConnects, UPDATES } from './code.ts';
import { silentDatabase } from './errors.ts';

/** Why a program has not come to its database. */
export async function noConnection(
  { input, outcome, differences }: FailedProgram,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const { submission, database } = context;
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
  const known = await silentDatabase(files, outcome.stdout.text + outcome.stderr.text, { context, say });
  if (known !== undefined) return known;
  const isElsewhere = input.env.MONGODB_URI !== undefined;
  if (!isLate || !isElsewhere || hasPrinted || mentions(/serverSelectionTimeoutMS/)) return undefined;
  return found('selection-timeout', say('cause.selection-timeout'), { next: say('cause.selection-timeout.next') });
}

/** A change that breaks a rule was made all the same, because an update does not look at the rules. */
export async function updatedAnyway(
  { spec, outcome }: FailedProgram,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (!context.exercise.packages.includes('mongoose')) return undefined;
  const wantsRefusal = spec.exitCode !== 0 && spec.exitCode !== 'any' && outcome.exitCode === 0;
  if (!wantsRefusal || !(await isSeedChanged(context))) return undefined;
  return updateCause((await readServerCode(context.submission)).files, say);
}

/** Whether a document of the seed is not as it was. */
async function isSeedChanged({ database, exercise }: CheckContext): Promise<boolean> {
  for (const collection of Object.keys(exercise.database?.seed ?? {})) {
    const seeded = (await database?.seeded(collection, {})) ?? [];
    const now = (await database?.find({ database: database.name, collection }, {})) ?? [];
    const texts = new Set(now.map((document) => JSON.stringify(document)));
    if (seeded.some((document) => !texts.has(JSON.stringify(document)))) return true;
  }
  return false;
}

/** The option that is missing or misspelled where the source updates documents. */
export function updateCause(files: readonly ParsedSource[], say: CheckSay): Found | undefined {
  const misspelled = /\brunValidator\b/;
  const wrong = files.find(({ text }) => misspelled.test(text));
  if (wrong !== undefined) {
    return found('run-validator', say('cause.run-validator'), {
      next: say('cause.run-validator.next'),
      location: wrong.locate({ start: wrong.text.search(misspelled) }),
    });
  }
  const updating = files.find(({ text }) => UPDATES.test(text));
  if (updating === undefined || files.some(({ text }) => /\brunValidators\b/.test(text))) return undefined;
  return found('no-run-validators', say('cause.no-run-validators'), {
    next: say('cause.no-run-validators.next'),
    location: updating.locate({ start: updating.text.search(UPDATES) }),
  });
}
