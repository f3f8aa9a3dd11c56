import { rename } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal, type TerminalRig } from '../rig/terminal.ts';
import { HELLO, SUM, startedRig, TEXT_SUM } from './support.ts';

const SUM_FILE = 'node-tutor/add-up/sum.js';
const HELLO_FILE = 'node-tutor/say-hello/index.js';
/** Saves in one step: a file that is emptied and then written may be seen in between, and is checked twice. */
async function save(rig: Rig, text: string): Promise<void> {
  await rig.write('saved', text);
  await rename(path.join(rig.folder, 'saved'), path.join(rig.folder, SUM_FILE));
}
/** Right, and written otherwise than the solution. */
const OTHER_SUM = `const numbers = process.argv.slice(2).map(Number);
let sum = 0;
for (const number of numbers) {
  sum += number;
}
console.log(sum);
`;
const SIZES = [
  [80, 24],
  [120, 40],
  [40, 12],
] as const;

async function terminalOf(rig: Rig, [columns, rows]: readonly [number, number]): Promise<TerminalRig> {
  const terminal = await openTerminal(rig);
  await terminal.resize(columns, rows);
  await expect.poll(() => terminal.state('#{pane_width}x#{pane_height}')).toBe(`${columns}x${rows}`);
  return terminal;
}

describe.each(SIZES)('at %i×%i', (columns, rows) => {
  const size = [columns, rows] as const;
  const named = (name: string) => `${name}-${columns}x${rows}.txt`;

  test('the first run', async () => {
    const terminal = await terminalOf(await makeRig(), size);
    await terminal.press(`clear; nt start --course ${TINY_COURSE}`, 'Enter');
    await terminal.shows('❯ Continue: the lesson Printing');
    await terminal.looksLike(named('first-run'));
  });

  test('a failing watch', async () => {
    const rig = await startedRig();
    await rig.write(SUM_FILE, TEXT_SUM);
    const terminal = await terminalOf(rig, size);
    await terminal.press('nt watch add-up --seed 7', 'Enter');
    await terminal.shows('run 1');
    await terminal.looksLike(named('watch-failing'));
  });

  test('a passing watch', async () => {
    const rig = await startedRig();
    const terminal = await terminalOf(rig, size);
    await terminal.press('nt watch add-up --seed 7', 'Enter');
    await terminal.shows('run 1');
    await save(rig, OTHER_SUM);
    await terminal.shows('1/2');
    await terminal.looksLike(named('watch-passing'));
  });

  test('the end of a track, with something that does not pass any more', async () => {
    const rig = await startedRig();
    await rig.write(HELLO_FILE, HELLO);
    await rig.run(['check', 'say-hello']);
    await rig.write(HELLO_FILE, "console.log('good bye');\n");
    const terminal = await terminalOf(rig, size);
    await terminal.press('nt watch add-up --seed 7', 'Enter');
    await terminal.shows('run 1');
    await save(rig, SUM);
    await terminal.shows('✗ say-hello');
    await terminal.looksLike(named('watch-track-end'));
  });
});

test('the end of a track of which all passes', async () => {
  const rig = await startedRig();
  await rig.write(HELLO_FILE, HELLO);
  await rig.run(['check', 'say-hello']);
  await rig.write(SUM_FILE, SUM);
  const terminal = await openTerminal(rig);
  await terminal.press('nt watch add-up', 'Enter');
  await terminal.shows('✓ First steps: all 2 exercises still pass.');
  await terminal.press('n');
  await terminal.shows('Every exercise has passed; there is no next one.');
});

test('fits a terminal that changes its size, and keeps the verdict', async () => {
  const rig = await startedRig();
  await rig.write(SUM_FILE, TEXT_SUM);
  const terminal = await openTerminal(rig);
  await terminal.press('nt watch add-up --seed 7', 'Enter');
  await terminal.shows('run 1');
  await terminal.resize(40, 12);
  await terminal.looksLike('watch-failing-40x12.txt');
  await terminal.resize(120, 40);
  await terminal.looksLike('watch-failing-120x40.txt');
  await terminal.resize(80, 24);
  await terminal.looksLike('watch-failing-80x24.txt');
});

test('without colors it is the same screen, and no color is written', async () => {
  const rig = await startedRig();
  await rig.write(SUM_FILE, TEXT_SUM);
  const terminal = await openTerminal(rig);
  const recorded = await terminal.record();
  await terminal.press('NO_COLOR=1 nt watch add-up --seed 7', 'Enter');
  await terminal.looksLike('watch-failing-80x24.txt');
  expect((await recorded('? keys')).split('\u001b[').filter((piece) => /^[\d;]*m/.test(piece))).toEqual([]);
});

test('the place of the failure is a link where the terminal shows such, and the screen is the same', async () => {
  const rig = await startedRig();
  await rig.write(SUM_FILE, TEXT_SUM);
  const terminal = await openTerminal(rig);
  const recorded = await terminal.record();
  await terminal.press('FORCE_HYPERLINK=1 nt watch add-up --seed 7', 'Enter');
  await terminal.looksLike('watch-failing-80x24.txt');
  const link = `\u001b]8;;${pathToFileURL(path.join(rig.folder, SUM_FILE)).href}#3\u001b\\`;
  // Of the file below, and of the place in the text.
  expect((await recorded(' keys')).split(link)).toHaveLength(3);
  await terminal.press('q');
  await terminal.atPrompt();
  const checked = await terminal.record();
  await terminal.press('clear; FORCE_HYPERLINK=1 nt check add-up', 'Enter');
  await terminal.shows('sum.js:3', 'Again:');
  expect(await checked('Again:')).toContain(link);
  const { stdout } = await rig.run(['check', 'add-up'], { env: { FORCE_HYPERLINK: '1' } });
  expect(stdout).toContain('sum.js:3');
  expect(stdout).not.toContain('\u001b');
});

test('a change of one line writes that line and not the screen', async () => {
  const rig = await startedRig();
  await rig.write(SUM_FILE, TEXT_SUM);
  const terminal = await openTerminal(rig);
  await terminal.press('nt watch add-up --seed 7', 'Enter');
  await terminal.shows('run 1');
  const recorded = await terminal.record();
  await terminal.press('x');
  await terminal.shows('Put the starter files back?');
  const raw = await recorded('Put the starter files back?');
  expect(raw).not.toContain('prints the sum');
  expect(raw).not.toContain('\u001b[2J');
});
