import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError, TutorError } from '../model/error.ts';
import { LEAVE_SCREEN } from './alternate-screen.ts';
import type { CommandContext } from './context.ts';
import { editorName, LOOKED_FOR, type Place, placeArguments, takesTerminal } from './editor/kinds.ts';
import { batchCommand } from './editor/windows.ts';
import { commandWords } from './editor/words.ts';
import { takeInterrupt } from './signals.ts';

/** An editor that is there. */
export interface Editor {
  /** As people call it: `code`. */
  name: string;
  /** Absolute. */
  file: string;
  args: readonly string[];
  /** Takes over the terminal until it is left. */
  terminal: boolean;
}

/** A screen of the tutor's own that an editor in the terminal stands over for a while. */
export interface Screen {
  /** Gives keys, cursor and screen back. */
  leave(): void;
  enter(): void;
}

/**
 * The learner's editor: `--editor`, else `VISUAL`, else `EDITOR`, else the first known one that is installed; undefined when there is none.
 * @throws {TutorError} when the one that `--editor` names is not there
 */
export function findEditor({ options, io, say }: Pick<CommandContext, 'options' | 'io' | 'say'>): Editor | undefined {
  const { env } = io;
  if (options.editor !== undefined) {
    const editor = installed(options.editor, env);
    if (editor !== undefined) return editor;
    throw new TutorError(say('noSuchEditor', { editor: options.editor }), { next: say('noSuchEditorNext') });
  }
  for (const command of [env.VISUAL, env.EDITOR, ...LOOKED_FOR]) {
    const editor = command === undefined ? undefined : installed(command, env);
    if (editor !== undefined) return editor;
  }
  return process.platform === 'win32' ? installed('notepad', env) : undefined;
}

/**
 * Opens a file in the learner's editor. One in the terminal is waited for, one with a window of its own is not.
 * @returns the editor
 * @throws {TutorError} when there is none, it cannot be started, or it needs a terminal and there is none
 */
export async function openInEditor(
  context: Pick<CommandContext, 'options' | 'io' | 'say'>,
  place: Place,
  screen?: Screen,
): Promise<Editor> {
  const { say, io } = context;
  const editor = findEditor(context);
  if (editor === undefined) throw new TutorError(say('noEditor'), { next: say('noEditorNext') });
  if (!editor.terminal) {
    await startWindow(context, editor, place);
    return editor;
  }
  if (!io.interactive) {
    throw new TutorError(say('editorNeedsTerminal', { editor: editor.name }), { next: say('noEditorNext') });
  }
  screen?.leave();
  try {
    await takeOver(context, editor, place);
  } finally {
    screen?.enter();
  }
  return editor;
}

/** A window lives on by itself; only a start that fails is heard of. */
async function startWindow(context: Pick<CommandContext, 'say'>, editor: Editor, place: Place): Promise<void> {
  const child = start(editor, place, { detached: true, stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(notStarted(context, editor, error)));
  });
  child.unref();
}

/** The Ctrl-C that ended an editor can reach the tutor after the news of that end; this much later it has, in milliseconds. */
const LATE_INTERRUPT = 50;

/** The terminal is the editor's until it ends; Ctrl-C means the editor too. */
async function takeOver(context: Pick<CommandContext, 'say'>, editor: Editor, place: Place): Promise<void> {
  const { stdin, stdout } = process;
  const giveBack = takeInterrupt(() => {});
  try {
    const child = start(editor, place, { stdio: 'inherit' });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('close', resolve);
      child.once('error', (error) => reject(notStarted(context, editor, error)));
    });
    // One that was killed leaves its screen and its keys behind.
    if (code === null && stdin.isTTY) {
      stdin.setRawMode(true);
      stdin.setRawMode(false);
      stdout.write(LEAVE_SCREEN);
    }
  } finally {
    await delay(LATE_INTERRUPT);
    giveBack();
  }
}

type StartOptions = { detached?: boolean; stdio: 'ignore' | 'inherit' };

function start({ file, args }: Editor, place: Place, options: StartOptions) {
  const all = [...args, ...placeArguments(file, place)];
  const cwd = path.dirname(place.file);
  if (process.platform === 'win32' && /\.(?:cmd|bat)$/i.test(file)) {
    const { shell, args: verbatim } = batchCommand(file, all);
    return spawn(shell, verbatim, { ...options, cwd, windowsVerbatimArguments: true, windowsHide: true });
  }
  return spawn(file, all, { ...options, cwd });
}

function notStarted({ say }: Pick<CommandContext, 'say'>, { file }: Editor, error: unknown): TutorError {
  return new TutorError(say('editorFailed', { editor: file, reason: describeError(error) }), {
    next: say('noEditorNext'),
    cause: error,
  });
}

function installed(command: string, env: CommandContext['io']['env']): Editor | undefined {
  const [word, ...args] = commandWords(command);
  const file = word === undefined ? undefined : findProgram(word, env);
  return file === undefined ? undefined : { name: editorName(file), file, args, terminal: takesTerminal(file) };
}

/** A program by its path or its name on the PATH, with the endings that Windows adds. */
function findProgram(word: string, env: CommandContext['io']['env']): string | undefined {
  const endings = process.platform === 'win32' ? ['', ...(env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';')] : [''];
  const folders = /[/\\]/.test(word) ? [''] : (env.PATH ?? env.Path ?? '').split(path.delimiter).filter(Boolean);
  for (const folder of folders) {
    for (const ending of endings) {
      const file = path.resolve(folder, word + ending);
      if (isProgram(file)) return file;
    }
  }
  return undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() && (process.platform !== 'win32' || path.extname(file) !== '');
  } catch {
    return false;
  }
}
