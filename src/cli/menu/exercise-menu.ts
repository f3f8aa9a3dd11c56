import { existsSync } from 'node:fs';
import path from 'node:path';
import { findExercise } from '../../course/exercise.ts';
import type { Course } from '../../model/course.ts';
import { visible } from '../../model/escape.ts';
import { pickText } from '../../model/text.ts';
import type { Verdict } from '../../model/verdict.ts';
import { exerciseProgress, firstOpen, hasPassed, withOpened, withSolutionSeen } from '../../progress/changes.ts';
import { paragraph } from '../../ui/layout.ts';
import { fileLink } from '../../ui/link.ts';
import { hintText, nextHint } from '../commands/hint.ts';
import { resetText } from '../commands/reset.ts';
import { readSolution, solutionText } from '../commands/solution.ts';
import type { CommandContext } from '../context.ts';
import type { Place } from '../editor/kinds.ts';
import { findEditor, openInEditor } from '../editor.ts';
import { reportError } from '../errors.ts';
import { fileToEdit, type OpenedExercise, openExercise, resetExercise } from '../exercise-files.ts';
import { filesDigest } from '../files-digest.ts';
import { gradeTarget, showVerdict } from '../grading.ts';
import { offerPackages } from '../needed-packages.ts';
import { offerDatabase } from '../own-database.ts';
import { progressOf, saveProgress } from '../progress.ts';
import type { OwnTarget } from '../target.ts';
import type { Upgrade } from '../upgrade.ts';
import type { Watched } from '../watch/state.ts';
import type { Workspace } from '../workspace.ts';
import { readLesson, readTask } from './lesson-screen.ts';
import { askMenu, askYesNo, Interrupted, type MenuItem } from './prompt.ts';

type Action = 'watch' | 'check' | 'editor' | 'hint' | 'task' | 'lesson' | 'solution' | 'reset' | 'next' | 'back';

/** Brings an exercise's files into the workspace. */
export async function bringExercise(
  context: CommandContext,
  workspace: Workspace,
  id: string,
): Promise<OpenedExercise> {
  const { language, packageRoot } = context;
  const course = await context.course();
  await offerPackages(context, course, [id]);
  const opened = await openExercise({ course, workspace, id, language, packageRoot });
  if (opened.upgrade !== undefined) context.io.tell(upgradeText(context, id, opened.upgrade));
  const files = opened.isNew ? await filesDigest(opened.folder) : undefined;
  await saveProgress(context, workspace, (before) => withOpened(before, id, { now: new Date(), files }));
  return opened;
}

/** What a new version of an exercise changed in the learner's folder, and how to take it back. */
function upgradeText({ say }: CommandContext, exercise: string, { updated, merged, beside }: Upgrade): string {
  const names = (files: readonly string[]) => visible(files.join(', '));
  return [
    say('upgraded', { exercise }),
    ...(updated.length === 0 ? [] : [`  ${say('upgradeUpdated', { files: names(updated) })}`]),
    ...(merged.length === 0 ? [] : [`  ${say('upgradeMerged', { files: names(merged) })}`]),
    ...(beside.length === 0 ? [] : [`  ${say('upgradeBeside', { files: names(beside) })}`]),
    say('upgradeUndo', { exercise }),
  ].join('\n');
}

/** Where the files of an exercise are and what to do with them. */
export async function whereText(context: CommandContext, id: string, opened: OpenedExercise): Promise<string> {
  const { say } = context;
  const theme = await context.theme();
  const summary = findExercise(await context.course(), id);
  const title = `  ${theme.bold(id)} ${theme.symbols.separator} ${pickText(summary.title, context.language)}`;
  const state = theme.dim(`(${say(opened.isNew ? 'openedNow' : 'openedBefore')})`);
  const entry = fileToEdit(opened.exercise, opened.folder);
  const steps = say('whatNow', { entry, exercise: id });
  const lines = [
    title,
    '',
    `  ${say('opened', { folder: fileLink(theme.cyan(opened.folder), theme, { file: opened.folder }) })} ${state}`,
  ];
  lines.push(paragraph(steps, { indent: 2, columns: theme.columns }));
  if (!context.io.interactive) lines.push(`  ${say('readLesson', { lesson: summary.lesson })}`);
  return `\n${lines.join('\n')}\n`;
}

/** An exercise to open: with its menu, or watched at once. */
export interface NextExercise {
  id: string;
  watch: boolean;
}

/**
 * An exercise's own menu, until the learner leaves it.
 * @returns the exercise to go on with, or undefined
 * @throws {Interrupted}
 */
export async function exerciseMenu(
  context: CommandContext,
  workspace: Workspace,
  { id, watch }: NextExercise,
): Promise<NextExercise | undefined> {
  const course = await context.course();
  const opened = await bringExercise(context, workspace, id);
  const target: OwnTarget = { exercise: findExercise(course, id), folder: opened.folder, workspace };
  if (opened.isNew) await readTask(context, workspace, id);
  if (!watch) context.io.print(`${await whereText(context, id, opened)}\n`);
  const database = opened.exercise.database && (await offerDatabase(context));
  try {
    const file = path.join(opened.folder, fileToEdit(opened.exercise, opened.folder));
    if (context.options.open) await perform(context, () => edit(context, { file }));
    return await chooseActions(context, { target, exercise: opened.exercise, course }, { file: { file }, watch });
  } finally {
    await database?.close();
  }
}

