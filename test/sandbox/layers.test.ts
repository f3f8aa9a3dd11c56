import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Probe } from '../../src/model/layer.ts';
import { modelFlags } from '../../src/sandbox/layers/guard.ts';
import { cachedProbe } from '../../src/sandbox/layers/probe-cache.ts';
import { seccompFilter } from '../../src/sandbox/layers/seccomp.ts';
import { chooseLayer, describeLayers } from '../../src/sandbox/layers.ts';
import { tempFolder } from './rig.ts';

let folder = '';
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const no: Probe = { available: false, reason: 'tried' };
const yes: Probe = { available: true };
const described = await describeLayers();
const bubblewrap = described.find(({ name }) => name === 'bubblewrap');
const unshare = described.find(({ name }) => name === 'unshare');

test('auto takes the strongest layer that works here, and says why it is no stronger', async () => {
  const isolation = await chooseLayer('auto', { cacheFolder: folder });
  if (bubblewrap?.probe.available) expect(isolation).toEqual({ layer: 'bubblewrap' });
  else expect(isolation).toEqual({ layer: unshare?.probe.available ? 'unshare' : 'guard', reason: expect.any(String) });
});

test.runIf(bubblewrap?.probe.available === false)('strict is refused where it cannot be had', async () => {
  await expect(chooseLayer('strict')).rejects.toMatchObject({ exitCode: 2, next: expect.any(String) });
});

test.each(['guard', 'none'] as const)('%s can be asked for', async (request) => {
  expect(await chooseLayer(request)).toMatchObject({ layer: request, reason: expect.any(String) });
});

test('a probe that passed is not repeated; one that failed is', async () => {
  expect(await cachedProbe(folder, { name: 'bubblewrap', probe: async () => no })).toEqual(no);
  expect(await cachedProbe(folder, { name: 'bubblewrap', probe: async () => yes })).toEqual(yes);
  expect(await cachedProbe(folder, { name: 'bubblewrap', probe: async () => no })).toEqual(yes);
  expect(await cachedProbe(folder, { name: 'unshare', probe: async () => no })).toEqual(no);
  expect(fs.readdirSync(folder)).toEqual(['bubblewrap.json']);
});

test.each(['', '{', 'null', '{"available":"another machine"}'])('a cache that says %s is as none', async (content) => {
  fs.writeFileSync(path.join(folder, 'bubblewrap.json'), content);
  expect(await cachedProbe(folder, { name: 'bubblewrap', probe: async () => no })).toEqual(no);
});

test('a cache that cannot be written is done without', async () => {
  fs.writeFileSync(path.join(folder, 'file'), '');
  expect(await cachedProbe(path.join(folder, 'file', 'below'), { name: 'bubblewrap', probe: async () => yes })).toEqual(
    yes,
  );
});

test.each([
  ['20.19.0', ['--experimental-permission']],
  ['22.12.0', ['--experimental-permission']],
  ['22.13.0', ['--permission', '--no-experimental-sqlite']],
  ['24.0.0', ['--permission', '--no-experimental-sqlite']],
  ['26.1.0', ['--permission', '--allow-net', '--no-experimental-sqlite']],
])('Node %s takes %s', (version, flags) => {
  expect(modelFlags(version)).toEqual(flags);
});

interface Call {
  audit: number;
  number: number;
  args?: readonly [number, number];
}

/** What the kernel would do with a call: runs the filter as classic BPF. */
function verdictOf(filter: Uint8Array, { audit, number, args = [0, 0] }: Call): string {
  const view = new DataView(filter.buffer);
  const data: Readonly<Record<number, number>> = { 0: number, 4: audit, 16: args[0], 24: args[1] };
  let loaded = 0;
  for (let index = 0; index * 8 < filter.length; index++) {
    const at = index * 8;
    const value = view.getUint32(at + 4, true);
    const jump = (condition: boolean) => view.getUint8(at + (condition ? 2 : 3));
    switch (view.getUint16(at, true)) {
      case 0x20:
        loaded = data[value] ?? Number.NaN;
        break;
      case 0x15:
        index += jump(loaded === value);
        break;
      case 0x35:
        index += jump(loaded >= value);
        break;
      case 0x45:
        index += jump((loaded & value) !== 0);
        break;
      case 0x06:
        return value === 0x7fff0000 ? 'allow' : value === 0x80000000 ? 'kill' : `error ${value & 0xffff}`;
    }
  }
  return 'fell off the end';
}

const X64 = { audit: 0xc000003e, ptrace: 101, read: 0, clone: 56, clone3: 435, socket: 41, ioctl: 16 };
const ARM64 = { audit: 0xc00000b7, ptrace: 117, read: 63, clone: 220, clone3: 435, socket: 198, ioctl: 29 };

test.each([
  ['x64', X64],
  ['arm64', ARM64],
])('the filter for %s lets ordinary calls through and no others', (processor, calls) => {
  const filter = seccompFilter(processor);
  const call = (number: number, args?: readonly [number, number]) =>
    verdictOf(filter, { audit: calls.audit, number, ...(args === undefined ? {} : { args }) });
  expect(call(calls.read)).toBe('allow');
  expect(call(calls.ptrace)).toBe('error 1');
  expect(call(calls.clone, [0x00010f00, 0])).toBe('allow');
  expect(call(calls.clone, [0x10000000, 0])).toBe('error 1');
  expect(call(calls.clone3)).toBe('error 38');
  for (const family of [1, 2, 10, 16]) expect(call(calls.socket, [family, 0])).toBe('allow');
  for (const family of [0, 3, 17, 38, 40]) expect(call(calls.socket, [family, 0])).toBe('error 97');
  expect(call(calls.ioctl, [0, 0x5401])).toBe('allow');
  for (const request of [0x5412, 0x541c]) expect(call(calls.ioctl, [0, request])).toBe('error 1');
  expect(verdictOf(filter, { audit: 0x40000003, number: calls.read })).toBe('kill');
});

test('the filter for x64 knows no calls of the x32 kind', () => {
  expect(verdictOf(seccompFilter('x64'), { audit: X64.audit, number: 0x40000000 + X64.read })).toBe('error 38');
});
