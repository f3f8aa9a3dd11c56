// What a screen that watches has to outlive: storms of saves, editors' ways of saving, kills, terminals that go away.
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Rig } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { childOf, expectWholeTerminal, HELLO, isAlive, processesWith, startedRig, until } from './support.ts';

const FILE = 'node-tutor/say-hello/index.js';
const prints = (text: string) => `console.log('${text}');\n`;
/** Its run would take as long as a check may. */
const endless = (mark: string) => `process.title = '${mark}'; console.log('busy'); while (true) {}\n`;

async function watched(options: { environment?: string; args?: string } = {}) {
  const rig = await startedRig();
  const terminal = await openTerminal(rig);
  const words = [options.environment, 'nt watch say-hello', options.args];
  await terminal.press(words.filter(Boolean).join(' '), 'Enter');
  await terminal.shows('run 1');
  return { rig, terminal };
}

async function verdicts(rig: Rig): Promise<number> {
  const { exercises } = JSON.parse(await rig.read('node-tutor/.node-tutor/progress.json'));
  return exercises['say-hello'].attempts;
}

describe('saves', () => {
  test('a hundred within two seconds end with the verdict on the last', async () => {
    const { rig, terminal } = await watched();
    const mark = `storm-${process.pid}`;
    for (let save = 1; save < 100; save++) {
      await rig.write(FILE, save % 2 === 0 ? endless(mark) : prints(`not ${save}`));
      // The storm is what is tested: a save each 20 ms.
      await delay(20);
    }
    await rig.write(FILE, HELLO);
    await terminal.shows('✓ prints hello');
    await terminal.shows('1/2');
    await until(() => processesWith(mark).length === 0);
    expect(await verdicts(rig)).toBeLessThan(20);
    expect(await terminal.screen()).not.toContain('not ');
  });

  test('one during a run ends that run', async () => {
    const { rig, terminal } = await watched();
    const mark = `cut-short-${process.pid}`;
    await rig.write(FILE, endless(mark));
    await until(() => processesWith(mark).length > 0);
    await terminal.shows('checking');
    await rig.write(FILE, HELLO);
    await terminal.shows('✓ prints hello');
    await terminal.shows('run 3');
    await until(() => processesWith(mark).length === 0);
    await terminal.shows('1/2');
    expect(await verdicts(rig)).toBe(1);
  });

  test('a file that is emptied, and written a moment later, is one save; one that stays empty is one, too', async () => {
    const { rig, terminal } = await watched();
    const file = await open(path.join(rig.folder, FILE), 'w');
    // More than the pause after a save: as on a slow disk.
    await delay(60);
    await file.writeFile(HELLO);
    await file.close();
    await terminal.shows('1/2');
    await terminal.shows('run 2');
    await rig.write(FILE, '');
    await terminal.shows('✗ prints hello');
    await terminal.shows('run 3');
  });

  test('by renaming count, again and again', async () => {
    const { rig, terminal } = await watched();
    const folder = path.join(rig.folder, 'node-tutor/say-hello');
    for (const text of ['one', 'two', 'three']) {
      // As vim does: the old file becomes a backup, the new one gets the name.
      await rename(path.join(folder, 'index.js'), path.join(folder, 'index.js~')).catch(() => undefined);
      await writeFile(path.join(folder, 'index.js'), prints(text));
      await rm(path.join(folder, 'index.js~'), { force: true });
      await terminal.shows(`\n ${text}\n`);
    }
    for (const text of ['four', 'five', 'hello']) {
      // As sed -i, gedit and many others do.
      await writeFile(path.join(folder, 'sedXk2b'), prints(text));
      await rename(path.join(folder, 'sedXk2b'), path.join(folder, 'index.js'));
      await terminal.shows(`\n ${text}\n`);
    }
    await terminal.shows('✓ prints hello');
  });

  test('two of the same length within a moment: the last one counts', async () => {
    const { rig, terminal } = await watched();
    for (const [first, last] of [
      ['aaaa', 'bbbb'],
      ['cccc', 'dddd'],
      ['eeee', 'ffff'],
    ] as const) {
      await rig.write(FILE, prints(first));
      await rig.write(FILE, prints(last));
      await terminal.shows(`\n ${last}\n`);
    }
  });

  test('of files in folders count, of editors and packages do not', async () => {
    const { rig, terminal } = await watched();
    const folder = path.join(rig.folder, 'node-tutor/say-hello');
    await mkdir(path.join(folder, 'node_modules'));
    for (const name of ['.index.js.swp', 'index.js~', '#index.js#', '4913', 'node_modules/x.js']) {
      await writeFile(path.join(folder, name), 'x');
    }
    await rig.write(FILE, "console.log(require('fs').existsSync('views/page.ejs'));\n");
    await terminal.shows('\n false\n');
    await terminal.shows('run 2');
    await mkdir(path.join(folder, 'views'));
    await writeFile(path.join(folder, 'views/page.ejs'), '<p>');
    await terminal.shows('\n true\n');
    await terminal.shows('page.ejs');
    await writeFile(path.join(folder, 'views/page.ejs'), '<p>more');
    await terminal.shows('run 4');
  });

  test.each([
    ['NODE_TUTOR_POLL=1', ''],
    ['', '--poll'],
  ])('are found by looking where that is asked for (%s %s)', async (environment, args) => {
    const { rig, terminal } = await watched({ environment, args });
    await terminal.shows('The files are looked at every 0.2 s');
    await rig.write(FILE, HELLO);
    await terminal.shows('✓ prints hello');
    await terminal.shows('polling · saved');
    await rm(path.join(rig.folder, FILE));
    await terminal.shows('✗ prints hello');
  });
});

describe.runIf(process.platform === 'linux')('the end of the tutor', () => {
  async function busy(mark: string, args = '') {
    const { rig, terminal } = await watched({ args });
    await rig.write(FILE, HELLO);
    await terminal.shows('1/2');
    await rig.write(FILE, endless(mark));
    await until(() => processesWith(mark).length > 0);
    return { rig, terminal, tutor: childOf(await terminal.state('#{pane_pid}')) };
  }

  async function expectWhole(rig: Rig): Promise<void> {
    const { code, answer } = await rig.json(['list']);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ passed: 1, total: 2 });
  }

  test.each(['auto', 'guard', 'none'])(
    'kill -9 leaves no process, and whole progress (--isolate %s)',
    async (layer) => {
      const mark = `killed-${layer}-${process.pid}`;
      const { rig, tutor } = await busy(mark, `--isolate ${layer}`);
      process.kill(tutor, 'SIGKILL');
      await until(() => processesWith(mark).length === 0);
      await expectWhole(rig);
    },
  );

  test('a terminal that goes away ends it, and all that it started', async () => {
    const mark = `vanished-${process.pid}`;
    const { rig, terminal, tutor } = await busy(mark);
    await terminal.vanish();
    await until(() => processesWith(mark).length === 0);
    await until(() => !isAlive(tutor));
    await expectWhole(rig);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%s gives the terminal back', async (signal, code) => {
    const mark = `ended-${signal}-${process.pid}`;
    const { terminal, tutor } = await busy(mark);
    process.kill(tutor, signal);
    await expectWholeTerminal(terminal, code);
    await until(() => processesWith(mark).length === 0);
  });
});
