import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeRig, type Rig } from '../rig/cli.ts';
import { HELLO, startedRig } from './support.ts';

const execute = promisify(execFile);

/** A rig with a new course in the folder `c`. */
async function courseRig(): Promise<Rig> {
  const rig = await makeRig();
  expect((await rig.run(['new', 'course', 'c'])).code).toBe(0);
  return rig;
}

/** Ids of the lessons with those of their exercises, after a validation of the whole. */
async function contents(rig: Rig): Promise<Record<string, string[]>> {
  const { code, answer } = await rig.json(['list', '--course', 'c']);
  expect(code).toBe(0);
  const lessons = answer.tracks.flatMap((track: { lessons: unknown[] }) => track.lessons);
  return Object.fromEntries(
    lessons.map((lesson: { id: string; exercises: { id: string }[] }) => [
      lesson.id,
      lesson.exercises.map(({ id }) => id),
    ]),
  );
}

describe('new', () => {
  test('course, lesson and exercise pass the validation and the audit at once', async () => {
    const rig = await courseRig();
    expect((await rig.run(['new', 'lesson', 'loops'], { cwd: 'c/lessons' })).code).toBe(0);
    const title = 'Count: "down" #1';
    expect((await rig.run(['new', 'exercise', 'count-down', '--title', title], { cwd: 'c' })).code).toBe(0);
    expect((await rig.run(['new', 'exercise', 'again', '--lesson', 'welcome'], { cwd: 'c' })).code).toBe(0);
    expect(await contents(rig)).toEqual({ welcome: ['greeting', 'again'], loops: ['count-down'] });
    const { code, stdout } = await rig.run(['audit', '--course', 'c', '--seeds', '1']);
    expect(stdout).toContain('0 faults');
    expect(code).toBe(0);
    expect((await rig.run(['list', 'count', '--course', 'c'])).stdout).toContain(title);
  });

  test.each([
    ['a list in lines', '---\nid: welcome\ntitle: Welcome\nexercises:\n  - greeting\n---\nText.\n'],
    ['CRLF', '---\r\nid: welcome\r\ntitle: Welcome\r\nexercises: [greeting]\r\n---\r\nText.\r\n'],
  ])('exercise is listed in a lesson with %s', async (_, text) => {
    const rig = await courseRig();
    await rig.write('c/lessons/01-first/01-welcome.md', text);
    await rig.run(['new', 'exercise', 'second'], { cwd: 'c' });
    expect(await contents(rig)).toEqual({ welcome: ['greeting', 'second'] });
  });

  test('exercise is listed in a lesson that lists none, and lessons are numbered on', async () => {
    const rig = await courseRig();
    await rig.run(['new', 'lesson', 'loops'], { cwd: 'c' });
    await rig.run(['new', 'exercise', 'one', '--lesson', 'loops'], { cwd: 'c' });
    const { answer } = await rig.json(['new', 'lesson', 'more'], { cwd: 'c' });
    expect(answer.files).toEqual([path.join(rig.folder, 'c/lessons/01-first/03-more.md')]);
    expect(await contents(rig)).toEqual({ welcome: ['greeting'], loops: ['one'], more: [] });
  });

  test('never writes over a file without --force', async () => {
    const rig = await courseRig();
    await rig.write('c/exercises/greeting/solution/index.js', '// mine\n');
    for (const args of [
      ['course', 'c'],
      ['exercise', 'greeting', '--course', 'c'],
    ]) {
      const { code, stderr } = await rig.run(['new', ...args]);
      expect(code).toBe(2);
      expect(stderr).toContain('--force');
    }
    expect((await rig.run(['new', 'lesson', 'welcome', '--course', 'c'])).code).toBe(2);
    expect(await rig.read('c/exercises/greeting/solution/index.js')).toBe('// mine\n');
    expect((await rig.run(['new', 'exercise', 'greeting', '--course', 'c', '--force'])).code).toBe(0);
    expect(await rig.read('c/exercises/greeting/solution/index.js')).toContain('Hello');
    expect(await contents(rig)).toEqual({ welcome: ['greeting'] });
  });

  test.each(['.', 'c', 'c/exercises'])('what --force wrote over is back after undo (in %s)', async (cwd) => {
    const rig = await courseRig();
    const file = 'c/exercises/greeting/solution/index.js';
    await rig.write(file, '// mine\n');
    await rig.write('c/exercises/greeting/notes.txt', 'kept');
    const course = path.join(rig.folder, 'c');
    const { code, stdout } = await rig.run(['new', 'exercise', 'greeting', '--course', course, '--force'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('undo');
    const made = await rig.read(file);
    const { answer } = await rig.json(['undo'], { cwd });
    expect(answer.files).toContain(path.join(rig.folder, file));
    expect(await rig.read(file)).toBe('// mine\n');
    expect(await rig.read('c/exercises/greeting/notes.txt')).toBe('kept');
    expect(
      await readFile(path.join(answer.backup, String(answer.files.indexOf(path.join(rig.folder, file)))), 'utf8'),
    ).toBe(made);
    expect((await rig.run(['undo'], { cwd })).code).toBe(2);
    expect(await contents(rig)).toEqual({ welcome: ['greeting'] });
  });

  test('undo puts nothing back that came with a folder, or was changed since', async () => {
    const rig = await courseRig();
    const victim = path.join(rig.folder, 'victim');
    await rig.write('victim', 'mine');
    const forged = 'c/.node-tutor/backups/_files/2026-01-01T00-00-00-000Z';
    await rig.write(`${forged}/files.json`, JSON.stringify([victim]));
    await rig.write(`${forged}/0`, 'theirs');
    const sent = await rig.run(['undo'], { cwd: 'c' });
    expect(sent.code).toBe(2);
    expect(sent.stderr).toContain('did not make that backup');
    await rig.run(['new', 'exercise', 'greeting', '--force'], { cwd: 'c' });
    const folder = path.join(rig.folder, 'c/.node-tutor/backups/_files');
    const [own = ''] = (await readdir(folder)).sort().reverse();
    await rig.write(`c/.node-tutor/backups/_files/${own}/0`, 'theirs');
    expect((await rig.run(['undo'], { cwd: 'c' })).code).toBe(2);
    expect(await rig.read('victim')).toBe('mine');
  });

  test.each([
    [['new'], 'new needs <what>'],
    [['new', 'exercice', 'x'], 'Did you mean exercise?'],
    [['new', 'lesson'], 'node-tutor new lesson loops'],
    [['new', 'course', '../x'], '"../x" is not an id.'],
    [['new', 'lesson', 'x'], 'There is no course here.'],
    [['new', 'exercise', 'x', '--course', 'c', '--lesson', 'welcom'], 'Did you mean welcome?'],
    [['new', 'lesson', 'x', '--course', 'c', '--track', 'frist'], 'Did you mean first?'],
  ])('%j ends with 2 and says what is right', async (args, text) => {
    const rig = await courseRig();
    const { code, stderr } = await rig.run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });
});

describe('new ci', () => {
  test('writes a workflow at the root of the repository, whose command grades with annotations and a summary', async () => {
    const rig = await startedRig();
    await execute('git', ['init', '-q'], { cwd: rig.folder });
    const course = path.join(rig.folder, 'course');
    const settings = { formatVersion: 1, course: { id: 'tiny', reference: course } };
    await rig.write('node-tutor/.node-tutor/workspace.json', JSON.stringify(settings));
    await execute('cp', [
      '-r',
      path.join(path.dirname(new URL(import.meta.url).pathname), '../../fixtures/courses/tiny'),
      course,
    ]);
    expect((await rig.run(['new', 'ci'], { cwd: 'node-tutor/add-up' })).code).toBe(0);
    const workflow = parse(await rig.read('.github/workflows/node-tutor.yml'));
    expect(workflow.on).toHaveProperty('push');
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const step = workflow.jobs.grade.steps.at(-1);
    expect(step.run).toMatch(/^npx --yes node-tutor@\d+\.\d+\.\d+ grade /);
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    const args = step.run.split(' ').slice(3);
    const { code, stdout } = await rig.run(args, {
      env: { GITHUB_WORKSPACE: rig.folder, GITHUB_STEP_SUMMARY: path.join(rig.folder, 'summary.md'), CI: 'true' },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=node-tutor\/add-up/m);
    expect(await rig.read('summary.md')).toContain('2 graded: 1 passed, 1 failed, 0 broken.');
  });

  test('without a workspace grades the whole repository', async () => {
    const rig = await makeRig();
    expect((await rig.run(['new', 'ci'])).code).toBe(0);
    const workflow = parse(await rig.read('.github/workflows/node-tutor.yml'));
    expect(workflow.jobs.grade.steps.at(-1).run).toContain(' grade . --reporter github');
    expect((await rig.run(['new', 'ci'])).code).toBe(2);
    await rig.write('.github/workflows/node-tutor.yml', '# mine\n');
    expect((await rig.run(['new', 'ci', '--force'])).code).toBe(0);
    expect((await rig.run(['undo'])).code).toBe(0);
    expect(await rig.read('.github/workflows/node-tutor.yml')).toBe('# mine\n');
  });
});
