import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Rig } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { expectWholeTerminal, HELLO, SUM, startedRig, TEXT_SUM } from './support.ts';

const SUM_FILE = 'node-tutor/add-up/sum.js';
const HELLO_FILE = 'node-tutor/say-hello/index.js';

/** `watch` of an exercise of the tiny course in a terminal of 80×24, after its first run. */
async function watched(id: string, { args = '', file = '' }: { args?: string; file?: string } = {}) {
  const rig = await startedRig();
  if (file !== '') await rig.write(id === 'add-up' ? SUM_FILE : HELLO_FILE, file);
  const terminal = await openTerminal(rig);
  await terminal.press(`nt watch ${id} --seed 7 ${args}`, 'Enter');
  await terminal.shows('run 1');
  return { rig, terminal };
}

async function progressOf(rig: Rig) {
  return JSON.parse(await rig.read('node-tutor/.node-tutor/progress.json'));
}

describe('the keys of watch', () => {
  test('from a failure over two hints to passing, and on to the next exercise', async () => {
    const { rig, terminal } = await watched('add-up', { file: TEXT_SUM });
    expect(await terminal.screen()).toMatch(/✗ prints the sum/);
    expect(await terminal.screen()).toContain('Arguments arrive as text, and + joins text.');
    await terminal.press('h');
    await terminal.shows('hint 1 of 2');
    await terminal.press('h');
    await terminal.shows('total += Number(arg)');
    await rig.write(SUM_FILE, SUM);
    const passed = await terminal.shows('✓ prints 0 when there is nothing to add');
    expect(passed).not.toContain('hint 2 of 2');
    await terminal.shows('1/2');
    expect((await progressOf(rig)).exercises['add-up']).toMatchObject({ attempts: 2, hints: { adds: 2 } });
    await terminal.press('n');
    await terminal.shows('First steps ▸ Printing ▸ say-hello');
  });

  test('the run on opening is an attempt only where the files are others than those checked last', async () => {
    const { rig, terminal } = await watched('say-hello');
    const attempts = async () => (await progressOf(rig)).exercises['say-hello'].attempts;
    const again = async () => {
      await terminal.press('q');
      await terminal.atPrompt();
      await terminal.press('clear; nt watch say-hello', 'Enter');
      await terminal.shows('run 1', 'q quit');
    };
    await terminal.press('h');
    await terminal.shows('hint 1 of');
    expect(await attempts()).toBe(0);
    await terminal.press('c');
    await terminal.shows('run 2');
    await expect.poll(attempts).toBe(1);
    await again();
    await terminal.press('h');
    await terminal.shows('hint 2 of');
    expect(await attempts()).toBe(1);
    await terminal.press('q');
    await terminal.atPrompt();
    await rig.write(HELLO_FILE, HELLO);
    await terminal.press('clear; nt watch say-hello', 'Enter');
    await terminal.shows('1/2');
    expect(await attempts()).toBe(2);
    await again();
    await terminal.shows('1/2');
    await terminal.press('q');
    await terminal.atPrompt();
    expect(await attempts()).toBe(2);
  });

  test('a pass on opening is kept, though it is no attempt', async () => {
    const rig = await startedRig();
    await rig.write(HELLO_FILE, HELLO);
    await rig.run(['check', 'say-hello']);
    const file = 'node-tutor/.node-tutor/progress.json';
    const progress = await progressOf(rig);
    delete progress.exercises['say-hello'].passedAt;
    await rig.write(file, JSON.stringify(progress));
    const terminal = await openTerminal(rig);
    await terminal.press('nt watch say-hello', 'Enter');
    await terminal.shows('1/2');
    const { attempts, passedAt } = (await progressOf(rig)).exercises['say-hello'];
    expect({ attempts, passes: passedAt !== undefined }).toEqual({ attempts: 1, passes: true });
  });

  test('n does not leave an exercise that has not passed', async () => {
    const { terminal } = await watched('say-hello');
    await terminal.press('n');
    await terminal.shows('The next exercise is there when this one has passed.');
    expect(await terminal.screen()).toContain('say-hello');
  });

  test('the solution is shown before passing only after asking, and that is noted', async () => {
    const { rig, terminal } = await watched('add-up');
    await terminal.press('s');
    await terminal.shows('It has not passed yet.');
    await terminal.press('n');
    await terminal.shows('? keys');
    expect((await progressOf(rig)).exercises['add-up'].solutionSeen).toBeUndefined();
    await terminal.press('s');
    await terminal.shows('It has not passed yet.');
    await terminal.press('y');
    await terminal.shows('esc back to the verdict');
    await terminal.shows('process.argv');
    expect((await progressOf(rig)).exercises['add-up'].solutionSeen).toBe(true);
    await terminal.press('Escape');
    await terminal.shows('h hint');
  });

  test('reset asks, keeps a backup, and the starter is checked', async () => {
    const { rig, terminal } = await watched('add-up', { file: TEXT_SUM });
    await terminal.press('x');
    await terminal.shows('Put the starter files back?');
    await terminal.press('q');
    await terminal.shows('q quit');
    expect(await rig.read(SUM_FILE)).toBe(TEXT_SUM);
    await terminal.press('x');
    await terminal.shows('Put the starter files back?');
    await terminal.press('y');
    await terminal.shows('run 2');
    expect(await rig.read(SUM_FILE)).not.toBe(TEXT_SUM);
    const backups = path.join(rig.folder, 'node-tutor/.node-tutor/backups');
    expect(readdirSync(backups, { recursive: true }).join()).toContain('sum.js');
    await rig.run(['undo', 'add-up']);
    await terminal.shows('run 3');
    expect(await rig.read(SUM_FILE)).toBe(TEXT_SUM);
  });

  test('lesson, task and list come over it, and it comes back', async () => {
    const { terminal } = await watched('add-up');
    for (const key of ['l', 't']) {
      await terminal.press(key);
      await terminal.shows('Space: ');
      await terminal.press('q');
      await terminal.shows('q quit');
    }
    await terminal.press('a');
    await terminal.shows('❯');
    await terminal.press('Down');
    await terminal.shows('❯ · add-up');
    await terminal.press('Up');
    await terminal.shows('❯ · say-hello');
    await terminal.press('Enter');
    await terminal.shows('First steps ▸ Printing ▸ say-hello');
  });

  test('runs the program with arguments of the learner, and a key leads back', async () => {
    const { terminal } = await watched('add-up', { file: TEXT_SUM });
    await terminal.press('r');
    await terminal.shows('Arguments for node sum.js');
    await terminal.press('C-u', '"a b" 12', 'Enter');
    await terminal.shows('0a b12');
    await terminal.shows('It has ended with exit code 0.');
    await terminal.press('z');
    await terminal.shows('✗ prints the sum');
  });

  test('Ctrl-C ends a running program, not the watch', async () => {
    const { terminal } = await watched('say-hello', {
      file: "console.log('up'); if (process.stdout.isTTY) setInterval(() => {}, 1000);\n",
    });
    await terminal.press('r');
    await terminal.shows('Arguments for node');
    await terminal.press('Enter');
    await terminal.shows('\nup');
    await terminal.press('C-c');
    await terminal.shows('Any key leads back.');
    await terminal.press('z');
    await terminal.shows('q quit');
    await terminal.press('q');
    await expectWholeTerminal(terminal, 0);
  });

  test('opens the line of the failure in the editor', async () => {
    const { rig, terminal } = await watched('add-up', { file: TEXT_SUM, args: '--editor vim' });
    await rig.program('vim', 'echo "in the editor: $*"; read line');
    await terminal.press('e');
    await terminal.shows(`in the editor: +3 ${rig.folder}`);
    await terminal.press('Enter');
    await terminal.shows('✗ prints the sum', 'q quit');
    expect(await rig.read(SUM_FILE)).toBe(TEXT_SUM);
  });

  test.each([
    ['q', 0],
    ['C-d', 0],
    ['C-c', 130],
  ])('%s leaves the terminal whole, with %d', async (key, code) => {
    const { terminal } = await watched('say-hello');
    await terminal.press(key);
    await expectWholeTerminal(terminal, code);
  });

  test.each([
    ['a', '❯'],
    ['l', 'q: back'],
    ['t', 'q: begin'],
  ])('Ctrl-C in what %s opens leaves the terminal whole', async (key, sign) => {
    const { terminal } = await watched('say-hello');
    await terminal.press(key);
    await terminal.shows(sign);
    await terminal.press('C-c');
    await expectWholeTerminal(terminal, 130);
  });

  test('Ctrl-Z leads to the shell, and fg back', async () => {
    const { rig, terminal } = await watched('say-hello');
    await terminal.press('C-z');
    await terminal.shows('Stopped');
    await terminal.atPrompt();
    expect(await terminal.state('#{cursor_flag} #{alternate_on}')).toBe('1 0');
    await terminal.press('fg', 'Enter');
    await terminal.shows('q quit');
    await rig.write(HELLO_FILE, HELLO);
    await terminal.shows('✓ prints hello');
    await terminal.press('q');
    await expectWholeTerminal(terminal, 0);
  });

  test('from the menu of start, and back to it', async () => {
    const rig = await startedRig();
    await rig.write(HELLO_FILE, HELLO);
    const terminal = await openTerminal(rig);
    await terminal.press('nt start say-hello', 'Enter');
    await terminal.shows('❯ Watch');
    await terminal.press('Enter');
    await terminal.shows('1/2');
    await terminal.press('n');
    await terminal.shows('▸ add-up');
    await terminal.press('q');
    await terminal.shows('What next with add-up?');
  });
});