/** Does what the learner chooses, until they leave the exercise. */
async function chooseActions(
  context: CommandContext,
  watched: Watched,
  { file, watch }: { file: Place; watch: boolean },
): Promise<NextExercise | undefined> {
  const { target, course } = watched;
  let start: Action = 'watch';
  let place = file;
  let chosen: Action | undefined = watch ? 'watch' : undefined;
  for (;;) {
    const situation = await situationOf(context, watched);
    const { passed, next } = situation;
    const action: Action = chosen ?? (await chooseAction(context, watched, { ...situation, place, start }));
    chosen = undefined;
    if (action === 'back') return undefined;
    if (action === 'next') return next === undefined ? undefined : { id: next, watch: false };
    if (action === 'watch') {
      let goOn: string | undefined;
      await perform(context, async () => {
        const { watchOpened } = await import('../watch/watch-exercises.ts');
        const end = await watchOpened(context, watched);
        if (end.kind === 'open') goOn = end.exercise;
      });
      if (goOn !== undefined) return { id: goOn, watch: true };
      continue;
    }
    start = action === 'hint' || action === 'check' ? action : 'watch';
    await perform(context, async () => {
      place = (await act(context, { action, target, course, passed, place })) ?? place;
    });
  }
}

async function situationOf(
  context: CommandContext,
  { target, course }: Watched,
): Promise<Pick<Situation, 'passed' | 'failed' | 'next'>> {
  const { id } = target.exercise;
  const progress = await progressOf(context, target.workspace).read();
  return {
    passed: hasPassed(progress, id),
    failed: exerciseProgress(progress, id)?.lastFailed !== undefined,
    next: firstOpen(
      course.index.exercises.filter((exercise) => exercise.id !== id),
      progress,
    )?.id,
  };
}

function chooseAction(
  context: CommandContext,
  { target }: Watched,
  situation: Situation & { start: Action },
): Promise<Action> {
  const { passed, next, start } = situation;
  return askMenu<Action>(context, {
    message: context.say('exerciseMenu', { exercise: target.exercise.id }),
    items: exerciseItems(context, situation),
    start: passed && next !== undefined ? 'next' : start,
  });
}

interface Situation {
  passed: boolean;
  failed: boolean;
  next: string | undefined;
  place: Place;
}

function exerciseItems(context: CommandContext, { passed, failed, next, place }: Situation): MenuItem<Action>[] {
  const { say } = context;
  const editor = findEditor(context);
  const items: MenuItem<Action>[] = [];
  if (passed && next !== undefined) items.push({ value: 'next', name: say('menuNext', { exercise: next }) });
  items.push({ value: 'watch', name: say('menuWatch') }, { value: 'check', name: say('menuCheckThis') });
  if (failed) items.push({ value: 'hint', name: say('menuHint') });
  if (editor !== undefined) {
    const file = [path.basename(place.file), place.line].filter(Boolean).join(':');
    items.push({ value: 'editor', name: say('menuEditor', { file, editor: editor.name }) });
  }
  items.push(
    { value: 'task', name: say('menuTask') },
    { value: 'lesson', name: say('menuLesson') },
    { value: 'solution', name: say(passed ? 'menuSolution' : 'menuSolutionAnyway') },
    { value: 'reset', name: say('menuReset') },
    { value: 'back', name: say('menuBack') },
  );
  return items;
}

interface Task {
  action: Exclude<Action, 'back' | 'next' | 'watch'>;
  target: OwnTarget;
  course: Course;
  passed: boolean;
  place: Place;
}

/** Does what was chosen. What goes wrong is told, and the menu stays. */
async function perform(context: CommandContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (context.signal.aborted || error instanceof Interrupted) throw new Interrupted();
    await reportError(error, context.io, { json: false, debug: context.options.debug === true });
  }
}

/** @returns what one would look at next in an editor, where that is known now */
async function act(
  context: CommandContext,
  { action, target, course, passed, place }: Task,
): Promise<Place | undefined> {
  const { io, packageRoot, language } = context;
  const { id, lesson } = target.exercise;
  switch (action) {
    case 'check': {
      const graded = await gradeTarget(context, target);
      await showVerdict(context, target, graded);
      io.print('\n');
      return failedPlace(graded.verdict, target.folder);
    }
    case 'editor':
      await edit(context, place);
      return undefined;
    case 'hint':
      io.print(`${await hintText(context, await nextHint(context, target))}\n`);
      return undefined;
    case 'task':
      await readTask(context, target.workspace, id);
      return undefined;
    case 'lesson':
      await readLesson(context, target.workspace, lesson);
      return undefined;
    case 'solution':
      if (!passed) await saveProgress(context, target.workspace, (before) => withSolutionSeen(before, id));
      io.print(`\n${await solutionText(context, await readSolution(course, id))}\n`);
      return undefined;
    case 'reset': {
      if (!(await confirmReset(context, id))) return undefined;
      const backup = await resetExercise({
        course,
        workspace: target.workspace,
        id,
        language,
        packageRoot,
        now: new Date(),
      });
      io.print(`${resetText(context, { exercise: id, folder: target.folder, backup })}\n`);
      return undefined;
    }
  }
}

/** Where the first failed check sees its cause. */
export function failedPlace({ results }: Verdict, folder: string): Place | undefined {
  const location = results.find(({ status }) => status === 'failed')?.failure?.cause?.location;
  if (location === undefined || path.isAbsolute(location.file)) return undefined;
  const file = path.join(folder, location.file);
  return existsSync(file) ? { file, line: location.line } : undefined;
}

/** Opens a file in the learner's editor and says so. */
async function edit(context: CommandContext, place: Place): Promise<void> {
  const { name } = await openInEditor(context, place);
  context.io.print(`  ${context.say('editorOpened', { editor: name, file: place.file })}\n\n`);
}

async function confirmReset(context: CommandContext, id: string): Promise<boolean> {
  const { say } = context;
  return askYesNo(context, { message: say('resetSure', { exercise: id }), no: say('resetNo'), yes: say('resetYes') });
}
