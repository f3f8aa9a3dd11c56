import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal, type TerminalRig } from '../rig/terminal.ts';
import { expectLeft, reading, type Size } from './reading.ts';
import { childOf, expectWholeTerminal, isAlive, startedRig, until } from './support.ts';

/** Shows a screen, and then throws an error in the tutor where nobody catches it: a module that Node loads first does it. */
async function crashed(show: (before: string) => Promise<{ rig: Rig; terminal: TerminalRig }>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'node-tutor-fault-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const fault = path.join(folder, 'fault.cjs');
  await writeFile(fault, "process.on('SIGUSR2', () => { throw new Error('thrown in the middle'); });\n");
  const shown = await show(`NODE_OPTIONS='--require ${fault}'`);
  process.kill(childOf(await shown.terminal.state('#{pane_pid}')), 'SIGUSR2');
  return shown;
}

const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 40, rows: 12 },
];

describe('a lesson on screen', () => {
  test.each(SIZES)('fits $columns × $rows', async (size) => {
    const { terminal } = await reading(size, 'NO_COLOR=1');
    await terminal.looksLike(`lesson-${size.columns}x${size.rows}.txt`);
  });

  test('is read page by page, by section, back and forward', async () => {
    const { rig, terminal } = await reading();
    await terminal.shows('1/4 Reading on');
    await terminal.press('Right');
    expect(await terminal.shows('2/4 A table')).toMatch(/^A table\n/);
    await terminal.press('Right', 'Right');
    expect(await terminal.shows('4/4 The needle')).toMatch(/^The needle\n/);
    await terminal.press('Left');
    expect(await terminal.shows('3/4 Endless')).toMatch(/^Endless\n/);
    await terminal.press('Space');
    const page = await terminal.shows('Paragraph 12', 'q: back');
    expect(page).toContain('3/4 Endless');
    await terminal.press('b');
    expect(await terminal.shows('This one never ends')).toMatch(/^Endless\n/);
    await terminal.press('Down');
    await terminal.shows('Paragraph 8');
    await terminal.press('Up', 'End');
    await terminal.shows('4/4 The needle · 100%');
    await terminal.press('Space');
    await expectLeft(terminal);
    const { answer } = await rig.json(['list']);
    expect(answer.tracks[0].lessons[1].read).toBe(true);
  });

  test('is searched, on and back, and says when nothing is found', async () => {
    const { terminal } = await reading();
    await terminal.press('/');
    await terminal.press('PARAGRAPH', 'Enter');
    await terminal.shows('Paragraph 1 says');
    await terminal.press('n', 'n', 'N');
    await terminal.press('/');
    await terminal.press('needle', 'Enter');
    await terminal.shows('Here lies the needle.');
    await terminal.press('/');
    await terminal.press('nothing like this', 'Enter');
    await terminal.shows('Nowhere here: nothing like this');
    await terminal.press('/');
    await terminal.press('half', 'Escape');
    await terminal.shows('q: back');
    await terminal.press('q');
    await expectLeft(terminal);
  });

  test('keeps its place when the terminal changes its size', async () => {
    const { terminal } = await reading();
    await terminal.press('Right');
    await terminal.shows('2/4 A table');
    await terminal.resize(50, 14);
    expect(await terminal.shows('others\n', '2/4 A table')).toMatch(/^A table\n/);
    await terminal.resize(100, 30);
    const large = await terminal.shows('q: back  Space: on  r: run  e: edit  Tab: choose');
    expect(large).toMatch(/^A table\n/);
  });

  test('runs the example on the screen with a key, with its arguments', async () => {
    const { terminal } = await reading();
    expect(await terminal.screen()).toContain('▶ │ // what was typed');
    await terminal.press('r');
    const shown = await terminal.shows('As the lesson shows.');
    expect(shown).toMatch(/^\$ node example\.js Sana 3\n\n\[ 'Sana', '3' \] 2 words\n/);
    await terminal.press('q');
    await terminal.shows('1/4 Reading on');
  });

  test('says when an example prints something else, and shows no escape sequence of it', async () => {
    const { terminal } = await reading();
    await terminal.press('Tab', 'Tab');
    await terminal.shows('▶ │ console.log');
    await terminal.press('r');
    expect(await terminal.shows('The lesson shows something else')).toContain('\\e]0;title\\x07 42');
    expect(await terminal.state('#{pane_title}')).not.toBe('title');
  });

  test('an example that never ends is ended by a key', async () => {
    const { terminal } = await reading();
    await terminal.press('Tab');
    await terminal.shows("▶ │ console.log('begun')");
    await terminal.press('r');
    await terminal.shows('Running… q ends it.');
    await terminal.press('q');
    await terminal.shows('3/4 Endless');
    await terminal.press('q');
    await expectLeft(terminal);
  });

  test('Ctrl-C while an example runs leaves the terminal whole', async () => {
    const { terminal } = await reading();
    await terminal.press('Tab');
    await terminal.shows("▶ │ console.log('begun')");
    await terminal.press('r');
    await terminal.shows('Running… q ends it.');
    await terminal.press('C-c');
    await expectWholeTerminal(terminal, 130);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s in the middle of it gives the terminal back', async (signal, code) => {
    const { terminal } = await reading();
    process.kill(childOf(await terminal.state('#{pane_pid}')), signal);
    await expectWholeTerminal(terminal, code);
  });

  test('a terminal that goes away in the middle of it ends the tutor', async () => {
    const { terminal } = await reading();
    const tutor = childOf(await terminal.state('#{pane_pid}'));
    await terminal.vanish();
    await until(() => !isAlive(tutor));
  });

  test('a fault of the tutor gives the terminal back, and is told there', async () => {
    const { terminal } = await crashed((before) => reading(undefined, before));
    await terminal.shows('The tutor failed, which is our fault: thrown in the middle');
    await expectWholeTerminal(terminal, 3);
  });

  test('a fault while the watch screen is up, too', async () => {
    const { terminal } = await crashed(async (before) => {
      const rig = await startedRig();
      const terminal = await openTerminal(rig);
      await terminal.press(`clear; ${before} nt watch say-hello`, 'Enter');
      await terminal.shows('run 1', 'q quit');
      return { rig, terminal };
    });
    await terminal.shows('The tutor failed, which is our fault: thrown in the middle');
    await expectWholeTerminal(terminal, 3);
  });

  test('opens a copy of an example in the editor, runs that one, and never overwrites it', async () => {
    const { rig, terminal } = await reading(undefined, 'EDITOR=vim');
    await rig.program('vim', `echo "console.log('mine');" >> "$1"`);
    await terminal.press('e');
    await terminal.shows('Opened in vim.');
    const copy = 'node-tutor/lesson-examples/reading/1/example.js';
    expect(existsSync(path.join(rig.folder, copy))).toBe(true);
    await terminal.press('r');
    const shown = await terminal.shows('Your own copy of it');
    expect(shown).toContain('2 words\nmine\n');
    await terminal.press('q', 'e');
    await expect.poll(async () => (await rig.read(copy)).split('mine').length).toBe(3);
  });
});

