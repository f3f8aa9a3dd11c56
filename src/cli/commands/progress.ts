import type { Course, Track } from '../../model/course.ts';
import { EXIT } from '../../model/error.ts';
import type { Progress } from '../../model/progress.ts';
import { pickText } from '../../model/text.ts';
import { exerciseProgress, hasPassed } from '../../progress/changes.ts';
import { emptyProgress } from '../../progress/format.ts';
import { progressBar } from '../../ui/bar.ts';
import { cut, displayWidth, padEnd } from '../../ui/layout.ts';
import type { Command, CommandContext } from '../context.ts';
import { progressOf } from '../progress.ts';
import { workspaceOf } from '../workspace.ts';

/** `progress`: what is done, by track, and what comes next. */
export const run: Command = async (context) => {
  const { io, options, language } = context;
  const course = await context.course();
  const workspace = workspaceOf(context, course);
  const progress =
    workspace === undefined ? emptyProgress(course.index.id) : await progressOf(context, workspace).read();
  const standing = makeStanding(course, progress, language);
  if (options.json) {
    const answer = { schemaVersion: 1, workspace: workspace?.folder ?? null, ...standing };
    io.print(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else {
    io.print(await standingText(context, standing));
    if (workspace === undefined) io.tell(context.say('progressNone'));
  }
  return EXIT.passed;
};

interface Count {
  exercises: { passed: number; total: number };
  points: { earned: number; possible: number };
  lessons: { read: number; total: number };
  quizzes: { answered: number; total: number };
}

interface Standing extends Count {
  course: { id: string; version: string; title: string };
  tracks: readonly ({ id: string; title: string } & Count)[];
  /** The first exercise that has not passed. */
  next: string | null;
}

function makeStanding({ index }: Course, progress: Progress, language: string): Standing {
  const tracks = index.tracks
    .filter(({ lessons }) => lessons.length > 0)
    .map((track) => ({
      id: track.id,
      title: pickText(track.title, language),
      ...countTracks([track], index.exercises, progress),
    }));
  return {
    course: { id: index.id, version: index.version, title: pickText(index.title, language) },
    ...countTracks(index.tracks, index.exercises, progress),
    tracks,
    next: index.exercises.find(({ id }) => !hasPassed(progress, id))?.id ?? null,
  };
}

function countTracks(tracks: readonly Track[], all: Course['index']['exercises'], progress: Progress): Count {
  const lessons = tracks.flatMap((track) => track.lessons);
  const quizzes = lessons.filter(({ quiz }) => quiz);
  const exercises = all.filter(({ track }) => tracks.some(({ id }) => id === track));
  const earned = exercises.map(({ id, points }) =>
    Math.min(exerciseProgress(progress, id)?.points.earned ?? 0, points),
  );
  return {
    exercises: { passed: exercises.filter(({ id }) => hasPassed(progress, id)).length, total: exercises.length },
    points: { earned: sum(earned), possible: sum(exercises.map(({ points }) => points)) },
    lessons: { read: lessons.filter(({ id }) => Object.hasOwn(progress.lessons, id)).length, total: lessons.length },
    quizzes: {
      answered: quizzes.filter(({ id }) => Object.hasOwn(progress.quizzes ?? {}, id)).length,
      total: quizzes.length,
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const BAR_WIDTH = 20;

async function standingText({ say, theme }: CommandContext, standing: Standing): Promise<string> {
  const look = await theme();
  const { exercises, points, course, tracks } = standing;
  const heading = `${look.bold(course.title)}   ${progressBar(exercises.passed, exercises.total, { theme: look })}`;
  const most = look.columns - BAR_WIDTH - 30;
  const column = Math.max(0, ...tracks.map(({ title }) => Math.min(displayWidth(title), most))) + 3;
  const lines = tracks.map((track) => {
    const bar = progressBar(track.exercises.passed, track.exercises.total, { theme: look, cells: 12 });
    const counts = `${track.exercises.passed}/${track.exercises.total}`;
    const gap = ' '.repeat(Math.max(1, BAR_WIDTH - 12 - counts.length));
    const { read, total } = track.lessons;
    const name = padEnd(cut(track.title, most, look.symbols.ellipsis), column);
    return `  ${name}${bar}${gap}${look.dim(say('progressLessons', { read, total }))}`;
  });
  const next = standing.next === null ? say('progressDone') : say('progressNext', { exercise: standing.next });
  return `${[heading, say('progressPoints', points), '', ...lines, '', next].join('\n')}\n`;
}
