// What each layer adds to the start of a program that prints a line, for `npm run bench`: one JSON object on stdout, medians in milliseconds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_LIMITS } from '../../src/model/run.ts';
import type { LayerName } from '../../src/model/verdict.ts';
import { makeRunFolders, removeFolder } from '../../src/sandbox/folders.ts';
import { describeLayers, layerOf } from '../../src/sandbox/layers.ts';
import { settle } from '../../src/sandbox/setting.ts';
import { startChild } from '../../src/sandbox/spawn.ts';
import { wrapLaunch } from '../../src/sandbox/start.ts';

const [distFolder = '', rounds = '21'] = process.argv.slice(2);
/** Nobody starts an empty program: one that prints makes Node.js load its streams, in every layer and in none. */
const PROGRAM = "console.log('hello');\n";
const submission = fs.mkdtempSync(path.join(os.tmpdir(), 'start-up-'));
fs.writeFileSync(path.join(submission, 'index.js'), PROGRAM);

/** From the start of the wrapped command to the end of the program, which is told to go at once. */
async function inLayer(layer: LayerName): Promise<number> {
  const options = { submission, packages: [], isolation: { layer }, networkIsPrivate: false, distFolder };
  const setting = settle({ ...options, packagesFrom: distFolder, hide: [] });
  const folders = makeRunFolders(setting.owner);
  fs.writeFileSync(path.join(folders.work, 'index.js'), PROGRAM);
  const spec = { entry: 'index.js', nodeArgs: [], env: {}, limits: DEFAULT_LIMITS, grants: [] };
  const { command } = wrapLaunch(setting, { spec, folders, wait: {} });
  const begun = performance.now();
  const child = await startChild(command, folders.root);
  child.stdout.resume();
  child.stderr.resume();
  child.channel.resume();
  child.channel.write('{"args":[],"env":{}}\n');
  const [code] = await once(child.process, 'exit');
  const milliseconds = performance.now() - begun;
  child.channel.destroy();
  removeFolder(folders.root);
  if (code !== 0) throw new Error(`A program that prints ended with ${code} under ${layerOf(layer).name}.`);
  return milliseconds;
}

async function bare(): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['index.js'], { cwd: submission, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  await once(child, 'exit');
  return performance.now() - begun;
}

async function main(): Promise<void> {
  const layers = (await describeLayers()).filter(({ probe }) => probe.available).map(({ name }) => name);
  const samples: Record<string, number[]> = { bare: [], ...Object.fromEntries(layers.map((layer) => [layer, []])) };
  for (let round = -1; round < Number(rounds); round++) {
    const times = { bare: await bare() } as Record<string, number>;
    for (const layer of layers) times[layer] = await inLayer(layer);
    if (round >= 0) for (const [name, time] of Object.entries(times)) samples[name]?.push(time);
  }
  fs.rmSync(submission, { recursive: true });
  const medians = Object.entries(samples).map(([name, list]) => [name, list.sort((a, b) => a - b)[list.length >> 1]]);
  process.stdout.write(JSON.stringify(Object.fromEntries(medians)));
}

void main();
