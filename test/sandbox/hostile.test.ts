import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/model/run.ts';
import type { LayerName } from '../../src/model/verdict.ts';
import { describeLayers, layerOf } from '../../src/sandbox/layers.ts';
import { isRoot } from '../../src/sandbox/user.ts';
import {
  buildInto,
  launchSpec,
  processesWith,
  type RigResult,
  root,
  runRig,
  sandboxOptions,
  tempFolder,
  writeFiles,
} from './rig.ts';

const hostile = path.join(root, 'fixtures', 'hostile');
const dist = tempFolder();
const course = writeFiles(tempFolder(), { 'solution/index.js': '// the solution' });
const outside = tempFolder(0o777);
const available = (await describeLayers()).filter(({ probe }) => probe.available).map(({ name }) => name);

beforeAll(() => buildInto(dist));
afterAll(() => {
  for (const folder of [dist, course, outside]) fs.rmSync(folder, { recursive: true });
});

/** Runs one hostile program; its limits are tight, so that the tests are quick. */
async function attack(name: string, layer: LayerName): Promise<{ result: RigResult | undefined; mark: string }> {
  const mark = randomBytes(8).toString('hex');
  const limits = { ...DEFAULT_LIMITS, time: 1500, memory: 256 * 1024 * 1024, heap: 64 * 1024 * 1024 };
  const result = await runRig(dist, {
    sandbox: sandboxOptions({ submission: hostile, layer, dist, hide: [course] }),
    launch: launchSpec(`${name}.js`, { limits }),
    go: { args: [], env: { MARK: mark, SOLUTION: path.join(course, 'solution', 'index.js'), OUTSIDE: outside } },
    requests: [],
  });
  return { result, mark };
}

/** Attacks that say by themselves whether they got through. */
const TALKATIVE = [
  'read-environment',
  'wide-listen',
  'read-parent-environ',
  'read-passwd',
  'read-solution',
  'write-outside',
  'symlink-out',
  'connect-foreign',
  'connect-foreign-ip6',
  'poisoned-guard',
];
/** What the system stops, whatever the layer, when the program runs as another user than the grader. */
const STOPPED_BY_USER = ['kill-parent', 'signal-inspector', 'read-parent-environ'];

/** True when a layer promises to stop an attack, or the system does. */
function isStopped(name: string, layer: LayerName): boolean {
  return layerOf(layer).stops.includes(name) || (isRoot() && STOPPED_BY_USER.includes(name));
}

test('every hostile program is tried, and every promise of a layer is about one', () => {
  const programs = fs.readdirSync(hostile).filter((name) => name.endsWith('.js'));
  const names = programs.map((name) => path.basename(name, '.js')).sort();
  expect([...layerOf('bubblewrap').stops, 'invalid-utf8'].sort()).toEqual(names);
});

describe.each(available)('under %s', (layer) => {
  test.each(TALKATIVE)('%s', async (name) => {
    const { result } = await attack(name, layer);
    expect(result?.outcome.stdout.text.split(/\s/)[0]).toBe(isStopped(name, layer) ? 'stopped' : 'escaped');
    expect((result?.connections ?? 0) > 0).toBe(name.match(/connect|poisoned/) !== null && !isStopped(name, layer));
  });

  test('kill-parent', async () => {
    const { result } = await attack('kill-parent', layer);
    expect(result !== undefined).toBe(isStopped('kill-parent', layer));
  });

  // In a process namespace the parent is bubblewrap's own first process: the signal is sent, but not to the grader.
  test('signal-inspector', async () => {
    const { result } = await attack('signal-inspector', layer);
    expect(result?.signals).toBe(isStopped('signal-inspector', layer) ? 0 : 1);
  });

  test('udp', async () => {
    const { result } = await attack('udp', layer);
    expect(result?.datagrams).toBe(isStopped('udp', layer) ? 0 : 1);
  });

  test.skipIf(layer === 'none')('egress', async () => {
    const { result } = await attack('egress', layer);
    expect(result?.outcome.stdout.text).toMatch(/^stopped (EPERM|ENETUNREACH)/);
  });

  // Without a layer it depends on the machine whether this is possible.
  test.skipIf(layer === 'none')('kernel-insides', async () => {
    const { result } = await attack('kernel-insides', layer);
    expect(result?.outcome.stdout.text).toMatch(/^stopped/);
  });

  test('forged-verdict', async () => {
    const { result } = await attack('forged-verdict', layer);
    expect(result?.outcome).toMatchObject({ ended: 'exit', exitCode: 1 });
    expect(result?.outcome.reports.map(({ type }) => type)).toEqual(['ready']);
  });

  test('early-exit', async () => {
    const { result } = await attack('early-exit', layer);
    expect(result?.outcome).toMatchObject({ ended: 'exit', exitCode: 0, stdout: { text: '' } });
  });

  test('flood', async () => {
    const { result } = await attack('flood', layer);
    expect(result?.outcome).toMatchObject({ ended: 'output', signal: 'SIGKILL', stdout: { truncated: true } });
    expect(result?.outcome.stdout.text).toHaveLength(DEFAULT_LIMITS.output);
    expect(result?.memory).toBeLessThan(150 * 1024 * 1024);
  });

  test('endless-line', async () => {
    const { result } = await attack('endless-line', layer);
    expect(result?.outcome).toMatchObject({ ended: 'output', stderr: { truncated: true, invalidUtf8: false } });
    expect(Buffer.byteLength(result?.outcome.stderr.text ?? '')).toBe(DEFAULT_LIMITS.output);
  });

  test('invalid-utf8', async () => {
    const { result } = await attack('invalid-utf8', layer);
    expect(result?.outcome.stdout).toEqual({ text: 'ok \ufffd\ufffd\ufffd(\n', invalidUtf8: true, truncated: false });
  });

  test.each(['endless-loop', 'ignored-sigterm'])('%s', async (name) => {
    const { result } = await attack(name, layer);
    expect(result?.outcome).toMatchObject({ ended: 'time', signal: 'SIGKILL', exitCode: null });
    expect(result?.outcome.milliseconds).toBeLessThan(3000);
  });

  test.each(['heap-bomb', 'buffer-bomb'])('%s', async (name) => {
    const { result } = await attack(name, layer);
    expect(result?.outcome.ended).toBe('memory');
    expect(result?.memory).toBeLessThan(150 * 1024 * 1024);
  });

  test.each(['daemon', 'daemon-stdout'])('%s', async (name) => {
    const { result, mark } = await attack(name, layer);
    expect(result?.outcome.stdout.text.split(/\s/)[0]).toBe(layer === 'guard' ? 'stopped' : 'started');
    expect(result?.outcome).toMatchObject({ ended: 'exit', exitCode: 0, leftovers: layer === 'none' ? 1 : 0 });
    expect(processesWith(mark)).toEqual([]);
  });

  test('fork-bomb', async () => {
    const { result, mark } = await attack('fork-bomb', layer);
    if (layer === 'guard') expect(result?.outcome.stdout.text).toMatch(/^stopped/);
    else expect(result?.outcome).toMatchObject({ ended: 'processes', signal: 'SIGKILL' });
    expect(processesWith(mark)).toEqual([]);
  });
});
