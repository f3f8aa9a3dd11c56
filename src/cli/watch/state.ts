import type { Course, Exercise } from '../../model/course.ts';
import type { Progress } from '../../model/progress.ts';
import { hasPassed } from '../../progress/changes.ts';
import type { Pair } from '../../ui/watch/comparison.ts';
import type { Scroll } from '../../ui/watch/view.ts';
import type { HintAnswer } from '../commands/hint.ts';
import type { Place } from '../editor/kinds.ts';
import type { OwnTarget } from '../target.ts';
import type { Recheck } from './recheck.ts';
import type { Round } from './session.ts';
import type { Words } from './text.ts';

/** What is watched. */
export interface Watched {
  target: OwnTarget;
  exercise: Exercise;
  course: Course;
}

/** All that the watch screen shows and remembers. */
export interface WatchState {
  /** The round on the screen; the one before stays until the next has its verdict, or takes long. */
  shown: Round | undefined;
  /** The round that goes on. */
  running: Round | undefined;
  /** It takes so long that the screen tells of it. */
  isSlow: boolean;
  progress: Progress;
  /** What would be opened in an editor: where the failure is, or the file to work on. */
  place: Place;
  hints: readonly HintAnswer[];
  /** The solution beside the learner's files, after passing. */
  pairs: readonly Pair[];
  recheck: Recheck | undefined;
  scroll: Scroll;
  wideOutput: boolean;
  polls: boolean;
  notice: string | undefined;
  question: Question | undefined;
  /** What stands in the place of the verdict's text until a key or a run. */
  page: ((words: Words) => string[]) | undefined;
}

export interface Question {
  text: string;
  yes: () => Promise<void>;
}

/** The state before the first run. */
export function firstState(progress: Progress, place: Place): WatchState {
  return {
    ...{ progress, place, shown: undefined, running: undefined, isSlow: false, recheck: undefined, notice: undefined },
    ...{ hints: [], pairs: [], scroll: { text: 0, output: 0 }, wideOutput: false, polls: false },
    ...{ question: undefined, page: undefined },
  };
}

/** What comes after this exercise: what does not pass any more, else the next that has never passed; after the last, from the first on. */
export function nextExercise({ recheck, progress }: WatchState, { course, target }: Watched): string | undefined {
  const own = target.exercise.id;
  const regressed = recheck?.regressions.find(({ exercise }) => exercise !== own)?.exercise;
  const all = course.index.exercises.map(({ id }) => id);
  const from = all.indexOf(own) + 1;
  return regressed ?? [...all.slice(from), ...all.slice(0, from)].find((id) => id !== own && !hasPassed(progress, id));
}
