import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/model/verdict.ts';
import { makeRig, type Rig, ROOT } from '../rig/cli.ts';

const exercise = (id: string, variant: string) => path.join(ROOT, 'exercises', id, ...variant.split('/'));
/** Lines of the json reporter. */
const lines = (stdout: string): { type: string; exercise?: string; verdict?: Verdict }[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const check = async (rig: Rig, ...args: string[]): Promise<Verdict> => (await rig.json(['check', ...args])).answer;

describe('the seed', () => {
  it('repeats a run to the letter, and stands in the verdict', async () => {
    const rig = await makeRig();
    const wrong = exercise('argv-sum', 'wrong/text-sum');
    const first = await check(rig, 'argv-sum', '--submission', wrong);
    const again = await check(rig, 'argv-sum', '--submission', wrong, '--seed', first.seed);
    const other = await check(rig, 'argv-sum', '--submission', wrong, '--seed', `${first.seed}-other`);
    expect(again.results[0]?.failure).toEqual(first.results[0]?.failure);
    expect(other.results[0]?.failure?.tried).not.toEqual(first.results[0]?.failure?.tried);
  });
});

describe('a folder of exercises', () => {
  it('is graded side by side, with one verdict each, and the exit code of the worst', async () => {
    const rig = await makeRig();
    await cp(exercise('hello-node', 'solution'), path.join(rig.folder, 'class', 'hello-node'), { recursive: true });
    await cp(exercise('express-hello', 'solution'), path.join(rig.folder, 'class', 'express-hello'), {
      recursive: true,
    });
    await cp(exercise('argv-sum', 'wrong/silent-nan'), path.join(rig.folder, 'class', 'argv-sum'), { recursive: true });
    await rig.write('class/notes/readme.txt', 'not an exercise');
    const { code, stdout } = await rig.run(['grade', 'class', '--reporter', 'json', '--jobs', '2']);
    const verdicts = lines(stdout).flatMap(({ verdict }) => (verdict ? [verdict] : []));
    const byExercise = Object.fromEntries(verdicts.map((verdict) => [verdict.exercise, verdict.status]));
    expect(byExercise).toEqual({ 'argv-sum': 'failed', 'express-hello': 'passed', 'hello-node': 'passed' });
    expect(code).toBe(1);
    expect((await rig.run(['grade', 'class', '--exit-zero'])).code).toBe(0);
  });
});

describe('a worker that is killed', () => {
  it('costs its own submission the verdict, is told, and no other submission', async () => {
    const rig = await makeRig();
    await rig.write('class/hello-node/hello.js', "process.kill(process.ppid, 'SIGKILL');\n");
    await cp(exercise('argv-sum', 'solution'), path.join(rig.folder, 'class', 'argv-sum'), { recursive: true });
    const args = ['grade', 'class', '--reporter', 'json', '--jobs', '1', '--isolate', 'none'];
    // Root's submissions run as nobody, who cannot signal the worker.
    const { code, stdout } = await rig.run(args, process.getuid?.() === 0 ? { uid: 1000 } : {});
    const ends = lines(stdout);
    expect(ends.find(({ exercise: id }) => id === 'hello-node')).toMatchObject({
      type: 'error',
      message: expect.stringMatching(/ended from outside \(SIGKILL\)/),
    });
    expect(ends.find(({ exercise: id }) => id === 'argv-sum')).toMatchObject({ type: 'verdict' });
    expect(code).toBe(3);
  });
});

/** Processes whose environment holds a text that only this test knows, by what they run. */
function processesWith(mark: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const isOurs = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
        return isOurs ? [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
}

describe.runIf(process.platform === 'linux')('an interrupted check', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends every child, removes the folders and exits with %i', async (signal, code) => {
    const rig = await makeRig();
    const temporary = path.join(rig.folder, 'tmp');
    await mkdir(temporary);
    await rig.write('forever/hello.js', "require('node:fs').writeFileSync('started', ''); for (;;) {}\n");
    const args = ['check', 'hello-node', '--submission', 'forever', '--isolate', 'guard'];
    const running = rig.start(args, { env: { TMPDIR: temporary } });
    await appears(() => existing(temporary).some((file) => file.endsWith('started')));
    running.child.kill(signal);
    expect((await running.finished).code).toBe(code);
    expect(existing(temporary)).toEqual([]);
    expect(processesWith(temporary)).toEqual([]);
  });
});

function existing(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String);
}

/** Resolves when the condition holds; the test's own time limit ends the wait. */
async function appears(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
