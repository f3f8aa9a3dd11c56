import { loadGlossary } from '../../course/glossary.ts';
import { loadLesson } from '../../course/lesson.ts';
import { visibleLine } from '../../model/escape.ts';
import { withLesson } from '../../progress/changes.ts';
import { layOutGlossary, layOutLesson } from '../commands/lesson.ts';
import type { CommandContext } from '../context.ts';
import { type LinkTarget, linkTarget } from '../lesson-links.ts';
import { saveProgress } from '../progress.ts';
import { layOutTask } from '../task.ts';
import type { Workspace } from '../workspace.ts';
import { exampleKeys } from './examples.ts';
import { type LinkKeys, type PagedText, readOn, showPaged } from './pager.ts';
import type { OpenScreen } from './screen.ts';

/** Shows a lesson on a screen of its own, and notes that it was read. @throws {Interrupted} */
export async function readLesson(context: CommandContext, workspace: Workspace | undefined, id: string): Promise<void> {
  await showPaged(context, await lessonPages(context, workspace, id));
  await noteRead(context, workspace, id);
}

/** Shows the glossary in the same way. @throws {Interrupted} */
export async function readGlossary(context: CommandContext, workspace: Workspace | undefined): Promise<void> {
  await showPaged(context, await glossaryPages(context, workspace));
}

/** Shows what an exercise asks for in the same way. @throws {Interrupted} */
export async function readTask(context: CommandContext, workspace: Workspace | undefined, id: string): Promise<void> {
  await showPaged(context, { ...(await taskPages(context, workspace, id)), keys: context.say('pagerTaskKeys') });
}

async function noteRead(context: CommandContext, workspace: Workspace | undefined, id: string): Promise<void> {
  if (workspace !== undefined) await saveProgress(context, workspace, (before) => withLesson(before, id, new Date()));
}

async function lessonPages(context: CommandContext, workspace: Workspace | undefined, id: string): Promise<PagedText> {
  const lesson = await loadLesson({ course: await context.course(), id, language: context.language });
  return {
    render: () => layOutLesson(context, lesson, { foldsCode: true }),
    keys: context.say(lesson.examples.length > 0 ? 'lessonKeys' : 'pagerKeys'),
    onExample: exampleKeys(context, { workspace, lesson }),
    links: await linksOf(context, workspace),
  };
}

async function glossaryPages(context: CommandContext, workspace: Workspace | undefined): Promise<PagedText> {
  const glossary = await loadGlossary(await context.course(), context.language);
  return {
    render: async () => (glossary === undefined ? { lines: [], marks: [] } : layOutGlossary(context, glossary)),
    keys: context.say('pagerKeys'),
    links: await linksOf(context, workspace),
  };
}

async function taskPages(context: CommandContext, workspace: Workspace | undefined, id: string): Promise<PagedText> {
  return {
    render: () => layOutTask(context, id, true),
    keys: context.say('pagerKeys'),
    links: await linksOf(context, workspace),
  };
}

/** How the links of a text are told of and followed; `q` comes back to where one was. */
async function linksOf(context: CommandContext, workspace: Workspace | undefined): Promise<LinkKeys> {
  const { index } = await context.course();
  return {
    tell: (href) => context.say('linkKeys', { to: targetName(context, linkTarget(index, href)) }),
    follow: (href, here) => follow(context, workspace, { ...here, target: linkTarget(index, href) }),
  };
}

interface Followed {
  target: LinkTarget;
  screen: OpenScreen;
  paged: PagedText;
}

async function follow(
  context: CommandContext,
  workspace: Workspace | undefined,
  { target, screen, paged }: Followed,
): Promise<string | undefined> {
  switch (target.kind) {
    case 'section':
      await readOn(context, screen, { ...paged, section: target.anchor });
      return undefined;
    case 'term':
      await readOn(context, screen, { ...(await glossaryPages(context, workspace)), section: target.id });
      return undefined;
    case 'exercise':
      await readOn(context, screen, await taskPages(context, workspace, target.id));
      return undefined;
    case 'lesson':
      await readOn(context, screen, { ...(await lessonPages(context, workspace, target.id)), section: target.anchor });
      await noteRead(context, workspace, target.id);
      return undefined;
    case 'elsewhere':
      return context.say('linkElsewhere', { address: visibleLine(target.address) });
  }
}

function targetName({ say }: CommandContext, target: LinkTarget): string {
  switch (target.kind) {
    case 'section':
      return say('linkSection');
    case 'term':
      return say('linkTerm', { term: visibleLine(target.id) });
    case 'exercise':
      return say('linkTask', { exercise: target.id });
    case 'lesson':
      return say('linkLesson', { lesson: target.id });
    case 'elsewhere':
      return visibleLine(target.address);
  }
}
