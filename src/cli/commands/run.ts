import type { Command } from '../context.ts';
import { runTarget } from '../live-run.ts';
import { findTarget } from '../target.ts';

/** `run [id|path] [-- args]`: the learner's program, held in the sandbox, in their own terminal. Its exit code is the tutor's. */
export const run: Command = async (context) => {
  const { rest, signal } = context;
  return runTarget(context, await findTarget(context, context.arguments[0]), { args: rest, signal });
};
