import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProgress, type ProgressStore } from '../../src/progress/store.ts';

let program: string;
let workspace: string;
let damaged: (string | undefined)[];

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'progress-program-'));
  await chmod(folder, 0o755);
  program = path.join(folder, 'child.cjs');
  const source = path.join(import.meta.dirname, 'child.ts');
  await build({ entryPoints: [source], bundle: true, platform: 'node', format: 'cjs', outfile: program });
});
afterAll(() => rm(path.dirname(program), { recursive: true }));
beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'progress-'));
  damaged = [];
});
afterEach(() => rm(workspace, { recursive: true }));

const file = () => path.join(workspace, '.node-tutor', 'progress.json');
const lock = () => path.join(workspace, '.node-tutor', 'progress.lock');
const open = (course = 'tiny'): ProgressStore =>
  openProgress({ workspace, course, onDamaged: (keptAs) => damaged.push(keptAs) });
const attempts = async (exercise: string) => (await open().read()).exercises[exercise]?.attempts;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function startChild(exercise: string, times: number, uid?: number): { child: ChildProcess; ended: Promise<Ended> } {
  const options = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, [program, workspace, exercise, String(times)], options);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => {
    output.stdout += data;
  });
  child.stderr.on('data', (data: Buffer) => {
    output.stderr += data;
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...output })));
  return { child, ended };
}

async function writeProgress(text: string): Promise<void> {
  await mkdir(path.dirname(file()), { recursive: true });
  await writeFile(file(), text);
}

describe('one process', () => {
  test('reads nothing done where there is no file, and makes none', async () => {
    expect(await open().read()).toEqual({ formatVersion: 1, course: 'tiny', exercises: {}, lessons: {} });
    expect(await readdir(workspace)).toEqual([]);
  });

  test('reads back what it wrote, and leaves nothing else in the folder', async () => {
    const lessons = { first: { readAt: '2026-01-01T00:00:00.000Z' } };
    await open().update((progress) => ({ ...progress, lessons }));
    expect((await open().read()).lessons).toEqual(lessons);
    expect(await readdir(path.dirname(file()))).toEqual(['progress.json']);
  });

  test('keeps entries that it does not know, of exercises that the course lost', async () => {
    const gone = { attempts: 2, lastAt: 'x', points: { earned: 1, possible: 1 }, hints: {}, later: 'kept' };
    await writeProgress(JSON.stringify({ formatVersion: 1, course: 'tiny', exercises: { gone }, lessons: {} }));
    await open().update((progress) => ({ ...progress, lessons: {} }));
    expect((await open().read()).exercises.gone).toEqual(gone);
  });

  test.each(['', '{"formatVersion":1,"course":"tiny","exer', 'null', '[]', '{"formatVersion":1}', '\u0000\u0000'])(
    'keeps a damaged file aside and says so: %j',
    async (text) => {
      await writeProgress(text);
      expect((await open().read()).exercises).toEqual({});
      expect(damaged).toHaveLength(1);
      expect(path.basename(damaged[0] ?? '')).toMatch(/^progress\.damaged-.*\.json$/);
      expect(await readFile(damaged[0] ?? '', 'utf8')).toBe(text);
    },
  );

  test('refuses a newer format and does not touch it', async () => {
    const text = '{"formatVersion":2,"new":"shape"}';
    await writeProgress(text);
    await expect(open().read()).rejects.toThrow(/newer node-tutor/);
    await expect(open().update((progress) => progress)).rejects.toThrow(/newer node-tutor/);
    expect(await readFile(file(), 'utf8')).toBe(text);
  });

  test('refuses the progress of another course', async () => {
    await open('other').update((progress) => progress);
    await expect(open().read()).rejects.toThrow(/"other"/);
  });

  test('a change that throws leaves the file and the lock as they were', async () => {
    await open().update((progress) => progress);
    const before = await readFile(file(), 'utf8');
    const failing = open().update(() => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await readFile(file(), 'utf8')).toBe(before);
    expect(await readdir(path.dirname(file()))).toEqual(['progress.json']);
  });
});

describe('several processes', () => {
  test('two that write at once lose nothing', async () => {
    const ended = await Promise.all([startChild('same', 100).ended, startChild('same', 100).ended]);
    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    expect(await attempts('same')).toBe(200);
  });

  test('a kill in the midst of writing leaves a whole file with all that was done', async () => {
    for (let round = 0; round < 5; round++) {
      const exercise = `round-${round}`;
      const { child, ended } = startChild(exercise, 200);
      let done = 0;
      child.stdout?.on('data', (data: Buffer) => {
        done += data.length;
        if (done > 3 + round) child.kill('SIGKILL');
      });
      const { stdout } = await ended;
      const kept = (await attempts(exercise)) ?? 0;
      expect(kept).toBeGreaterThanOrEqual(stdout.length);
      expect(kept).toBeLessThan(200);
    }
    expect(damaged).toEqual([]);
    await startChild('after', 1).ended;
    expect(await attempts('after')).toBe(1);
    expect(await readdir(path.dirname(file()))).toEqual(['progress.json']);
  });

  test('takes over the lock of a process that is dead', async () => {
    const { child, ended } = startChild('dead', 1);
    await ended;
    await writeFile(lock(), JSON.stringify({ pid: child.pid, host: hostname() }));
    await Promise.all([startChild('dead', 10).ended, startChild('dead', 10).ended]);
    expect(await attempts('dead')).toBe(21);
  });

  test('takes over a lock that was never signed, and soon', async () => {
    await mkdir(path.dirname(file()));
    await writeFile(lock(), '');
    const started = performance.now();
    await Promise.all([startChild('unsigned', 5).ended, startChild('unsigned', 5).ended]);
    expect(await attempts('unsigned')).toBe(10);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

// Root may write everywhere, so another user has to try.
describe.runIf(process.getuid?.() === 0)('a folder that may not be written to', () => {
  test('is told as a permission error, and the progress can still be read', async () => {
    await open().update((progress) => progress);
    await chmod(workspace, 0o755);
    await chown(workspace, 0, 0);
    const { code, stderr } = await startChild('denied', 1, 65534).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/EACCES/);
    expect(await attempts('denied')).toBeUndefined();
  });
});
