import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal, type TerminalRig } from '../rig/terminal.ts';
import { expectWholeTerminal, HELLO } from './support.ts';

/** `start` in a terminal of 80×24, at its main menu. */
async function startedTerminal(): Promise<{ rig: Rig; terminal: TerminalRig }> {
  const rig = await makeRig();
  const terminal = await openTerminal(rig);
  await terminal.press(`nt start --course ${TINY_COURSE}`, 'Enter');
  await terminal.shows('❯ Continue: the lesson Printing');
  return { rig, terminal };
}

/** From the main menu to the exercise's own, by its lesson. */
async function openExercise(terminal: TerminalRig): Promise<void> {
  await terminal.press('Enter');
  await terminal.shows('q: back');
  await terminal.press('q');
  await terminal.shows('❯ Take its quiz: 2 questions');
  await terminal.press('Down', 'Enter');
  await terminal.shows('q: begin');
  await terminal.press('q');
  await terminal.shows('❯ Watch');
}

describe('start in a terminal', () => {
  test('explains itself on one screen the first time, and not again', async () => {
    const { rig, terminal } = await startedTerminal();
    const screen = await terminal.screen();
    expect(screen).toContain('A tiny course');
    expect(screen).toContain('1. Read a lesson');
    expect(screen).toContain(path.join(rig.folder, 'node-tutor'));
    await terminal.press('Down', 'Down', 'Down', 'Enter');
    await terminal.shows('Your work is saved.');
    await expectWholeTerminal(terminal, 0);
    await terminal.press('clear; nt start', 'Enter');
    expect(await terminal.shows('❯ Continue: the lesson Printing')).not.toContain('1. Read a lesson');
  });

  test.each([
    [80, 24],
    [40, 12],
    [30, 8],
  ])('explains itself on a page of its own where an exercise is asked for (%i×%i)', async (columns, rows) => {
    const terminal = await openTerminal(await makeRig());
    await terminal.resize(columns, rows);
    await expect.poll(() => terminal.state('#{pane_width}x#{pane_height}')).toBe(`${columns}x${rows}`);
    await terminal.press(`nt start add-up --course ${TINY_COURSE}`, 'Enter');
    expect(await terminal.shows('Space: go on')).toMatch(/^ {2}A tiny course\n/);
    let read = '';
    for (let screen = await terminal.screen(); !screen.includes('100%'); screen = await terminal.screen()) {
      read += screen;
      await terminal.press('Down');
    }
    read += await terminal.shows('100%', 'Space: go on');
    for (const text of ['1. Read a lesson', '2. Write the code', '3. Check it here', 'Come back with']) {
      expect(read).toContain(text);
    }
    await terminal.press('Space');
    await terminal.shows('q: begin');
  });

  test('explains itself on a page where the menu would push it off the screen', async () => {
    const terminal = await openTerminal(await makeRig());
    await terminal.resize(40, 9);
    await expect.poll(() => terminal.state('#{pane_width}x#{pane_height}')).toBe('40x9');
    await terminal.press(`nt start --course ${TINY_COURSE}`, 'Enter');
    await terminal.shows('A tiny course', 'Space: go on');
    await terminal.press('q');
    await terminal.shows('❯ Continue');
  });

  test('Ctrl-C at the explanation leaves the terminal whole', async () => {
    const terminal = await openTerminal(await makeRig());
    await terminal.press(`nt start add-up --course ${TINY_COURSE}`, 'Enter');
    await terminal.shows('Space: go on');
    await terminal.press('C-c');
    await expectWholeTerminal(terminal, 130);
  });

  test('leads from the lesson to the exercise, a failing check, a hint, and passing', async () => {
    const { rig, terminal } = await startedTerminal();
    await terminal.press('Enter');
    await terminal.shows('q: back');
    await terminal.press('q');
    await terminal.shows('❯ Take its quiz: 2 questions');
    await terminal.press('Enter');
    await terminal.shows('Question 1 of 2', '❯');
    await terminal.press('Enter');
    await terminal.shows('Question 2 of 2', '❯');
    await terminal.press('Down', 'Enter');
    await terminal.shows('2 of 2 right');
    await terminal.shows('❯ Open the exercise say-hello: Say hello');
    await terminal.press('Enter');
    await terminal.shows('q: begin');
    await terminal.press('q');
    await terminal.shows('❯ Watch: check it each time that I save');
    await terminal.press('Down');
    await terminal.shows('❯ Check my solution');
    expect(existsSync(path.join(rig.folder, 'node-tutor', 'say-hello', 'index.js'))).toBe(true);
    await terminal.press('Enter');
    await terminal.shows('There is no code to run yet.');
    await terminal.shows('Give me a hint');
    await terminal.press('Down', 'Enter');
    await terminal.shows('Which function prints?');
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await terminal.press('Up', 'Enter');
    await terminal.shows('1 of 1 passed');
    await terminal.shows('❯ Next exercise: add-up');
    const { answer } = await rig.json(['list']);
    expect(answer).toMatchObject({ passed: 1, current: 'add-up' });
    expect(answer.tracks[0].lessons[0].read).toBe(true);
  });

  test('fits a small terminal, and one that changes its size', async () => {
    const { terminal } = await startedTerminal();
    await terminal.resize(44, 12);
    await terminal.press('Down');
    const small = await terminal.shows('❯ Lessons');
    expect(small.match(/Continue: the lesson Printing/g)).toHaveLength(1);
    await terminal.press('Enter');
    await terminal.shows('❯   Printing');
    await terminal.press('Enter');
    await terminal.shows('q: back');
    await terminal.resize(80, 24);
    await terminal.press('q');
    await terminal.shows('❯ Take its quiz: 2 questions');
  });

  test('Ctrl-C in a menu leaves the terminal whole', async () => {
    const { terminal } = await startedTerminal();
    await terminal.press('C-c');
    await expectWholeTerminal(terminal, 130);
  });

  test('Ctrl-C in a lesson leaves the terminal whole', async () => {
    const { terminal } = await startedTerminal();
    await terminal.press('Down', 'Enter');
    await terminal.shows('❯   Printing');
    await terminal.press('Enter');
    await terminal.shows('q: back');
    await terminal.press('C-c');
    await expectWholeTerminal(terminal, 130);
  });

  test('Ctrl-C during a check ends the check, and the terminal is whole', async () => {
    const { rig, terminal } = await startedTerminal();
    await openExercise(terminal);
    await terminal.press('Down');
    await terminal.shows('❯ Check my solution');
    await rig.write('node-tutor/say-hello/index.js', 'while (true) {}\n');
    await terminal.press('Enter');
    await terminal.shows('checking say-hello');
    await terminal.press('C-c');
    await expectWholeTerminal(terminal, 130);
  });

  test('keeps the menu when something cannot be done', async () => {
    const { rig, terminal } = await startedTerminal();
    await openExercise(terminal);
    await terminal.press('Down');
    await terminal.shows('❯ Check my solution');
    const { rm } = await import('node:fs/promises');
    await rm(path.join(rig.folder, 'node-tutor', 'say-hello'), { recursive: true });
    await terminal.press('Enter');
    await terminal.shows('There is no index.js in the folder.', '❯ Check my solution');
  });
});
