import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Exercise } from '../../src/model/course.ts';
import type { Outcome } from '../../src/model/run.ts';
import { openSandbox } from '../../src/sandbox/sandbox.ts';
import { openStock } from '../../src/sandbox/stock.ts';
import { EXERCISE, openBench, PID, pidOf, plain } from '../rig/bench.ts';
import { ROOT } from '../rig/cli.ts';
import { launchSpec, sandboxOptions, tempFolder, writeFiles } from '../sandbox/rig.ts';

const MEGABYTE = 1024 * 1024;

describe('the time of a warm run', () => {
  it('begins when its code does, and is not longer than that of a cold one', async () => {
    const bench = openBench({ run: { ...EXERCISE.run, limits: { time: 2_000 } } });
    const endless = { 'index.js': `require('express'); setInterval(() => {}, 1_000);${PID}` };
    await bench.grade(plain, { warm: true });
    const waiting = await bench.waiting(2);
    // This takes its whole time, and the children wait longer than that.
    const cold = await bench.grade(endless, { warm: false });
    const quick = await bench.grade(plain, { warm: true });
    const warm = await bench.grade(endless, { warm: true });
    expect(quick.statuses).toEqual(['runs passed ']);
    for (const { failures } of [cold, warm])
      expect(failures).toEqual([expect.stringMatching(/still running after 2(\.\d)? s/)]);
    expect(warm.statuses).toEqual(cold.statuses);
    expect(waiting).toContain(pidOf(quick));
    expect(waiting).toContain(pidOf(warm));
  });
});

describe('the memory of a warm run', () => {
  it('is held to the limit, and forgotten by the next one', async () => {
    const bench = openBench({ checks: EXERCISE.checks.map((check) => ({ ...check, parts: [needs(130)] })) });
    const big = { 'index.js': `require('express'); const all = Buffer.alloc(${200 * MEGABYTE}, 1);${PID}` };
    for (const files of [plain, big, plain]) {
      await bench.grade(plain, { warm: true });
      const waiting = await bench.waiting(2);
      const { statuses, failures, ...graded } = await bench.grade(files, { warm: true });
      expect(statuses).toEqual([files === big ? 'runs failed memory' : 'runs passed ']);
      expect(failures.join()).toMatch(files === big ? /peak memory 2\d\d MB, allowed 130 MB/ : /^$/);
      expect(waiting).toContain(pidOf({ statuses, failures, ...graded }));
    }
  });
  it('is that of a cold one, the packages included', async () => {
    const [cold, warm] = [await peakOf({ warm: false }), await peakOf({ warm: true })];
    expect(Math.abs(warm.peakMemory - cold.peakMemory)).toBeLessThan(16 * MEGABYTE);
    // Where nothing is seen from outside, the growth since the start says whether the program's own word counts.
    expect(beginning(warm)).toBeLessThan(beginning(cold) + 4 * MEGABYTE);
  });
});

function needs(megabytes: number): Exercise['checks'][number]['parts'][number] {
  const spec = { stdout: { contains: ['pid '] }, exitCode: 0, peakMemory: megabytes * MEGABYTE };
  return { kind: 'program', spec };
}

/** A run that asks for Express and Mongoose. */
async function peakOf({ warm }: { warm: boolean }): Promise<Outcome> {
  const folder = tempFolder();
  const submission = writeFiles(folder, { 'index.js': "require('express'); require('mongoose');" });
  const stock = openStock();
  const packages = ['express', 'mongoose'];
  const options = sandboxOptions({ submission, layer: 'guard', dist: path.join(ROOT, 'dist'), packages });
  const sandbox = await openSandbox({ ...options, stock });
  onTestFinished(async () => {
    await sandbox.close();
    await stock.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = await sandbox.prepare(launchSpec('index.js', warm ? { mayBeWarm: true } : {}));
  return run.go({ args: [], env: {}, watchesMemory: true }).outcome;
}

/** What a program had when its first code began, in its own words. */
function beginning({ reports }: Outcome): number {
  return reports.find((report) => report.type === 'ready')?.maxRss ?? Number.NaN;
}
