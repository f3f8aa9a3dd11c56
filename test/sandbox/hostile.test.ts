import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/model/run.ts';
import type { LayerName } from '../../src/model/verdict.ts';
import { describeLayers } from '../../src/sandbox/layers.ts';
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

/** What comes of an attack: the program's own last words, or the limit that ended it. */
type Fate = 'escaped' | 'stopped';
type Expectation = Readonly<Record<LayerName, Fate>>;
const byUser: Fate = isRoot() ? 'stopped' : 'escaped';
const everywhere: Expectation = { none: 'stopped', guard: 'stopped', bubblewrap: 'stopped' };
const isolated: Expectation = { none: 'escaped', guard: 'stopped', bubblewrap: 'stopped' };
const otherUser: Expectation = { none: byUser, guard: 'stopped', bubblewrap: 'stopped' };

/** Attacks that tell by themselves whether they got through. */
const TABLE: Readonly<Record<string, Expectation>> = {
  'read-environment': everywhere,
  'wide-listen': everywhere,
  'read-parent-environ': otherUser,
  'read-passwd': isolated,
  'read-solution': isolated,
  'write-outside': isolated,
  'symlink-out': isolated,
  'connect-foreign': isolated,
  'connect-foreign-ip6': isolated,
  'poisoned-guard': isolated,
};

describe.each(available)('under %s', (layer) => {
  test.each(Object.entries(TABLE))('%s', async (name, expected) => {
    const { result } = await attack(name, layer);
    expect(result?.outcome.stdout.text.split(/\s/)[0]).toBe(expected[layer]);
    if (expected[layer] === 'stopped') expect(result).toMatchObject({ signals: 0, connections: 0 });
  });

  test('kill-parent', async () => {
    const { result } = await attack('kill-parent', layer);
    expect(result === undefined).toBe(otherUser[layer] === 'escaped');
  });

  // In a process namespace the parent is bubblewrap's own first process: the signal is sent, but not to the grader.
  test('signal-inspector', async () => {
    const { result } = await attack('signal-inspector', layer);
    expect(result?.signals).toBe(otherUser[layer] === 'escaped' ? 1 : 0);
  });

  test('udp', async () => {
    const { result } = await attack('udp', layer);
    expect(result?.datagrams).toBe(layer === 'none' ? 1 : 0);
  });

  test.skipIf(layer === 'none')('egress', async () => {
    const { result } = await attack('egress', layer);
    expect(result?.outcome.stdout.text).toMatch(/^stopped (EPERM|ENETUNREACH)/);
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
    else expect(result?.outcome).toMatchObject({ ended: 'memory', signal: 'SIGKILL' });
    expect(processesWith(mark)).toEqual([]);
  });
});
