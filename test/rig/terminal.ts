import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFailed, onTestFinished } from 'vitest';
import { BIN, type Rig, ROOT } from './cli.ts';

const execute = promisify(execFile);

/** The built command in a real terminal (tmux), driven by keys and read from its screen. */
export interface TerminalRig {
  /** Keys by tmux's names: `Enter`, `Down`, `C-c`, or text. */
  press(...keys: readonly string[]): Promise<void>;
  /**
   * Waits until one screen holds all of the texts, and returns that screen. A program draws from top to bottom, and
   * what it draws arrives in pieces: whoever goes on to look for what is absent names the lowest line of the new screen.
   */
  shows(...texts: readonly string[]): Promise<string>;
  /** Waits until the shell has the terminal again and asks for a command: only then is what is typed its own. */
  atPrompt(): Promise<string>;
  screen(): Promise<string>;
  /** What stands on the screen in reverse, with one blank for whatever is between. */
  reversed(): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  /** What tmux knows of the pane, such as `cursor_flag`. */
  state(format: string): Promise<string>;
  /** Waits until the screen is the one in test/cli/screens, and fails with the difference when it never is. */
  looksLike(file: string): Promise<void>;
  /**
   * Records all that comes to the terminal from now on. It is written down by a process of its own, behind the screen:
   * what is returned waits until the record holds a text that comes last, and gives the whole.
   */
  record(): Promise<(last: string) => Promise<string>>;
  /** The terminal goes away, with whatever runs in it. */
  vanish(): Promise<void>;
}

const DEADLINE = 20_000;
const PROMPT = '$ ';

/** A screen without what differs from run to run: times, and where the rig's folder is. */
function normalized(screen: string, folder: string): string {
  return screen
    .replaceAll(folder, '/rig'.padEnd(folder.length, '-'))
    .replace(/\b\d\.(\d+) s\b/g, (_, digits: string) => `0.${'0'.repeat(digits.length)} s`)
    .replace(/saved \d\d:\d\d/g, 'saved 12:34');
}

/** A terminal of 80×24 with a shell whose prompt is `$ ` in the rig's folder; `nt` there is the command. */
export async function openTerminal(rig: Rig): Promise<TerminalRig> {
  const socket = `nt-${randomUUID()}`;
  const tmux = async (...args: readonly string[]) =>
    (await execute('tmux', ['-L', socket, ...args], { env: rig.env })).stdout;
  await rig.write('.home/shell', `PS1='${PROMPT}'\nnt() { '${process.execPath}' '${BIN}' "$@"; }\n`);
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
  let isThere = true;
  const vanish = async () => {
    if (isThere) await tmux('kill-server');
    isThere = false;
  };
  onTestFinished(vanish);
  const terminal: TerminalRig = {
    press,
    screen,
    async reversed() {
      const pieces = (await tmux('capture-pane', '-p', '-e', '-t', 'rig')).split('\u001b[');
      let isReversed = false;
      const found = pieces.map((piece) => {
        const [, codes = '', text = ''] = /^([\d;]*)m(.*)$/s.exec(piece) ?? [];
        for (const code of codes.split(';'))
          isReversed = code === '7' || (isReversed && !['', '0', '27'].includes(code));
        return isReversed ? text : ' ';
      });
      return found.join('').replace(/\s+/g, ' ').trim();
    },
    async shows(...texts) {
      const deadline = Date.now() + DEADLINE;
      for (;;) {
        const seen = await screen();
        const missing = texts.filter((text) => !seen.includes(text));
        if (missing.length === 0) return seen;
        if (Date.now() > deadline) throw new Error(`the screen never showed: ${missing.join(' | ')}\n${seen}`);
      }
    },
    async atPrompt() {
      const deadline = Date.now() + DEADLINE;
      for (;;) {
        const look = ['capture-pane', '-p', '-t', 'rig', ';', 'display-message', '-p', '-t', 'rig'];
        const lines = (await tmux(...look, '#{alternate_on} #{cursor_x} #{cursor_y}')).trimEnd().split('\n');
        const [isAlternate, column, row] = (lines.pop() ?? '').split(' ').map(Number);
        last = `${lines.join('\n')}\n`;
        const line = lines[row ?? 0] ?? '';
        if (isAlternate === 0 && line.endsWith(PROMPT.trimEnd()) && column === line.length + 1) return last;
        if (Date.now() > deadline) throw new Error(`the shell never asked for a command:\n${last}`);
      }
    },
    async resize(columns, rows) {
      await tmux('resize-window', '-t', 'rig', '-x', String(columns), '-y', String(rows));
    },
    vanish,
    async record() {
      const file = path.join(rig.folder, `.home/record-${randomUUID()}`);
      await tmux('pipe-pane', '-t', 'rig', `cat > '${file}'`);
      const read = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
      return async (last) => {
        await expect.poll(read).toContain(last);
        return read();
      };
    },
    async looksLike(file) {
      const expected = path.join(ROOT, 'test', 'cli', 'screens', file);
      const wanted = existsSync(expected) ? readFileSync(expected, 'utf8') : undefined;
      const look = async () => normalized(await screen(), rig.folder);
      const deadline = Date.now() + DEADLINE;
      let seen = await look();
      // A screen that is recorded for the first time must have come to rest.
      for (let same = 0; wanted === undefined && same < 40; ) {
        const now = await look();
        same = now === seen ? same + 1 : 0;
        seen = now;
      }
      while (wanted !== undefined && seen !== wanted && Date.now() < deadline) seen = await look();
      await expect(seen).toMatchFileSnapshot(expected);
    },
    state: async (format) => (await tmux('display-message', '-p', '-t', 'rig', format)).trim(),
  };
  await terminal.atPrompt();
  return terminal;
}
