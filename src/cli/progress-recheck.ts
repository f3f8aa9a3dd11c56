import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../model/error.ts';
import { visible } from '../model/escape.ts';
import { hasPassed } from '../progress/changes.ts';
import { progressBar } from '../ui/bar.ts';
import type { Command } from './context.ts';
import { needPackages } from './needed-packages.ts';
import { progressOf } from './progress.ts';
import { type Regression, recheck } from './watch/recheck.ts';
import { requireWorkspace } from './workspace.ts';

/** `progress recheck`: all that has passed, checked again side by side. Exit code 1 when something fails now; what has passed stays passed. */
export const recheckPassed: Command = async (context) => {
  const { io, options, say, signal } = context;
  const course = await context.course();
  const workspace = requireWorkspace(context, course);
  const progress = await progressOf(context, workspace).read();
  const passed = course.index.exercises.map(({ id }) => id).filter((id) => hasPassed(progress, id));
  const isHere = (id: string) => existsSync(path.join(workspace.folder, id));
  const only = passed.filter(isHere);
  const missing = passed.filter((id) => !isHere(id));
  await needPackages(context, course, only);
  const theme = await context.theme();
  let regressions: readonly Regression[] = [];
  const jobs = options.jobs === undefined ? {} : { jobs: options.jobs };
  for await (const state of recheck(context, workspace, { only, signal, ...jobs })) {
    regressions = state.regressions;
    if (!options.json) io.remark(`${progressBar(state.done, state.total, { theme })} ${say('rechecking')}`);
  }
  if (signal.aborted) return EXIT.tutorFailed;
  if (options.json) {
    io.print(`${JSON.stringify({ schemaVersion: 1, total: only.length, regressions, missing }, undefined, 2)}\n`);
    return regressions.length === 0 ? EXIT.passed : EXIT.failed;
  }
  const total = only.length;
  const lines = regressions.map(
    ({ exercise, what }) => `  ${theme.red(theme.symbols.failed)} ${theme.bold(exercise)}: ${visible(what)}`,
  );
  if (total === 0) lines.unshift(say('recheckNothing'));
  else if (lines.length > 0) lines.unshift(say('recheckSome', { failed: lines.length, total }));
  else lines.push(`${theme.green(theme.symbols.passed)} ${say('recheckAll', { total })}`);
  if (missing.length > 0) lines.push(say('recheckMissing', { exercises: missing.join(', ') }));
  io.print(`${lines.join('\n')}\n`);
  return regressions.length === 0 ? EXIT.passed : EXIT.failed;
};
