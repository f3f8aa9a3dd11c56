import type { Course } from '../../model/course.ts';
import { pickText } from '../../model/text.ts';
import { firstOpen, hasPassed } from '../../progress/changes.ts';
import { progressBar } from '../../ui/bar.ts';
import { padEnd } from '../../ui/layout.ts';
import { signOf, statusOf } from '../commands/list.ts';
import type { CommandContext } from '../context.ts';
import { askDue, findDue } from '../due-questions.ts';
import { progressOf } from '../progress.ts';
import type { Workspace } from '../workspace.ts';
import { exerciseMenu, type NextExercise } from './exercise-menu.ts';
import { hasLessons, lessonsMenu, openLesson } from './lesson-menu.ts';
import { type NextUp, nextUp } from './next-up.ts';
import { askMenu, type MenuItem } from './prompt.ts';

type Choice = 'continue' | 'quiz' | 'lessons' | 'exercises' | 'quit';

/**
 * The course's menu, until the learner quits.
 * @param first exercise to begin with
 * @throws {Interrupted}
 */
export async function mainMenu(context: CommandContext, workspace: Workspace, first?: string): Promise<void> {
  const course = await context.course();
  await workOn(context, workspace, first);
  for (;;) {
    const choice = await askMain(context, course, workspace);
    if (choice === 'quit') return;
    if (choice === 'lessons') await workOn(context, workspace, await lessonsMenu(context, workspace));
    else if (choice === 'exercises') await workOn(context, workspace, await exercisesMenu(context, workspace));
    else if (choice === 'quiz') await askDue(context, workspace, await findDue(context, workspace));
    else await workOn(context, workspace, await goOn(context, course, workspace));
  }
}

/** One exercise after the other, as long as the learner goes on; lessons that are unread come before them. */
async function workOn(context: CommandContext, workspace: Workspace, first: string | undefined): Promise<void> {
  let next: NextExercise | undefined = first === undefined ? undefined : { id: first, watch: false };
  while (next !== undefined) {
    next = await exerciseMenu(context, workspace, next);
    if (next === undefined || next.watch) continue;
    const id = await goOn(context, await context.course(), workspace);
    next = id === undefined ? undefined : { id, watch: false };
  }
}

/** Opens what comes next; a lesson can lead to one of its exercises. */
async function goOn(context: CommandContext, course: Course, workspace: Workspace): Promise<string | undefined> {
  const next = nextUp(course, await progressOf(context, workspace).read());
  return next?.kind === 'lesson' ? openLesson(context, workspace, next.lesson.id) : next?.exercise.id;
}

async function askMain(context: CommandContext, course: Course, workspace: Workspace): Promise<Choice> {
  const { say, language } = context;
  const theme = await context.theme();
  const progress = await progressOf(context, workspace).read();
  const { exercises, title } = course.index;
  const done = exercises.filter(({ id }) => hasPassed(progress, id)).length;
  const next = nextUp(course, progress);
  const message = `${theme.bold(pickText(title, language))}   ${progressBar(done, exercises.length, { theme })}`;
  const items: MenuItem<Choice>[] = [];
  if (next === undefined) items.push({ heading: say('allPassed') });
  else items.push({ value: 'continue', name: nextName(next, context) });
  const due = await findDue(context, workspace);
  if (due.length > 0) items.push({ value: 'quiz', name: say('menuQuizDue', { count: due.length }) });
  items.push(
    { value: 'lessons', name: say('menuLessons') },
    { value: 'exercises', name: say('menuExercises') },
    { value: 'quit', name: say('menuQuit') },
  );
  return askMenu(context, { message, items });
}

function nextName(next: NextUp, { say, language }: CommandContext): string {
  if (next.kind === 'lesson') return say('menuContinueLesson', { title: pickText(next.lesson.title, language) });
  return say('menuContinue', { exercise: next.exercise.id, title: pickText(next.exercise.title, language) });
}

const BACK = '';

/** All exercises of the course; the id of the one that is chosen. @throws {Interrupted} */
export async function exercisesMenu(context: CommandContext, workspace: Workspace): Promise<string | undefined> {
  const { language, say } = context;
  const course = await context.course();
  const theme = await context.theme();
  const progress = await progressOf(context, workspace).read();
  const { exercises, tracks } = course.index;
  const column = Math.max(0, ...exercises.map(({ id }) => id.length)) + 2;
  const items: MenuItem<string>[] = tracks.filter(hasLessons).flatMap((track) => [
    { heading: pickText(track.title, language) },
    ...exercises
      .filter((exercise) => exercise.track === track.id)
      .map(({ id, title }) => ({
        value: id,
        name: `${signOf(statusOf(progress, id), theme)} ${padEnd(id, column)}${pickText(title, language)}`,
      })),
  ]);
  const start = firstOpen(exercises, progress)?.id;
  const all = [...items, { heading: '' }, { value: BACK, name: say('menuBack') }];
  const id = await askMenu(context, {
    message: say('menuExercises'),
    items: all,
    ...(start !== undefined && { start }),
  });
  return id === BACK ? undefined : id;
}
