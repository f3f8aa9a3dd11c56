import path from 'node:path';
import type { Course } from '../model/course.ts';
import { pickText } from '../model/text.ts';
import { paragraph } from '../ui/layout.ts';
import type { CommandContext } from './context.ts';
import type { Workspace } from './workspace.ts';

/** Lines of the main menu. */
const MENU_ROWS = 7;

interface NewWorkspace {
  course: Course;
  workspace: Workspace;
  /** What comes next; a task takes the whole screen. */
  before: 'menu' | 'task';
}

/**
 * Explains the tutor to somebody who starts it the first time: above the menu, in short where there is little room, and
 * on a page of its own where neither stays to be read.
 * @throws {Interrupted}
 */
export async function welcome(context: CommandContext, { course, workspace, before }: NewWorkspace): Promise<void> {
  const { io, options, say } = context;
  if (options.json) return;
  const whole = () => wholeText(context, course, workspace);
  const texts = [await whole(), await shortText(context, course, workspace)];
  const rows = process.stdout.rows || 24;
  const fitting = texts.find((text) => text.split('\n').length - 1 + MENU_ROWS <= rows);
  if (!io.interactive) io.print(await whole());
  else if (before === 'menu' && fitting !== undefined) io.print(fitting);
  else {
    const { showPaged } = await import('./menu/pager.ts');
    const render = async () => ({ lines: (await whole()).trimEnd().split('\n').slice(1), marks: [] });
    await showPaged(context, { render, keys: say('welcomeKeys') });
  }
}

async function wholeText(context: CommandContext, course: Course, { folder }: Workspace): Promise<string> {
  const { say } = context;
  const { cyan, columns } = await context.theme();
  const block = (text: string) => paragraph(text, { indent: 2, columns });
  const lines = [
    await titleLine(context, course),
    block(say('welcome')),
    [say('welcomeRead'), say('welcomeEdit'), say('welcomeCheck')].map(block).join('\n'),
    `  ${say('workspaceMade', { folder: cyan(folder) })}\n${block(say('workspaceMadeNext'))}`,
  ];
  return `\n${lines.join('\n\n')}\n\n`;
}

async function shortText(context: CommandContext, course: Course, { folder }: Workspace): Promise<string> {
  const { say, io } = context;
  const { columns } = await context.theme();
  const place = path.relative(io.cwd, folder) || '.';
  const words = [say('welcomeShort'), say('workspaceMade', { folder: place })];
  const lines = words.map((text) => paragraph(text, { indent: 2, columns }));
  return `${[await titleLine(context, course), ...lines].join('\n')}\n\n`;
}

async function titleLine({ theme, language }: CommandContext, { index }: Course): Promise<string> {
  return `  ${(await theme()).bold(pickText(index.title, language))}`;
}
