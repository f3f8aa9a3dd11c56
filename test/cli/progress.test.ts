import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { HELLO, SUM, startedRig } from './support.ts';

const PROGRESS = 'node-tutor/.node-tutor/progress.json';

/** The progress as it is kept, changed by hand. */
async function edited(rig: Rig, change: (progress: Answer) => void): Promise<void> {
  const progress = JSON.parse(await rig.read(PROGRESS));
  change(progress);
  await rig.write(PROGRESS, JSON.stringify(progress));
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('progress', () => {
  test('tells attempts, and the time until it passed without long pauses', async () => {
    const rig = await startedRig();
    await edited(rig, ({ exercises }) => {
      exercises['add-up'].openedAt = ago(10);
      exercises['say-hello'].openedAt = ago(300);
    });
    await rig.write('node-tutor/add-up/sum.js', SUM);
    await rig.run(['check', 'add-up']);
    await rig.run(['check', 'say-hello']);
    const { answer } = await rig.json(['progress']);
    expect(answer.attempts).toBe(2);
    expect(answer.seconds).toBeGreaterThanOrEqual(600);
    expect(answer.seconds).toBeLessThan(700);
    await edited(rig, ({ exercises }) => {
      exercises['add-up'].lastAt = ago(9);
    });
    await rig.run(['check', 'add-up']);
    expect((await rig.json(['progress'])).answer.seconds).toBe(answer.seconds);
    expect((await rig.run(['progress'])).stdout).toMatch(/3 checks, 10 min|3 checks, 11 min/);
  });
});

describe('progress export and import', () => {
  test('brings what another machine knows, keeps what is here, and is undone', async () => {
    const here = await startedRig();
    await here.write('node-tutor/say-hello/index.js', HELLO);
    await here.run(['check', 'say-hello']);
    const there = await startedRig();
    await there.write('node-tutor/add-up/sum.js', SUM);
    await there.run(['check', 'add-up']);
    await there.run(['lesson', 'printing']);
    const file = path.join(here.folder, 'theirs.json');
    expect((await there.run(['progress', 'export', file])).code).toBe(0);
    const { code, stdout } = await here.run(['progress', 'import', 'theirs.json']);
    expect(code).toBe(0);
    expect(stdout).toContain('1 exercises passed');
    expect((await here.json(['progress'])).answer).toMatchObject({ exercises: { passed: 2 }, lessons: { read: 1 } });
    expect((await here.run(['progress', 'import', 'theirs.json'])).stdout).toContain(
      'nothing that is not here already',
    );
    expect((await here.run(['undo'])).stdout).toContain('as it was before the import');
    expect((await here.json(['progress'])).answer).toMatchObject({ exercises: { passed: 1 }, lessons: { read: 0 } });
    expect((await here.run(['undo'])).code).toBe(2);
  });

  test('without a file it is printed, and a file that is there is not overwritten unasked', async () => {
    const rig = await startedRig();
    expect(JSON.parse((await rig.run(['progress', 'export'])).stdout)).toMatchObject({
      formatVersion: 1,
      course: 'tiny',
    });
    await rig.write('mine.json', 'precious');
    const refused = await rig.run(['progress', 'export', 'mine.json']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--force');
    expect(await rig.read('mine.json')).toBe('precious');
    expect((await rig.run(['progress', 'export', 'mine.json', '--force'])).code).toBe(0);
    expect(await rig.read('mine.json')).toContain('"tiny"');
    const { answer } = await rig.json(['undo'], { cwd: 'node-tutor/add-up' });
    expect(answer.files).toEqual([path.join(rig.folder, 'mine.json')]);
    expect(await rig.read('mine.json')).toBe('precious');
    expect(await readFile(path.join(answer.backup, '0'), 'utf8')).toContain('"tiny"');
  });

  test('undo takes back what came last: a reset, or an export over a file', async () => {
    const rig = await startedRig();
    await rig.write('mine.json', 'precious');
    await rig.write('node-tutor/add-up/sum.js', SUM);
    await rig.run(['progress', 'export', 'mine.json', '--force']);
    await rig.run(['reset', 'add-up']);
    expect((await rig.json(['undo'])).answer.exercise).toBe('add-up');
    expect(await rig.read('node-tutor/add-up/sum.js')).toBe(SUM);
    expect(await rig.read('mine.json')).toContain('"tiny"');
    expect((await rig.run(['undo', 'add-up'])).code).toBe(2);
    const { stdout } = await rig.run(['undo']);
    expect(stdout).toContain(`Back as it was: ${path.join(rig.folder, 'mine.json')}`);
    expect(await rig.read('mine.json')).toBe('precious');
  });

  test('an export to a pipe or a device keeps nothing, and --force goes on', async () => {
    const rig = await startedRig();
    const { code, answer } = await rig.json(['progress', 'export', '/dev/null', '--force']);
    expect({ code, backup: answer.backup }).toEqual({ code: 0, backup: null });
  });

  test.each([
    ['damaged', '{"formatVersion":1,"course":"ti', 'is damaged'],
    ['something else', '[1]', 'is damaged'],
    ['of a newer version', '{"formatVersion":2}', 'A newer node-tutor wrote'],
    ['of another course', '{"formatVersion":1,"course":"other","exercises":{},"lessons":{}}', 'of the course "other"'],
  ])('a file that is %s changes nothing', async (_, text, message) => {
    const rig = await startedRig();
    await rig.write('theirs.json', text);
    const before = await rig.read(PROGRESS);
    const { code, stderr } = await rig.run(['progress', 'import', 'theirs.json']);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(await rig.read(PROGRESS)).toBe(before);
    expect(existsSync(path.join(rig.folder, 'node-tutor/.node-tutor/backups'))).toBe(false);
  });

  test('a word that is none, and a file that is missing, are told', async () => {
    const rig = await startedRig();
    for (const args of [['exprt'], ['import'], ['import', 'nowhere.json']]) {
      expect((await rig.run(['progress', ...args])).code).toBe(2);
    }
  });
});

describe('progress recheck', () => {
  test('names what does not pass any more, and what passed stays passed', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await rig.write('node-tutor/add-up/sum.js', SUM);
    for (const id of ['say-hello', 'add-up']) await rig.run(['check', id]);
    const good = await rig.run(['progress', 'recheck']);
    expect({ code: good.code, stdout: good.stdout }).toEqual({ code: 0, stdout: '✓ All 2 still pass.\n' });
    await rig.write('node-tutor/add-up/sum.js', 'console.log(1);\n');
    const { code, stdout } = await rig.run(['progress', 'recheck']);
    expect(code).toBe(1);
    expect(stdout).toBe('1 of 2 do not pass any more:\n  ✗ add-up: prints the sum\n');
    expect((await rig.json(['progress', 'recheck'])).answer.regressions).toMatchObject([{ exercise: 'add-up' }]);
    expect((await rig.json(['list'])).answer.passed).toBe(2);
  });

  test('with nothing passed says so', async () => {
    const rig = await startedRig();
    const { code, stdout } = await rig.run(['progress', 'recheck']);
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing has passed yet');
  });
});

describe('quiz without a lesson', () => {
  const missed = async () => {
    const rig = await startedRig();
    const { answer } = await rig.json(['quiz', 'printing', '--answers', '2,1']);
    expect(answer.right).toBe(0);
    return rig;
  };
  const wait = (rig: Rig) =>
    edited(rig, ({ quizzes }) => {
      for (const card of Object.values<Answer>(quizzes.printing.again)) card.dueAt = ago(1);
    });

  test('does not ask at once what was just missed', async () => {
    const rig = await missed();
    expect((await rig.run(['quiz'])).stderr).toContain('You have answered every quiz.');
  });

  test('says what is due, and asks that first', async () => {
    const rig = await missed();
    await wait(rig);
    expect((await rig.json(['quiz'])).answer.due).toMatchObject([
      { lesson: 'printing', number: 1 },
      { lesson: 'printing', number: 2 },
    ]);
    expect((await rig.run(['quiz'])).stdout).toContain('due again: 2');
    expect((await rig.run(['progress'])).stdout).toContain('2 to ask again now');
    const terminal = await openTerminal(rig);
    await terminal.press('nt quiz', 'Enter');
    await terminal.shows('due again: 2');
    await terminal.shows('Question 1 of 2', '❯');
    await terminal.press('Enter');
    await terminal.shows('Question 2 of 2', '❯');
    await terminal.press('Enter');
    await terminal.shows('1 of 2 right.');
    const { quizzes } = JSON.parse(await rig.read(PROGRESS));
    expect(quizzes.printing.again).toMatchObject({ 1: { box: 1 }, 2: { box: 0 } });
    expect(quizzes.printing).toMatchObject({ right: 0, questions: 2 });
    expect((await rig.json(['progress'])).answer.due).toBe(0);
  });

  test('what was answered before Ctrl-C is kept', async () => {
    const rig = await missed();
    await wait(rig);
    const terminal = await openTerminal(rig);
    await terminal.press('nt quiz', 'Enter');
    await terminal.shows('Question 1 of 2', '❯');
    await terminal.press('Enter');
    await terminal.shows('Question 2 of 2', '❯');
    await terminal.press('C-c');
    await terminal.atPrompt();
    await terminal.press('echo "code=$?"', 'Enter');
    await terminal.shows('code=130');
    expect((await rig.json(['quiz'])).answer.due).toMatchObject([{ number: 2 }]);
  });

  test('the menu offers what is due', async () => {
    const rig = await missed();
    await wait(rig);
    const terminal = await openTerminal(rig);
    await terminal.press('nt start', 'Enter');
    await terminal.shows('Quiz: 2 questions are due again');
  });
});

test('export needs a workspace', async () => {
  const rig = await makeRig();
  expect((await rig.run(['progress', 'export', '--course', TINY_COURSE])).code).toBe(2);
});
