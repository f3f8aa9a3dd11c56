import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { onTestFailed, onTestFinished } from 'vitest';
import { BIN, type Rig } from './cli.ts';

const execute = promisify(execFile);

/** The built command in a real terminal (tmux), driven by keys and read from its screen. */
export interface TerminalRig {
  /** Keys by tmux's names: `Enter`, `Down`, `C-c`, or text. */
  press(...keys: readonly string[]): Promise<void>;
  /** Waits until the screen holds the text, and returns the screen. */
  shows(text: string): Promise<string>;
  screen(): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  /** What tmux knows of the pane, such as `cursor_flag`. */
  state(format: string): Promise<string>;
}

const DEADLINE = 20_000;

/** A terminal of 80×24 with a shell whose prompt is `$ ` in the rig's folder; `nt` there is the command. */
export async function openTerminal(rig: Rig): Promise<TerminalRig> {
  const socket = `nt-${randomUUID()}`;
  const tmux = async (...args: readonly string[]) =>
    (await execute('tmux', ['-L', socket, ...args], { env: rig.env })).stdout;
  await rig.write('.home/shell', `PS1='$ '\nnt() { '${process.execPath}' '${BIN}' "$@"; }\n`);
  const shell = `ENV='${rig.folder}/.home/shell' exec sh -i`;
  await tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'rig', '-x', '80', '-y', '24', '-c', rig.folder, shell);
  let last = '';
  const screen = async () => {
    last = await tmux('capture-pane', '-p', '-t', 'rig');
    return last;
  };
  const press = async (...keys: readonly string[]) => {
    await tmux('send-keys', '-t', 'rig', ...keys);
  };
  onTestFailed(() => {
    process.stderr.write(`\n--- last screen ---\n${last}\n---\n`);
  });
  onTestFinished(async () => {
    await tmux('kill-server');
  });
  const terminal: TerminalRig = {
    press,
    screen,
    async shows(text) {
      const deadline = Date.now() + DEADLINE;
      for (;;) {
        const seen = await screen();
        if (seen.includes(text)) return seen;
        if (Date.now() > deadline) throw new Error(`the screen never showed: ${text}\n${seen}`);
      }
    },
    async resize(columns, rows) {
      await tmux('resize-window', '-t', 'rig', '-x', String(columns), '-y', String(rows));
    },
    state: async (format) => (await tmux('display-message', '-p', '-t', 'rig', format)).trim(),
  };
  await terminal.shows('$');
  return terminal;
}
