import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { placeArguments, takesTerminal } from '../../src/cli/editor/kinds.ts';
import { batchCommand } from '../../src/cli/editor/windows.ts';
import { commandWords } from '../../src/cli/editor/words.ts';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { expectWholeTerminal, TEXT_SUM } from './support.ts';

describe('the command of an editor', () => {
  test.each([
    ['code --wait', ['code', '--wait']],
    ["  'my editor' -n ", ['my editor', '-n']],
    ['"C:\\Program Files\\x\\x.exe" -n', ['C:\\Program Files\\x\\x.exe', '-n'], 'win32'],
    ['my\\ editor --name="a b"', ['my editor', '--name=a b']],
    ['C:\\x\\x.exe', ['C:\\x\\x.exe'], 'win32'],
    ['', []],
  ])('%j is %j', (command, words, platform = 'linux') => {
    expect(commandWords(command, platform)).toEqual(words);
  });

  test('a path with spaces is one word without quotes, too, when it is there', async () => {
    const rig = await makeRig();
    await rig.write('My Editor/code', '');
    const file = path.join(rig.folder, 'My Editor', 'code');
    expect(commandWords(`${file} --wait "a b"`)).toEqual([file, '--wait', 'a b']);
    expect(commandWords(`${file}x --wait`)).not.toContain(file);
  });

  test.each([
    ['/usr/bin/code', ['--goto', '/w/a b.js:7']],
    ['C:\\x\\bin\\code.cmd', ['--goto', '/w/a b.js:7']],
    ['vim', ['+7', '/w/a b.js']],
    ['zed', ['/w/a b.js:7']],
    ['kate', ['--line', '7', '/w/a b.js']],
    ['something-new', ['/w/a b.js']],
  ])('%s opens a line', (command, args) => {
    expect(placeArguments(command, { file: '/w/a b.js', line: 7 })).toEqual(args);
    expect(placeArguments(command, { file: '/w/a b.js' })).toEqual(['/w/a b.js']);
  });

  test('what is not known takes the terminal', () => {
    expect(['vim', 'nano', 'hx', 'something-new'].every(takesTerminal)).toBe(true);
    expect(['code', '/opt/Cursor.exe', 'subl', 'gedit'].some(takesTerminal)).toBe(false);
  });

  test('a batch file is told to cmd.exe so that no letter of a path means anything to it', () => {
    const { args } = batchCommand('C:\\VS Code\\code.cmd', ['C:\\50% & more\\a.js']);
    expect(args.slice(0, 3)).toEqual(['/d', '/s', '/c']);
    expect(args[3]).toBe('"C:\\VS^ Code\\code.cmd ^^^"C:\\50^^^%^^^ ^^^&^^^ more\\a.js^^^""');
  });
});

/** An editor that notes what it was given, and then waits to be let go where it has a window. */
function fakeEditor(rig: Rig, name: string, rest: string): Promise<string> {
  return rig.program(name, `for arg; do echo "$arg"; done > '${rig.folder}/given'\n${rest}`);
}

const given = async (rig: Rig) => (await rig.read('given')).split('\n').slice(0, -1);

