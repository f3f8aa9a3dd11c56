import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { processesWith, startedRig, until } from './support.ts';

const ENDLESS = (mark: string) => `process.title = '${mark}'; setInterval(() => {}, 1000); while (true) {}\n`;

describe.runIf(process.platform === 'linux')('a signal in the midst of a check', () => {
  test.each([
    ['SIGINT', 130, 'auto'],
    ['SIGTERM', 143, 'auto'],
    ['SIGHUP', 129, 'auto'],
    ['SIGINT', 130, 'guard'],
    ['SIGTERM', 143, 'none'],
  ] as const)('%s ends it with %d, and all that it started (--isolate %s)', async (signal, code, layer) => {
    const rig = await startedRig();
    const mark = `endless-${signal}-${layer}-${process.pid}`;
    await rig.write('node-tutor/say-hello/index.js', ENDLESS(mark));
    const state = async () => [
      (await readdir(path.join(rig.folder, 'node-tutor/.node-tutor'))).sort(),
      await rig.read('node-tutor/.node-tutor/progress.json'),
    ];
    const before = await state();
    const { child, finished } = rig.start(['check', 'say-hello', '--isolate', layer]);
    await until(() => processesWith(mark).length > 0);
    child.kill(signal);
    expect(await finished).toMatchObject({ code, signal: null, stdout: '' });
    await until(() => processesWith(mark).length === 0);
    expect(await state()).toEqual(before);
  });

  test('SIGUSR1 does not open the inspector', async () => {
    const rig = await startedRig();
    const mark = `endless-usr1-${process.pid}`;
    await rig.write('node-tutor/say-hello/index.js', ENDLESS(mark));
    const { child, finished } = rig.start(['check', 'say-hello']);
    await until(() => processesWith(mark).length > 0);
    child.kill('SIGUSR1');
    child.kill('SIGTERM');
    const { stderr } = await finished;
    expect(stderr).not.toMatch(/debugger/i);
  });
});
