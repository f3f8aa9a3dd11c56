import { loadExercise } from '../../course/exercise.ts';
import type { Check } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { pickText } from '../../model/text.ts';
import { exerciseProgress, hasPassed, withHint } from '../../progress/changes.ts';
import { paragraph } from '../../ui/layout.ts';
import type { Command, CommandContext } from '../context.ts';
import { progressOf, saveProgress } from '../progress.ts';
import { findOwnTarget, type OwnTarget } from '../target.ts';

/** `hint [id]`: the next tier of the hints of the check that failed last. */
export const run: Command = async (context) => {
  const target = await findOwnTarget(context, context.arguments[0]);
  const hint = await nextHint(context, target);
  if (context.options.json) context.io.print(`${JSON.stringify(hint, undefined, 2)}\n`);
  else context.io.print(await hintText(context, hint));
  return EXIT.passed;
};

/** The answer of `hint --json`. */
export interface HintAnswer {
  schemaVersion: 1;
  exercise: string;
  check: string;
  title: string;
  /** Which tier this is, from 1. */
  tier: number;
  tiers: number;
  hint: string;
}

/**
 * Opens the next tier and notes that; the last tier again when all are open.
 * @throws {TutorError} when no check failed at the last attempt
 */
export async function nextHint(context: CommandContext, { exercise, workspace }: OwnTarget): Promise<HintAnswer> {
  const { language, say } = context;
  const course = await context.course();
  const { id } = exercise;
  const progress = await progressOf(context, workspace).read();
  const known = exerciseProgress(progress, id);
  if (known?.lastFailed === undefined) {
    if (hasPassed(progress, id)) throw new TutorError(say('nothingFailed', { exercise: id }));
    throw new TutorError(say('neverChecked', { exercise: id }), { next: say('neverCheckedNext', { exercise: id }) });
  }
  const check = (await loadExercise(course, id)).checks.find((each) => each.id === known.lastFailed);
  if (check === undefined) {
    throw new TutorError(say('checkGone', { exercise: id }), { next: say('neverCheckedNext', { exercise: id }) });
  }
  const title = pickText(check.title, language);
  const tiers = check.hints.length;
  if (tiers === 0)
    throw new TutorError(say('noHints', { check: title }), { next: say('noHintsNext', { exercise: id }) });
  const tier = Math.min((known.hints[check.id] ?? 0) + 1, tiers);
  await saveProgress(context, workspace, (before) => withHint(before, id, { check: check.id, tier }));
  return { schemaVersion: 1, exercise: id, check: check.id, title, tier, tiers, hint: tierText(check, tier, language) };
}

function tierText(check: Check, tier: number, language: string): string {
  const hint = check.hints[tier - 1];
  return hint === undefined ? '' : pickText(hint, language);
}

/** A hint for people. */
export async function hintText({ say, theme }: CommandContext, answer: HintAnswer): Promise<string> {
  const look = await theme();
  const { exercise, title, tier, tiers, hint } = answer;
  const head = `  ${look.bold(exercise)} ${look.symbols.separator} ${title}`;
  const label = look.dim(`  ${say('hintTier', { tier, tiers })}`);
  const more = tier < tiers ? say('moreHints') : say('lastHint', { exercise });
  return `\n${head}\n${label}\n\n${paragraph(hint, { indent: 4, columns: look.columns })}\n\n  ${look.dim(more)}\n`;
}
