import { existsSync } from 'node:fs';
import path from 'node:path';
import { exampleFile, exampleSurroundings, runExample, writeExample } from '../../engine/example.ts';
import { describeError, TutorError } from '../../model/error.ts';
import { visible } from '../../model/escape.ts';
import type { Example, Lesson } from '../../model/lesson.ts';
import { wrap } from '../../ui/layout.ts';
import type { CommandContext } from '../context.ts';
import { chooseDatabase } from '../database.ts';
import { openInEditor } from '../editor.ts';
import { chooseIsolation } from '../isolation.ts';
import type { Workspace } from '../workspace.ts';
import { type ExampleKeys, type PagedText, readOn } from './pager.ts';
import type { OpenScreen } from './screen.ts';

/** Copies of lessons' examples that a learner has opened, below the workspace. */
const EXAMPLES = 'lesson-examples';

/** What one can do with the runnable examples of a lesson, by key. */
export function exampleKeys(
  context: CommandContext,
  { workspace, lesson }: Pick<Chosen, 'lesson' | 'workspace'>,
): ExampleKeys {
  return {
    r: (index, screen) => attempt(() => showRun(context, screen, { lesson, index, workspace })),
    e: (index, screen) => attempt(() => openExample(context, screen, { lesson, index, workspace })),
  };
}

interface Chosen {
  lesson: Lesson;
  /** Which of its examples, from 0. */
  index: number;
  workspace: Workspace | undefined;
}

/** What went wrong is a remark; the lesson stays. */
async function attempt(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    return visible([error.message, error.next].filter(Boolean).join(' '));
  }
}

/** Runs an example, the learner's own copy where there is one, and shows what it printed. */
async function showRun(context: CommandContext, screen: OpenScreen, chosen: Chosen): Promise<string | undefined> {
  const { say, signal } = context;
  const example = exampleOf(chosen);
  const own = copyOf(chosen, example);
  const isOwn = own !== undefined && existsSync(own);
  const theme = await context.theme();
  const head = theme.bold(`$ ${['node', exampleFile(example), ...example.args].join(' ')}`);
  screen.draw([head, '', theme.dim(say('exampleRunning'))]);
  const [course, isolation, database] = await Promise.all([
    context.course(),
    chooseIsolation(context),
    chooseDatabase(context),
  ]);
  const ended = new AbortController();
  const run = runExample({
    ...{ course, isolation, database, example, language: context.language },
    surroundings: await exampleSurroundings(course, chosen.lesson),
    signal: AbortSignal.any([signal, ended.signal]),
    ...(isOwn && { folder: path.dirname(own) }),
  });
  const result = await unlessCancelled(screen, run, () => ended.abort());
  if (result === undefined) return undefined;
  const printed = visible(result.printed.stdout + result.printed.stderr).trimEnd();
  const verdict = result.trouble ?? say(verdictKey(result.isAsShown, isOwn));
  const render: PagedText['render'] = async () => {
    const { columns } = await context.theme();
    const output = printed === '' ? [theme.dim(say('exampleSilent'))] : wrap(printed, columns);
    const last = wrap(`${verdict} ${theme.symbols.separator} ${seconds(result.milliseconds)}`, columns);
    return { lines: [head, '', ...output, '', ...last.map(theme.dim)], marks: [] };
  };
  await readOn(context, screen, { render, keys: say('exampleKeys') });
  return undefined;
}

/** Waits for a run; `q` and Escape end it. */
async function unlessCancelled<Result>(
  screen: OpenScreen,
  run: Promise<Result>,
  cancel: () => void,
): Promise<Result | undefined> {
  const done = run.then((result) => ({ result }));
  // Where it is cancelled nobody hears of its end.
  done.catch(() => {});
  for (;;) {
    const first = await Promise.race([done, screen.heard()]);
    if (first !== undefined) return first.result;
    const event = await screen.next().catch(async (error: unknown) => {
      cancel();
      await done.catch(() => {});
      throw error;
    });
    if (event.type !== 'key' || !['q', 'escape'].includes(event.key.name ?? '')) continue;
    cancel();
    await done.catch(() => {});
    return undefined;
  }
}

function verdictKey(isAsShown: boolean | undefined, isOwn: boolean) {
  if (isAsShown === undefined) return isOwn ? 'exampleRanOwn' : 'exampleRan';
  if (isAsShown) return 'exampleAsShown';
  return isOwn ? 'exampleOwn' : 'exampleDiffers';
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Opens the learner's own copy of an example, which is made the first time. */
async function openExample(context: CommandContext, screen: OpenScreen, chosen: Chosen): Promise<string> {
  const { say } = context;
  const example = exampleOf(chosen);
  const file = copyOf(chosen, example);
  if (file === undefined) throw new TutorError(say('noWorkspace'), { next: say('noWorkspaceNext') });
  try {
    await writeExample(path.dirname(file), example);
  } catch (error) {
    throw new TutorError(say('exampleNotCopied', { file, reason: describeError(error) }), { cause: error });
  }
  const { name } = await openInEditor(context, { file }, screen);
  return say('exampleOpened', { editor: name });
}

function exampleOf({ lesson, index }: Chosen): Example {
  const example = lesson.examples[index];
  if (example === undefined) throw new RangeError(`${lesson.id} has no example ${index}`);
  return example;
}

/** Each copy has a folder of its own, so that they can write files beside them. */
function copyOf({ workspace, lesson, index }: Chosen, example: Example): string | undefined {
  return workspace && path.join(workspace.folder, EXAMPLES, lesson.id, String(index + 1), exampleFile(example));
}
