import { existsSync } from 'node:fs';
import path from 'node:path';
import { gradeFolder } from '../../engine/folder.ts';
import type { Course } from '../../model/course.ts';
import type { FolderEvent } from '../../model/grading.ts';
import { pickText } from '../../model/text.ts';
import { hasPassed } from '../../progress/changes.ts';
import type { CommandContext } from '../context.ts';
import { chooseDatabase } from '../database.ts';
import { chooseIsolation } from '../isolation.ts';
import type { Workspace } from '../workspace.ts';
import type { Saved } from './session.ts';

/** All exercises of a track, checked once more. */
export interface Recheck {
  track: string;
  total: number;
  /** How many have their verdict. */
  done: number;
  /** What passed once and does not any more, in the course's order. */
  regressions: readonly Regression[];
}

export interface Regression {
  exercise: string;
  /** The first check that fails, or what kept it from being checked. */
  what: string;
}

/** The track that a verdict has completed; undefined when it has not. */
export function completedTrack(course: Course, { verdict, before, after }: Saved): string | undefined {
  if (hasPassed(before, verdict.exercise) || !hasPassed(after, verdict.exercise)) return undefined;
  const track = course.index.exercises.find(({ id }) => id === verdict.exercise)?.track;
  const all = course.index.exercises.filter((exercise) => exercise.track === track);
  return all.every(({ id }) => hasPassed(after, id)) ? track : undefined;
}

/** Checks a track's exercises side by side; tells how far it is after each. */
export async function* recheckTrack(
  context: CommandContext,
  workspace: Workspace,
  { track, signal }: { track: string; signal: AbortSignal },
): AsyncGenerator<Recheck> {
  const { index } = await context.course();
  const only = index.exercises.filter((exercise) => exercise.track === track).map(({ id }) => id);
  const title = pickText(index.tracks.find(({ id }) => id === track)?.title ?? track, context.language);
  for await (const state of recheck(context, workspace, { only, signal })) yield { ...state, track: title };
}

/** Checks those of the exercises that are in the workspace, side by side; tells how far it is after each. */
export async function* recheck(
  context: CommandContext,
  workspace: Workspace,
  options: { only: readonly string[]; signal: AbortSignal; jobs?: number },
): AsyncGenerator<Omit<Recheck, 'track'>> {
  const [course, isolation, database] = await Promise.all([
    context.course(),
    chooseIsolation(context),
    chooseDatabase(context),
  ]);
  const only = options.only.filter((id) => existsSync(path.join(workspace.folder, id)));
  let state: Omit<Recheck, 'track'> = { total: only.length, done: 0, regressions: [] };
  yield state;
  if (only.length === 0) return;
  const request = { course, isolation, database, language: context.language, folder: workspace.folder };
  for await (const event of gradeFolder({ ...request, ...options, only })) {
    if (event.event.type === 'result') continue;
    const regression = regressionOf(event);
    const regressions = regression === undefined ? state.regressions : [...state.regressions, regression];
    const order = (one: Regression) => only.indexOf(one.exercise);
    state = { ...state, done: state.done + 1, regressions: [...regressions].sort((a, b) => order(a) - order(b)) };
    yield state;
  }
}

function regressionOf({ exercise, event }: FolderEvent): Regression | undefined {
  if (event.type === 'error') return { exercise, what: event.message };
  if (event.type !== 'verdict' || event.verdict.status === 'passed') return undefined;
  const failed = event.verdict.results.find(({ status }) => status === 'failed' || status === 'broken');
  return { exercise, what: failed?.title ?? '' };
}
