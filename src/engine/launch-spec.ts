import type { ProgramInput } from '../model/context.ts';
import type { Exercise, Limits } from '../model/course.ts';
import { DEFAULT_LIMITS, type LaunchSpec } from '../model/run.ts';

/** Where a program finds the address of its database. */
export const DATABASE_VARIABLE = 'MONGODB_URI';

/** Whether a run cannot be prepared before its input is known: packages may look at all of this when they are loaded. */
export function startsApart({ nodeArgs = [], nodeVersion, env }: Partial<ProgramInput>, loadsAhead: boolean): boolean {
  if (nodeArgs.length > 0) return true;
  const named = Object.keys(env ?? {}).filter((name) => name !== DATABASE_VARIABLE);
  return loadsAhead && (named.length > 0 || nodeVersion !== undefined);
}

/** What every run of an exercise is started with. */
export function launchSpec(exercise: Exercise, entry: string): LaunchSpec {
  const { nodeArgs, env } = exercise.run;
  const mayBeWarm = !startsApart(
    { nodeArgs, env: env as Readonly<Record<string, string>> },
    exercise.packages.length > 0,
  );
  const limits: Limits = { ...DEFAULT_LIMITS, ...exercise.run.limits };
  const isServer = exercise.run.kind === 'server';
  return {
    entry,
    nodeArgs,
    env: {},
    limits: isServer ? { ...limits, time: limits.time * (exercise.checks.length + 1) } : limits,
    grants: exercise.run.grants,
    ...(mayBeWarm && { mayBeWarm }),
  };
}
