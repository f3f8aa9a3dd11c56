import { findTrack } from '../../course/lesson.ts';
import type { Course, ExerciseSummary } from '../../model/course.ts';
import { EXIT } from '../../model/error.ts';
import type { Progress } from '../../model/progress.ts';
import { pickText } from '../../model/text.ts';
import { exerciseProgress, firstOpen, hasPassed } from '../../progress/changes.ts';
import { emptyProgress } from '../../progress/format.ts';
import { progressBar } from '../../ui/bar.ts';
import { displayWidth, padEnd } from '../../ui/layout.ts';
import type { Theme } from '../../ui/theme.ts';
import type { Command, CommandContext } from '../context.ts';
import { progressOf } from '../progress.ts';
import { type Workspace, workspaceOf } from '../workspace.ts';

export type ExerciseStatus = 'passed' | 'tried' | 'open';

/** `list [text]`: the course and what has passed of it, or the part of it that the filters leave. */
export const run: Command = async (context) => {
  const course = await context.course();
  const workspace = workspaceOf(context, course);
  const progress =
    workspace === undefined ? emptyProgress(course.index.id) : await progressOf(context, workspace).read();
  const overview = filtered(context, course, makeOverview(context, { course, progress, workspace }));
  if (context.options.json) context.io.print(`${JSON.stringify(overview, undefined, 2)}\n`);
  else context.io.print(overviewText(context, overview, await context.theme()));
  return EXIT.passed;
};

/** The answer of `list --json`. */
interface Overview {
  schemaVersion: 1;
  course: { id: string; version: string; title: string };
  workspace: string | null;
  /** The first exercise that has not passed. */
  current: string | null;
  passed: number;
  total: number;
  tracks: readonly TrackOverview[];
}

interface TrackOverview {
  id: string;
  title: string;
  lessons: readonly LessonOverview[];
}

interface LessonOverview {
  id: string;
  title: string;
  read: boolean;
  exercises: readonly ExerciseOverview[];
}

interface ExerciseOverview {
  id: string;
  title: string;
  checks: number;
  points: { earned: number; possible: number };
  status: ExerciseStatus;
}

interface Material {
  course: Course;
  progress: Progress;
  workspace: Workspace | undefined;
}

function makeOverview({ language }: CommandContext, { course, progress, workspace }: Material): Overview {
  const { index } = course;
  const exercises = new Map(index.exercises.map((exercise) => [exercise.id, exercise]));
  const describe = (exercise: ExerciseSummary): ExerciseOverview => ({
    id: exercise.id,
    title: pickText(exercise.title, language),
    checks: exercise.checks,
    points: { earned: exerciseProgress(progress, exercise.id)?.points.earned ?? 0, possible: exercise.points },
    status: statusOf(progress, exercise.id),
  });
  return {
    schemaVersion: 1,
    course: { id: index.id, version: index.version, title: pickText(index.title, language) },
    workspace: workspace?.folder ?? null,
    current: firstOpen(index.exercises, progress)?.id ?? null,
    passed: index.exercises.filter(({ id }) => hasPassed(progress, id)).length,
    total: index.exercises.length,
    tracks: index.tracks.map((track) => ({
      id: track.id,
      title: pickText(track.title, language),
      lessons: track.lessons.map((lesson) => ({
        id: lesson.id,
        title: pickText(lesson.title, language),
        read: Object.hasOwn(progress.lessons, lesson.id),
        exercises: lesson.exercises.flatMap((id) => exercises.get(id) ?? []).map(describe),
      })),
    })),
  };
}

/** Where a learner stands with an exercise. */
export function statusOf(progress: Progress, exercise: string): ExerciseStatus {
  if (hasPassed(progress, exercise)) return 'passed';
  return (exerciseProgress(progress, exercise)?.attempts ?? 0) > 0 ? 'tried' : 'open';
}

/** The lessons and exercises that `--track`, `--todo`, `--done` and the text ask for; the counts stay those of the whole course. */
function filtered({ options, arguments: [text] }: CommandContext, course: Course, overview: Overview): Overview {
  const { track, todo, done } = options;
  if (track !== undefined) findTrack(course, track);
  if (track === undefined && !todo && !done && text === undefined) return overview;
  const isWanted = ({ status }: ExerciseOverview) => (!todo || status !== 'passed') && (!done || status === 'passed');
  const words = (text ?? '').toLowerCase().split(/\s+/);
  const isFound = (...texts: readonly string[]) =>
    words.every((word) => texts.some((each) => each.toLowerCase().includes(word)));
  const lessonsOf = (each: TrackOverview) =>
    each.lessons.flatMap((lesson): LessonOverview[] => {
      const isWhole = isFound(lesson.id, lesson.title, each.id, each.title);
      const exercises = lesson.exercises.filter(
        (exercise) => isWanted(exercise) && (isWhole || isFound(exercise.id, exercise.title, lesson.id, lesson.title)),
      );
      const isEmpty = exercises.length === 0 && (todo || done || !isWhole);
      return isEmpty ? [] : [{ ...lesson, exercises }];
    });
  const tracks = overview.tracks.filter(({ id }) => track === undefined || id === track);
  return {
    ...overview,
    tracks: tracks.map((each) => ({ ...each, lessons: lessonsOf(each) })).filter(({ lessons }) => lessons.length > 0),
  };
}

function overviewText({ say, typed }: CommandContext, overview: Overview, theme: Theme): string {
  const ids = overview.tracks.flatMap(({ lessons }) =>
    lessons.flatMap((lesson) => [lesson.id, ...lesson.exercises.map(({ id }) => `  ${id}`)]),
  );
  const column = Math.max(...ids.map(displayWidth), 0) + 4;
  const lines = [`${theme.bold(overview.course.title)}   ${progressBar(overview.passed, overview.total, { theme })}`];
  for (const track of overview.tracks.filter(({ lessons }) => lessons.length > 0)) {
    lines.push('', theme.bold(track.title));
    for (const lesson of track.lessons) {
      lines.push(`  ${theme.cyan(padEnd(lesson.id, column))}${lesson.title}`);
      for (const exercise of lesson.exercises) {
        const sign = signOf(exercise.status, theme);
        const here = exercise.id === overview.current ? theme.bold : (text: string) => text;
        lines.push(`  ${sign} ${here(padEnd(exercise.id, column - 2))}${exercise.title}`);
      }
    }
  }
  if (overview.tracks.length === 0) lines.push('', say('nothingListed'));
  if (overview.current !== null) lines.push('', typed(`next: node-tutor start ${overview.current}`));
  return `${lines.join('\n')}\n`;
}

/** The sign before an exercise. */
export function signOf(status: ExerciseStatus, theme: Theme): string {
  const { symbols } = theme;
  if (status === 'passed') return theme.green(symbols.passed);
  return status === 'tried' ? theme.yellow(symbols.failed) : theme.dim(symbols.skipped);
}
