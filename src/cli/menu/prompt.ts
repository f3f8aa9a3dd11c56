import { cut } from '../../ui/layout.ts';
import type { Theme } from '../../ui/theme.ts';
import type { CommandContext } from '../context.ts';

/** One line of a menu, or a heading between its lines. */
export type MenuItem<Value> = { value: Value; name: string; description?: string } | { heading: string };

export interface Menu<Value> {
  message: string;
  items: readonly MenuItem<Value>[];
  /** Where the cursor stands at first. */
  start?: Value;
}

/** As if SIGINT had ended it, which Ctrl-C in a menu means. */
export const EXIT_INTERRUPTED = 130;

/** Thrown when the learner presses Ctrl-C, or a signal came, while a question is open. The terminal is whole again by then. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** The cursor before an item, and the last column, which some terminals wrap after. */
const CURSOR_COLUMNS = 3;
/** Columns that the help on the keys needs. */
const KEYS_COLUMNS = 54;

/** Lines of a menu that are not its items. */
const FRAME_ROWS = 7;

/**
 * Asks one question; the menu disappears when it is answered.
 * @throws {Interrupted}
 */
export async function askMenu<Value extends string>(context: CommandContext, menu: Menu<Value>): Promise<Value> {
  const [{ select, Separator }, theme] = await Promise.all([import('@inquirer/prompts'), context.theme()]);
  const choices = menu.items.map((item) =>
    'heading' in item
      ? new Separator(theme.dim(item.heading))
      : { ...item, name: onOneLine(item.name, theme), short: item.name },
  );
  const question = {
    message: menu.message,
    choices,
    loop: false,
    pageSize: Math.max(4, (process.stdout.rows || 24) - FRAME_ROWS - menu.message.split('\n').length),
    theme: promptTheme(context, theme),
    ...(menu.start !== undefined && { default: menu.start }),
  };
  return unlessInterrupted(select<Value>(question, { signal: context.signal, clearPromptOnDone: true }));
}

/** A name that would break in the middle of a word is cut; one of several lines or colors is left. */
function onOneLine(name: string, { columns, symbols }: Theme): string {
  const isPlain = !name.includes('\n') && !name.includes('\u001b');
  return isPlain ? cut(name, columns - CURSOR_COLUMNS, symbols.ellipsis) : name;
}

/** Asks before something is done; it is not done unless the learner says so. @throws {Interrupted} */
export async function askYesNo(
  context: CommandContext,
  { message, no, yes }: { message: string; no: string; yes: string },
): Promise<boolean> {
  const items = [
    { value: 'no', name: no },
    { value: 'yes', name: yes },
  ] as const;
  return (await askMenu(context, { message, items })) === 'yes';
}

/** Asks for a line of text, with one to begin with. @throws {Interrupted} */
export async function askLine(
  context: CommandContext,
  { message, value }: { message: string; value: string },
): Promise<string> {
  const [{ input }, theme] = await Promise.all([import('@inquirer/prompts'), context.theme()]);
  const question = { message, default: value, prefill: 'editable' as const, theme: promptTheme(context, theme) };
  return unlessInterrupted(input(question, { signal: context.signal }));
}

async function unlessInterrupted<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)) throw new Interrupted();
    throw error;
  }
}

/** Our colors, so that NO_COLOR holds for menus too. */
function promptTheme({ say }: CommandContext, theme: Theme) {
  const same = (text: string) => text;
  return {
    prefix: { idle: '', done: '' },
    icon: { cursor: theme.unicode ? '❯' : '>' },
    style: {
      message: same,
      answer: theme.cyan,
      highlight: (text: string) => theme.bold(theme.cyan(text)),
      description: theme.dim,
      disabled: theme.dim,
      error: theme.red,
      help: theme.dim,
      key: theme.cyan,
      keysHelpTip: () => theme.dim(say(theme.columns < KEYS_COLUMNS ? 'menuKeysShort' : 'menuKeys')),
    },
  };
}
