// What is left when a grader dies without a chance to clean up.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRunFolders, removeStaleFolders } from '../../src/sandbox/folders.ts';
import { describeLayers } from '../../src/sandbox/layers.ts';
import { buildInto, launchSpec, processesWith, type RigJob, sandboxOptions, tempFolder, writeFiles } from './rig.ts';

const dist = tempFolder();
const scratch = tempFolder(0o777);
const submission = writeFiles(tempFolder(), {
  'index.js': "require('fs').writeFileSync('up', ''); for (;;);",
});
const available = (await describeLayers()).filter(({ probe }) => probe.available).map(({ name }) => name);
const systemTemp = process.env.TMPDIR;

beforeAll(() => buildInto(dist));
afterAll(() => {
  if (systemTemp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = systemTemp;
  for (const folder of [dist, scratch, submission]) fs.rmSync(folder, { recursive: true });
});

function startRig(job: RigJob, temp: string): ChildProcess {
  const env = { PATH: process.env.PATH ?? '', TMPDIR: temp };
  return spawn(process.execPath, [path.join(dist, 'rig.cjs'), JSON.stringify(job)], { env, stdio: 'ignore' });
}

test.each(available)('under %s, neither a program nor its folder outlives a grader that was killed', async (layer) => {
  const temp = path.join(scratch, layer);
  fs.mkdirSync(temp, { mode: 0o777 });
  const sandbox = sandboxOptions({ submission, layer, dist });
  const rig = startRig({ sandbox, launch: launchSpec('index.js'), go: { args: [], env: {} }, requests: [] }, temp);
  await expect.poll(() => fs.readdirSync(temp, { recursive: true }).join(), { timeout: 20_000 }).toContain('up');
  expect(processesWith(temp)).not.toEqual([]);
  rig.kill('SIGKILL');
  await expect.poll(() => processesWith(temp), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => fs.readdirSync(temp), { timeout: 20_000 }).toEqual([]);
});

test('folders of a tutor that is gone are removed after an hour, all others are kept', async () => {
  const temp = path.join(scratch, 'stale');
  fs.mkdirSync(temp);
  process.env.TMPDIR = temp;
  const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
  const [gone, young, alive] = [makeRunFolders().root, makeRunFolders().root, makeRunFolders().root];
  const foreign = path.join(temp, 'node-tutor-notes');
  fs.mkdirSync(foreign);
  for (const folder of [gone, young]) fs.writeFileSync(path.join(folder, 'owner'), '999999999 1');
  for (const folder of [gone, alive, foreign]) fs.utimesSync(folder, old, old);
  await removeStaleFolders();
  expect(fs.readdirSync(temp).sort()).toEqual([young, alive, foreign].map((folder) => path.basename(folder)).sort());
});
