// A workspace on a file system whose files somebody else changes, as in a shared folder of a virtual machine.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, onTestFinished, test } from 'vitest';
import { openTerminal } from '../rig/terminal.ts';
import { HELLO, startedRig } from './support.ts';

const lack = whatIsMissing();

describe.skipIf(lack)(`a workspace on a mounted file system${lack ? ` (${lack})` : ''}`, () => {
  test('that does not tell of saves on its other side is looked at', async () => {
    const rig = await startedRig();
    const [near, far] = [path.join(rig.folder, 'node-tutor'), path.join(rig.folder, 'far')];
    await rename(near, far);
    await mkdir(near);
    mount(far, near);
    onTestFinished(() => unmount(near));
    const terminal = await openTerminal(rig);
    await terminal.press('nt watch say-hello', 'Enter');
    await terminal.shows('run 1');
    await terminal.shows('This file system does not tell of saves, so files are looked at every 0.2 s.');
    await rig.write('far/say-hello/index.js', HELLO);
    await terminal.shows('✓ prints hello');
    await terminal.shows('polling · saved');
  });
});

/** Why nothing can be mounted here; undefined where it can. */
function whatIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'bindfs is for Linux';
  if (spawnSync('bindfs', ['--version']).error) return 'bindfs is not installed';
  const folder = mkdtempSync(path.join(tmpdir(), 'mount-'));
  const [far, near] = [path.join(folder, 'far'), path.join(folder, 'near')];
  try {
    for (const each of [far, near]) mkdirSync(each);
    mount(far, near);
    unmount(near);
    return undefined;
  } catch (error) {
    return `bindfs cannot mount here: ${error instanceof Error ? error.message.trim() : error}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mount(far: string, near: string): void {
  run('bindfs', far, near);
}

/** Root may always unmount; for others the tool of FUSE does it, of whichever version bindfs has brought. */
function unmount(folder: string): void {
  if (process.getuid?.() === 0) run('umount', '--lazy', folder);
  else run(['fusermount3', 'fusermount'].find((tool) => !spawnSync(tool, ['-V']).error) ?? 'fusermount', '-uz', folder);
}

function run(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(stderr);
}