describe('start --open', () => {
  test('starts an editor with a window and does not wait for it', async () => {
    const rig = await makeRig();
    const gate = path.join(rig.folder, 'gate');
    await promisify(execFile)('mkfifo', [gate]);
    await fakeEditor(
      rig,
      'code',
      `mv '${rig.folder}/given' '${rig.folder}/whole'; read line < '${gate}'; echo end > '${rig.folder}/ended'`,
    );
    const { code, stdout } = await rig.run(['start', 'add-up', '--open', '--course', TINY_COURSE], {
      env: { EDITOR: 'code --wait' },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('add-up');
    expect(existsSync(path.join(rig.folder, 'ended'))).toBe(false);
    await writeFile(gate, 'go\n');
    await expect.poll(() => existsSync(path.join(rig.folder, 'ended'))).toBe(true);
    const words = (await rig.read('whole')).split('\n').slice(0, -1);
    expect(words).toEqual(['--wait', path.join(rig.folder, 'node-tutor', 'add-up', 'sum.js')]);
  });

  test('VISUAL wins over EDITOR, --editor over both; what is not there is passed over or told', async () => {
    const rig = await makeRig();
    for (const name of ['subl', 'code', 'zed']) await fakeEditor(rig, name, `echo ${name} >> '${rig.folder}/used'`);
    const open = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
      rig.run(['start', 'say-hello', '--open', '--course', TINY_COURSE, ...args], { env });
    const used = async () => (await rig.read('used').catch(() => '')).split('\n').filter(Boolean).at(-1);
    const expectUsed = (name: string) => expect.poll(used).toBe(name);
    await open({ VISUAL: 'subl -w', EDITOR: 'code' });
    await expectUsed('subl');
    await open({ VISUAL: 'subl', EDITOR: 'code' }, '--editor', 'zed');
    await expectUsed('zed');
    await open({ VISUAL: 'no-such-editor', EDITOR: 'code' });
    await expectUsed('code');
    const missing = await open({}, '--editor', 'no-such-editor -x');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('There is no editor "no-such-editor -x".');
  });

  test('an editor of the terminal is refused without one', async () => {
    const rig = await makeRig();
    await fakeEditor(rig, 'vim', '');
    const { code, stderr } = await rig.run(['start', 'say-hello', '--open', '--course', TINY_COURSE], {
      env: { EDITOR: 'vim' },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('vim needs a terminal');
  });
});

describe('an editor in the terminal', () => {
  const open = async (rest: string) => {
    const rig = await makeRig();
    const file = await fakeEditor(rig, 'vim', rest);
    const terminal = await openTerminal(rig);
    await terminal.press(`EDITOR='${file}' nt start add-up --open --course ${TINY_COURSE}`, 'Enter');
    await terminal.shows('Space: go on');
    await terminal.press('Space');
    await terminal.shows('q: begin');
    await terminal.press('q');
    return { rig, terminal };
  };
  /** It reads one line itself, so keys that went anywhere else would be missed. */
  const TYPED = 'printf "\\033[2Jin the editor> "; read line; echo "$line" > "$HOME/typed"';

  test('has the terminal to itself, and gives it back to the menu', async () => {
    const { rig, terminal } = await open(TYPED);
    await terminal.shows('in the editor>');
    await terminal.press('hello there', 'Enter');
    await terminal.shows('❯ Watch');
    expect(await rig.read('.home/typed')).toBe('hello there\n');
    await terminal.press('Down', 'Down');
    await terminal.shows('❯ Open sum.js in vim');
  });

  test('gets Ctrl-C, and the tutor goes on', async () => {
    const { terminal } = await open(`trap 'echo caught' INT; ${TYPED}`);
    await terminal.shows('in the editor>');
    await terminal.press('C-c');
    await terminal.shows('caught');
    await terminal.shows('❯ Watch');
  });

  test('one that is killed leaves a whole terminal', async () => {
    const { terminal } = await open('stty raw -echo; printf "\\033[?1049h\\033[?25l"; kill -9 $$');
    await terminal.shows('❯ Watch');
    await terminal.press('C-c');
    await expectWholeTerminal(terminal, 130);
  });

  test('opens the line that the check names', async () => {
    const { rig, terminal } = await open('');
    await terminal.shows('❯ Watch');
    await terminal.press('Down');
    await terminal.shows('❯ Check my solution');
    await rig.write('node-tutor/add-up/sum.js', TEXT_SUM);
    await terminal.press('Enter');
    await terminal.shows('Give me a hint');
    await terminal.press('Down', 'Down');
    await terminal.shows('❯ Open sum.js:3 in vim');
    await terminal.press('Enter');
    await expect.poll(() => given(rig)).toEqual(['+3', path.join(rig.folder, 'node-tutor', 'add-up', 'sum.js')]);
  });
});
