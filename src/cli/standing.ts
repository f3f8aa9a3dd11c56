import type { Course, Track } from '../model/course.ts';
import type { Progress } from '../model/progress.ts';
import { pickText, plural } from '../model/text.ts';
import { exerciseProgress, firstOpen, hasPassed } from '../progress/changes.ts';
import { dueQuestions } from '../progress/quizzes.ts';
import { progressBar } from '../ui/bar.ts';
import { cut, displayWidth, padEnd } from '../ui/layout.ts';
import type { CommandContext } from './context.ts';

interface Count {
  exercises: { passed: number; total: number };
  points: { earned: number; possible: number };
  lessons: { read: number; total: number };
  quizzes: { answered: number; total: number };
  /** How often its exercises were checked. */
  attempts: number;
  /** Time until they passed, or until now. */
  seconds: number;
}

/** Where a learner stands with a course. */
export interface Standing extends Count {
  course: { id: string; version: string; title: string };
  tracks: readonly ({ id: string; title: string } & Count)[];
  /** The first exercise that has not passed. */
  next: string | null;
  /** Questions of quizzes that are to be asked again now. */
  due: number;
}

/** Counts what is done. */
export function makeStanding(
  { index }: Course,
  progress: Progress,
  { language, now }: { language: string; now: Date },
): Standing {
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
    next: firstOpen(index.exercises, progress)?.id ?? null,
    due: dueQuestions(progress, now).length,
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
    attempts: sum(exercises.map(({ id }) => exerciseProgress(progress, id)?.attempts ?? 0)),
    seconds: sum(exercises.map(({ id }) => exerciseProgress(progress, id)?.seconds ?? 0)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** `3 h 5 min`, `12 min`, `40 s`. */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const BAR_CELLS = 12;
/** Columns of a row besides the title of its track. */
const ROW_WIDTH = 54;

/** The same for people: a bar for each track, and what comes next. */
export async function standingText({ say, theme }: CommandContext, standing: Standing): Promise<string> {
  const look = await theme();
  const { exercises, points, course, tracks, attempts, seconds, quizzes, due } = standing;
  const heading = `${look.bold(course.title)}   ${progressBar(exercises.passed, exercises.total, { theme: look })}`;
  const most = Math.max(8, look.columns - ROW_WIDTH);
  const column = Math.max(0, ...tracks.map(({ title }) => Math.min(displayWidth(title), most))) + 2;
  const lines = tracks.map((track) => {
    const { passed, total } = track.exercises;
    const name = padEnd(cut(track.title, most, look.symbols.ellipsis), column);
    const bar = progressBar(passed, total, { theme: look, cells: BAR_CELLS });
    const gap = ' '.repeat(Math.max(1, 6 - `${passed}/${total}`.length));
    const worked = track.attempts === 0 ? '' : `${plural(track.attempts, 'check')}, ${duration(track.seconds)}`;
    return `  ${name}${bar}${gap}${look.dim(`${say('progressLessons', track.lessons)}  ${worked}`)}`.trimEnd();
  });
  const totals = say('progressPoints', { ...points, checks: plural(attempts, 'check'), time: duration(seconds) });
  const asked =
    quizzes.total === 0 ? [] : [say('progressQuizzes', quizzes) + (due > 0 ? say('progressDue', { due }) : '')];
  const next = standing.next === null ? say('progressDone') : say('progressNext', { exercise: standing.next });
  return `${[heading, totals, '', ...lines, '', ...asked, next].join('\n')}\n`;
}
