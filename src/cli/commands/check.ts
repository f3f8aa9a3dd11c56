import { statSync } from 'node:fs';
import path from 'node:path';
import { findExercise } from '../../course/exercise.ts';
import { TutorError } from '../../model/error.ts';
import type { Command, CommandContext } from '../context.ts';
import { gradeTarget, showVerdict, VERDICT_EXIT } from '../grading.ts';
import { findTarget, isPath, type Target } from '../target.ts';

/** `check [id|path] [--submission <folder>]`: the verdict on one submission. With `--json`, the verdict as it is in the model. */
export const run: Command = async (context) => {
  const [argument] = context.arguments;
  const target =
    context.options.submission === undefined
      ? await findTarget(context, argument)
      : await submissionTarget(context, argument, context.options.submission);
  const graded = await gradeTarget(context, target);
  if (context.options.json) context.io.print(`${JSON.stringify(graded.verdict, undefined, 2)}\n`);
  else await showVerdict(context, target, graded);
  return VERDICT_EXIT[graded.verdict.status];
};

async function submissionTarget(
  { io, say, course }: CommandContext,
  id: string | undefined,
  submission: string,
): Promise<Target> {
  if (id === undefined || isPath(id)) {
    throw new TutorError(say('submissionNeedsId'), { next: say('submissionNeedsIdNext', { folder: submission }) });
  }
  const folder = path.resolve(io.cwd, submission);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TutorError(say('noFolder', { path: folder }));
  }
  return { exercise: findExercise(await course(), id), folder, workspace: undefined };
}
