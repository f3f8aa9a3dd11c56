// What the sandbox itself tells of hostile programs; whether they are stopped is seen in test/hostile.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Grant } from '../../src/model/course.ts';
import { DEFAULT_LIMITS } from '../../src/model/run.ts';
import type { LayerName } from '../../src/model/verdict.ts';
import { describeLayers } from '../../src/sandbox/layers.ts';
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
const available = (await describeLayers()).filter(({ probe }) => probe.available).map(({ name }) => name);

beforeAll(() => buildInto(dist));
afterAll(() => fs.rmSync(dist, { recursive: true }));

/** Runs one hostile program; its limits are tight, so that the tests are quick. */
async function attack(
  name: string,
  layer: LayerName,
  grants: readonly Grant[] = [],
): Promise<{ result: RigResult | undefined; mark: string }> {
  const mark = randomBytes(8).toString('hex');
  const submission = writeFiles(tempFolder(), { 'arena.json': JSON.stringify({ mark }) });
  fs.copyFileSync(path.join(hostile, name, 'index.js'), path.join(submission, 'index.js'));
  const megabyte = 1024 * 1024;
  const limits = { ...DEFAULT_LIMITS, time: 1500, memory: 256 * megabyte, heap: 64 * megabyte, disk: 32 * megabyte };
  const result = await runRig(dist, {
    sandbox: sandboxOptions({ submission, layer, dist }),
    launch: launchSpec('index.js', { limits, grants }),
    go: { args: [], env: {} },
    requests: [],
  });
  fs.rmSync(submission, { recursive: true });
  return { result, mark };
}

describe.each(available)('under %s', (layer) => {
  test('forged reports are not heard', async () => {
    const { result } = await attack('forged-verdict', layer);
    expect(result?.outcome).toMatchObject({ ended: 'exit', exitCode: 1 });
    expect(result?.outcome.reports.map(({ type }) => type)).toEqual(['ready']);
  });

  test('of a flood the first part is kept, and the grader does not grow', async () => {
    const { result } = await attack('flood', layer);
    expect(result?.outcome).toMatchObject({ ended: 'output', signal: 'SIGKILL', stdout: { truncated: true } });
    expect(result?.outcome.stdout.text).toHaveLength(DEFAULT_LIMITS.output);
    expect(result?.memory).toBeLessThan(150 * 1024 * 1024);
  });

  test('a line without an end is cut between two characters', async () => {
    const { result } = await attack('endless-line', layer);
    expect(result?.outcome).toMatchObject({ ended: 'output', stderr: { truncated: true, invalidUtf8: false } });
    expect(Buffer.byteLength(result?.outcome.stderr.text ?? '')).toBe(DEFAULT_LIMITS.output);
  });

  test.each(['endless-loop', 'ignored-signals', 'stopped'])('%s is ended in time', async (name) => {
    const { result, mark } = await attack(name, layer);
    expect(result?.outcome).toMatchObject({ ended: 'time', signal: 'SIGKILL', exitCode: null });
    expect(result?.outcome.milliseconds).toBeLessThan(3000);
    expect(processesWith(mark)).toEqual([]);
  });

  test.each([
    ['heap-bomb', 'memory'],
    ['buffer-bomb', 'memory'],
    ['disk-fill', 'disk'],
    ['descriptors', 'descriptors'],
  ])('%s runs into the limit on %s', async (name, limit) => {
    const { result } = await attack(name, layer);
    expect(result?.outcome.ended).toBe(limit);
    expect(result?.memory).toBeLessThan(150 * 1024 * 1024);
  });

  test.each(['daemon', 'daemon-stdout'])('what %s leaves behind is ended, and told', async (name) => {
    const { result, mark } = await attack(name, layer, ['children']);
    const isContained = layer === 'bubblewrap' || layer === 'unshare';
    expect(result?.outcome).toMatchObject({ ended: 'exit', exitCode: 0, leftovers: isContained ? 0 : 1 });
    expect(processesWith(mark)).toEqual([]);
  });

  test('a fork bomb runs into the limit on processes', async () => {
    const { result, mark } = await attack('fork-bomb', layer, ['children']);
    expect(result?.outcome.ended).toBe('processes');
    expect(processesWith(mark)).toEqual([]);
  });
});
