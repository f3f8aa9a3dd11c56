import { chmod, chown, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { exerciseIn, HELLO, SUM, startedRig, TEXT_SUM } from './support.ts';

describe('start', () => {
  test('copies the starter, says where it is and what to do, and never overwrites', async () => {
    const rig = await makeRig();
    const first = await rig.run(['start', 'add-up', '--course', TINY_COURSE]);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain(path.join(rig.folder, 'node-tutor', 'add-up'));
    expect(first.stdout).toContain('node-tutor watch add-up');
    const task = await readFile(path.join(TINY_COURSE, 'exercises/add-up/README.md'), 'utf8');
    expect(await rig.read('node-tutor/add-up/README.md')).toBe(task);
    expect(first.stdout).toContain(task.split('\n')[0]);
    await rig.write('node-tutor/add-up/sum.js', SUM);
    const { answer } = await rig.json(['start', 'add-up']);
    expect(answer).toMatchObject({ exercise: 'add-up', created: false, task: expect.stringContaining('#') });
    expect(await rig.read('node-tutor/add-up/sum.js')).toBe(SUM);
  });

  test('asks nothing without a terminal, and says what to use', async () => {
    const rig = await makeRig();
    const { code, stderr } = await rig.run(['start']);
    expect(code).toBe(2);
    expect(stderr).toContain('node-tutor start <id>');
    expect(await readdir(rig.folder)).toEqual(['.home']);
  });

  test('links the packages of an exercise, so that the learner can run it alone', async () => {
    const rig = await makeRig();
    await rig.run(['start', 'express-hello', '--dir', 'mine']);
    expect(await readdir(path.join(rig.folder, 'mine', 'node_modules'))).toContain('express');
  });

  test('says what is wrong with a folder that may not be written to', async () => {
    const rig = await makeRig();
    await rig.write('file', 'no folder');
    const { code, stderr } = await rig.run(['start', 'hello-node', '--dir', 'file/inside']);
    expect(code).toBe(2);
    expect(stderr).toContain('The workspace cannot be made');
  });
});

describe('check', () => {
  test('a wrong solution ends with 1 and says why', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', TEXT_SUM);
    const { code, stdout, stderr } = await rig.run(['check', 'add-up', '--seed', '7']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/✗ prints the sum\n\n {6}node sum\.js [\d ]+\n\n {6}expected {2}\d+\n {6}got {7}0\d+/);
    expect(stdout).toContain('sum.js:3');
    expect(stdout).toContain('· prints 0 when there is nothing to add (needs the one above)');
    expect(stdout).toContain('hint: node-tutor hint');
    expect(stdout).toContain('Again: node-tutor check add-up --seed 7');
  });

  test('a right one ends with 0 and names the next exercise', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    const { code, stdout } = await rig.run(['check', 'say-hello']);
    expect(code).toBe(0);
    expect(stdout).toContain('1 of 1 passed');
    expect(stdout).toContain('next: node-tutor start add-up');
  });

  test('--json is the verdict, and the seed repeats it', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', TEXT_SUM);
    const { code, answer } = await rig.json(['check', 'add-up']);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ schemaVersion: 1, exercise: 'add-up', status: 'failed', course: { id: 'tiny' } });
    const again = await rig.json(['check', 'add-up', '--seed', answer.seed]);
    expect(again.answer.results[0].failure.tried).toEqual(answer.results[0].failure.tried);
  });

  test('knows the exercise by the folder one is in, by a path, or takes the first open one', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    const checked = async (args: readonly string[], cwd: string) =>
      (await rig.json(['check', ...args], { cwd })).answer;
    expect((await checked([], 'node-tutor/add-up')).exercise).toBe('add-up');
    expect((await checked(['.'], 'node-tutor/add-up')).exercise).toBe('add-up');
    expect((await checked(['./add-up/sum.js'], 'node-tutor')).exercise).toBe('add-up');
    expect((await checked([], 'node-tutor')).exercise).toBe('say-hello');
    expect((await checked([], '')).exercise).toBe('add-up');
  });

  test('--submission checks a folder elsewhere and leaves the progress alone', async () => {
    const rig = await startedRig();
    await rig.write('sana/index.js', HELLO);
    const { code } = await rig.run(['check', 'say-hello', '--submission', 'sana']);
    expect(code).toBe(0);
    expect((await rig.json(['list'])).answer.passed).toBe(0);
    expect((await rig.run(['check', 'say-hello', '--submission', 'nobody'])).code).toBe(2);
    expect((await rig.run(['check', '--submission', 'sana'])).code).toBe(2);
  });

  test('of an exercise that was not opened, or of no exercise, says what to do', async () => {
    const rig = await startedRig();
    await rm(path.join(rig.folder, 'node-tutor', 'add-up'), { recursive: true });
    const missing = await rig.run(['check', 'add-up']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('node-tutor start add-up');
    await mkdir(path.join(rig.folder, 'else'));
    const elsewhere = await rig.run(['check', './else']);
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.stderr).toContain('--submission ./else');
  });
});