describe('what the program prints', () => {
  const MANY = "for (let line = 1; line <= 60; line++) console.log('line ' + line);\n";

  test('longer output scrolls inside its pane, and the verdict stays', async () => {
    const { terminal } = await watched('say-hello', { file: MANY });
    const first = await terminal.shows('line 60');
    expect(first).toContain('✗ prints hello');
    await terminal.press('o', 'Home');
    const top = await terminal.shows(' line 1\n', 'lines 1-', 'o back to the verdict');
    expect(top).toContain('✗ prints hello');
    expect(top).not.toContain('line 60');
    await terminal.press('PageDown');
    await terminal.shows(' line 20\n');
    await terminal.press('End');
    await terminal.shows(' line 60\n');
    await terminal.press('o');
    await terminal.shows('o output');
  });

  test('cannot draw over the screen or move the cursor', async () => {
    const hostile = String.raw`console.log('a\u001b[2J\u001b[1;1Hb\u001b]0;title\u0007c\td\u001b[31me'); console.log('日本語'.repeat(40));`;
    const { terminal } = await watched('say-hello', { file: `${hostile}\n` });
    await terminal.press('o');
    const screen = await terminal.shows('o back to the verdict');
    expect(screen.split('\n')[0]).toContain('▸ say-hello');
    expect(screen).toMatch(/ ab.*c {2,}de/);
    expect(screen.split('\n').filter((line) => line.includes('日本語')).length).toBe(4);
    expect(await terminal.state('#{pane_title}')).not.toBe('title');
  });
});