test('an example finds the files that the lesson has shown, and what is typed to it', async () => {
  const rig = await makeRig();
  await cp(TINY_COURSE, path.join(rig.folder, 'course'), { recursive: true });
  await rig.write(
    'course/lessons/01-first/02-parts.md',
    `---
id: parts
title: Parts
exercises: []
---
\`\`\`js file="lib/greet.js"
module.exports = (name) => \`{{ Hello }} \${name}\`;
\`\`\`

\`\`\`js run args="again" stdin="Sana\\nAli"
const names = require('node:fs').readFileSync(0, 'utf8').split('\\n');
console.log(names.map(require('./lib/greet.js')), process.argv[2]);
\`\`\`
\`\`\`output
[ '{{ Hello }} Sana', '{{ Hello }} Ali' ] again
\`\`\`
`,
  );
  const audit = await rig.run(['audit', 'parts', '--course', 'course']);
  expect(audit).toMatchObject({ code: 0, stdout: expect.stringContaining('0 faults') });
  expect((await rig.run(['lesson', 'parts', '--course', 'course'])).stdout).toContain('  lib/greet.js\n  │ module');
  const terminal = await openTerminal(rig);
  await terminal.press('nt lesson parts --course course', 'Enter');
  await terminal.shows('q: back');
  await terminal.press('r');
  expect(await terminal.shows('As the lesson shows.')).toContain("'{{ Hello }} Ali' ] again");
});

test('the glossary is read and searched in the same way; one word is printed', async () => {
  const rig = await makeRig();
  const terminal = await openTerminal(rig);
  await terminal.press('nt lesson glossary', 'Enter');
  await terminal.shows('q: back');
  await terminal.press('/');
  await terminal.press('event loop', 'Enter');
  await terminal.shows('vent loop');
  await terminal.press('q');
  await terminal.atPrompt();
  await terminal.press('clear; nt lesson glossary event-loop', 'Enter');
  await terminal.shows('vent loop');
  expect(await terminal.state('#{alternate_on}')).toBe('0');
});

test.each(['../out.js', '/abs.js', 'a/../../b.js', 'example.js', '.hidden', 'a b.js', ''])(
  'a lesson cannot write a file named %j',
  async (name) => {
    const rig = await makeRig();
    await cp(TINY_COURSE, path.join(rig.folder, 'course'), { recursive: true });
    await rig.write(
      'course/lessons/01-first/02-parts.md',
      `---\nid: parts\ntitle: Parts\nexercises: []\n---\n\`\`\`js file="${name}"\n1\n\`\`\`\n`,
    );
    const { code, stderr } = await rig.run(['lesson', 'parts', '--course', 'course']);
    expect(code).toBe(2);
    expect(stderr).toContain('the name of the file is not understood');
  },
);

test('without a terminal a lesson is printed as it was', async () => {
  const rig = await makeRig();
  const { stdout } = await rig.run(['lesson', 'printing', '--course', TINY_COURSE]);
  expect(stdout).toMatch(/^# Printing\n\nA program prints/);
  expect(stdout).not.toContain('\u001b');
});