describe('progress', () => {
  test('counts what passed, and passing stays', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await rig.run(['check', 'say-hello']);
    await rig.write('node-tutor/say-hello/index.js', 'broken(');
    await rig.run(['check', 'say-hello']);
    const { answer } = await rig.json(['list']);
    expect(answer).toMatchObject({ passed: 1, current: 'add-up' });
    expect(exerciseIn(answer, 'say-hello')).toMatchObject({ status: 'passed', points: { earned: 1, possible: 1 } });
    expect(exerciseIn(answer, 'add-up').status).toBe('open');
  });

  test('that is damaged is kept aside and told, and the verdict is still given', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/.node-tutor/progress.json', '{"formatVersion":1,"cour');
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    const { code, stderr } = await rig.run(['check', 'say-hello']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/damaged.*progress\.damaged-/);
    expect((await rig.json(['list'])).answer.passed).toBe(1);
  });

  // Root may write everywhere, so another user has to try.
  test.runIf(process.getuid?.() === 0)('that cannot be written does not take the verdict away', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await chown(path.join(rig.folder, '.home'), 65534, 65534);
    await chmod(rig.folder, 0o755);
    const { code, stdout, stderr } = await rig.run(['check', 'say-hello'], { uid: 65534 });
    expect(code).toBe(0);
    expect(stdout).toContain('1 of 1 passed');
    expect(stderr).toContain('Your progress could not be saved: permission denied');
  });
});

describe('hint', () => {
  const fail = async (rig: Rig) => {
    await rig.write('node-tutor/add-up/sum.js', TEXT_SUM);
    await rig.run(['check', 'add-up']);
  };

  test('opens one tier after the other, and the last one again', async () => {
    const rig = await startedRig();
    await fail(rig);
    expect((await rig.json(['hint', 'add-up'])).answer).toEqual({
      schemaVersion: 1,
      exercise: 'add-up',
      check: 'adds',
      title: 'prints the sum',
      tier: 1,
      tiers: 2,
      hint: 'Arguments arrive as text.',
    });
    const second = await rig.run(['hint', 'add-up']);
    expect(second.stdout).toContain('total += Number(arg)');
    expect(second.stdout).toContain('hint 2 of 2');
    expect((await rig.json(['hint', 'add-up'])).answer.tier).toBe(2);
  });

  test('needs a check that failed', async () => {
    const rig = await startedRig();
    const before = await rig.run(['hint', 'add-up']);
    expect(before.code).toBe(2);
    expect(before.stderr).toContain('node-tutor check add-up');
    await rig.write('node-tutor/add-up/sum.js', SUM);
    await rig.run(['check', 'add-up']);
    expect((await rig.run(['hint', 'add-up'])).stderr).toContain('passed');
  });
});

describe('solution', () => {
  test('is shown after passing, or anyway, which is noted', async () => {
    const rig = await startedRig();
    const early = await rig.run(['solution', 'say-hello']);
    expect(early.code).toBe(2);
    expect(early.stderr).toContain('--anyway');
    expect((await rig.run(['solution', 'say-hello', '--anyway'])).stdout).toContain('console.log');
    const progress = JSON.parse(await rig.read('node-tutor/.node-tutor/progress.json'));
    expect(progress.exercises['say-hello'].solutionSeen).toBe(true);
    await rig.write('node-tutor/add-up/sum.js', SUM);
    await rig.run(['check', 'add-up']);
    const { code, answer } = await rig.json(['solution', 'add-up']);
    expect(code).toBe(0);
    expect(answer.files.map((file: { path: string }) => file.path)).toEqual(['sum.js']);
  });
});

describe('reset', () => {
  test('puts the starter back and keeps all that was there', async () => {
    const rig = await startedRig();
    const starter = await rig.read('node-tutor/add-up/sum.js');
    await rig.write('node-tutor/add-up/sum.js', SUM);
    await rig.write('node-tutor/add-up/notes/idea.txt', 'mine');
    await rig.write('node-tutor/add-up/node_modules/x/index.js', 'installed');
    await symlink('sum.js', path.join(rig.folder, 'node-tutor/add-up/link.js'));
    const { code, answer } = await rig.json(['reset', 'add-up'], { cwd: 'node-tutor/add-up' });
    expect(code).toBe(0);
    expect(await rig.read('node-tutor/add-up/sum.js')).toBe(starter);
    expect((await readdir(path.join(rig.folder, 'node-tutor/add-up'))).sort()).toEqual([
      'README.md',
      'node_modules',
      'sum.js',
    ]);
    expect((await readdir(answer.backup)).sort()).toEqual(['README.md', 'link.js', 'notes', 'sum.js']);
    expect(await readFile(path.join(answer.backup, 'sum.js'), 'utf8')).toBe(SUM);
    expect(await readFile(path.join(answer.backup, 'notes/idea.txt'), 'utf8')).toBe('mine');
  });

  test('says where the backup is', async () => {
    const rig = await startedRig();
    const { stdout } = await rig.run(['reset', 'add-up']);
    expect(stdout).toContain(path.join(rig.folder, 'node-tutor', '.node-tutor', 'backups', 'add-up'));
  });
});

describe('doctor', () => {
  test('finds everything in order, or says what is not', async () => {
    const rig = await startedRig();
    const healthy = await rig.json(['doctor']);
    expect(healthy.code).toBe(0);
    expect(healthy.answer.ok).toBe(true);
    expect(healthy.answer.findings.map((finding: { what: string }) => finding.what)).toEqual(
      expect.arrayContaining(['Node.js', 'course', 'isolation: guard', 'workspace', 'progress']),
    );
    await rig.write('node-tutor/.node-tutor/progress.json', '{"formatVersion":9}');
    const ill = await rig.run(['doctor']);
    expect(ill.code).toBe(1);
    expect(ill.stdout).toContain('A newer node-tutor wrote');
  });
});
