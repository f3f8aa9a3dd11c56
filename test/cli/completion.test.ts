import { execFile, spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/contract.ts';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { startedRig } from './support.ts';

/** What a shell would be told for the last of the words. */
async function completed(rig: Rig, ...words: readonly string[]): Promise<string[]> {
  const before = words.slice(0, -1);
  const { code, stdout, stderr } = await rig.run(['completion', 'words', '--', ...before, `=${words.at(-1)}`]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split('\n').filter(Boolean);
}

const values = (lines: readonly string[]) => lines.map((line) => line.split('\t')[0]);

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

describe('what is completed', () => {
  test('commands, each with what it does', async () => {
    const rig = await makeRig();
    const lines = await completed(rig, '');
    expect(values(lines)).toEqual(COMMANDS.map(({ name }) => name));
    expect(lines.every((line) => /^[a-z]+\t\S/.test(line))).toBe(true);
    expect(values(await completed(rig, 'st'))).toEqual(['start']);
  });

  test('ids of the course that the workspace belongs to', async () => {
    const rig = await startedRig();
    expect(await completed(rig, 'start', '')).toEqual([
      'say-hello\tSay hello',
      'add-up\tAdd the numbers on the command line',
    ]);
    expect(values(await completed(rig, 'check', 'a'))).toEqual(['add-up']);
    expect(values(await completed(rig, 'lesson', ''))).toEqual(['printing']);
    expect(values(await completed(rig, 'audit', 'add-up', ''))).toEqual(['say-hello', 'add-up', 'printing']);
    expect(values(await completed(rig, '--json', '--seed', '7', 'hint', 's'))).toEqual(['say-hello']);
  });

  test('options with their values, and no option twice', async () => {
    const rig = await startedRig();
    expect(values(await completed(rig, 'list', '--t'))).toEqual(['--track', '--todo']);
    expect(values(await completed(rig, 'list', '--todo', '--t'))).toEqual(['--track']);
    expect(values(await completed(rig, 'list', '--track', ''))).toEqual(['first']);
    expect(values(await completed(rig, 'check', '--isolate', 'g'))).toEqual(['guard']);
    expect(await completed(rig, 'grade', '')).toEqual([':files']);
    expect(await completed(rig, 'progress', 'import', '')).toEqual([':files']);
    expect(values(await completed(rig, 'progress', ''))).toEqual(['export', 'import', 'recheck']);
    expect(await completed(rig, 'doctor', '')).toEqual([]);
  });

  test('of the course that the line names, and nothing where there is none', async () => {
    const rig = await makeRig();
    expect(values(await completed(rig, '--course', TINY_COURSE, 'start', 'a'))).toEqual(['add-up']);
    expect(await completed(rig, '--course', './nowhere', 'start', 'a')).toEqual([]);
  });

  test('a shell that nobody knows is told', async () => {
    const rig = await makeRig();
    const { code, stderr } = await rig.run(['completion', 'tcsh']);
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish, powershell');
  });
});

describe('bash', () => {
  test('completes at the Tab key: commands, ids and files', async () => {
    const rig = await startedRig();
    await mkdir(path.join(rig.folder, 'my folder'));
    const terminal = await openTerminal(rig);
    // Without a history: bash would write it when the terminal goes, while the rig's folder is removed.
    // Prompts are counted, so that each is known when it appears; from then on bash reads keys itself.
    await terminal.press("HISTFILE= PS1='\\#> ' bash --norc --noprofile", 'Enter');
    await terminal.shows('\n1>');
    await terminal.press('eval "$(node-tutor completion bash)"', 'Enter');
    await terminal.shows('\n2>');
    await terminal.press('node-tutor sta', 'Tab');
    await terminal.shows('\n2> node-tutor start');
    await terminal.press('ad', 'Tab');
    await terminal.shows('\n2> node-tutor start add-up');
    await terminal.press('C-u', 'node-tutor grade ./my', 'Tab');
    await terminal.shows('\n2> node-tutor grade ./my\\ folder/');
  });

  test('its script is one that bash runs without a word', async () => {
    const rig = await startedRig();
    const script = `set -eu\n${(await rig.run(['completion', 'bash'])).stdout}
COMP_WORDS=(node-tutor check --isolate guard '')\nCOMP_CWORD=4\n_node_tutor\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: rig.folder, env: rig.env });
    expect({ stdout, stderr }).toEqual({ stdout: 'say-hello\nadd-up\n', stderr: '' });
  });
});

test.runIf(has('zsh'))('zsh completes at the Tab key', async () => {
  const rig = await startedRig();
  const terminal = await openTerminal(rig);
  await terminal.press("PS1='%!> ' zsh -f", 'Enter');
  await terminal.shows('\n1>');
  await terminal.press('autoload -U compinit; compinit -u -D; eval "$(node-tutor completion zsh)"', 'Enter');
  await terminal.shows('\n2>');
  await terminal.press('node-tutor start ad', 'Tab');
  await terminal.shows('\n2> node-tutor start add-up');
});

test.runIf(has('fish'))('fish completes at the Tab key', async () => {
  const rig = await startedRig();
  const script = `node-tutor completion fish | source; complete -C 'node-tutor start '; complete -C 'node-tutor list --tr'`;
  const { stdout } = await promisify(execFile)('fish', ['--no-config', '-c', script], {
    cwd: rig.folder,
    env: rig.env,
  });
  expect(values(stdout.split('\n').filter(Boolean))).toEqual(
    expect.arrayContaining(['say-hello', 'add-up', '--track']),
  );
});
