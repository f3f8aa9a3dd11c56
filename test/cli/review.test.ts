import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { exerciseIn, HELLO, SUM, startedRig } from './support.ts';

describe('undo', () => {
  const reset = async (rig: Rig, id: string) => (await rig.json(['reset', id])).answer.backup as string;

  test('brings back what the last reset replaced, and keeps what stood there', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', SUM);
    await rig.write('node-tutor/add-up/lib/notes.txt', 'mine');
    await rig.write('node-tutor/add-up/node_modules/x/index.js', 'installed');
    await reset(rig, 'add-up');
    await rig.write('node-tutor/add-up/sum.js', '// begun anew\n');
    const { code, answer } = await rig.json(['undo', 'add-up']);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ schemaVersion: 1, exercise: 'add-up' });
    expect(await rig.read('node-tutor/add-up/sum.js')).toBe(SUM);
    expect(await rig.read('node-tutor/add-up/lib/notes.txt')).toBe('mine');
    expect(await rig.read('node-tutor/add-up/node_modules/x/index.js')).toBe('installed');
    expect(await rig.read(path.relative(rig.folder, path.join(answer.backup, 'sum.js')))).toBe('// begun anew\n');
  });

  test('goes back one reset at a time, and ends with 2 when there is none left', async () => {
    const rig = await startedRig();
    for (const text of ['// first\n', '// second\n']) {
      await rig.write('node-tutor/add-up/sum.js', text);
      await reset(rig, 'add-up');
    }
    for (const text of ['// second\n', '// first\n']) {
      await rig.run(['undo', 'add-up']);
      expect(await rig.read('node-tutor/add-up/sum.js')).toBe(text);
    }
    const { code, stderr } = await rig.run(['undo', 'add-up']);
    expect(code).toBe(2);
    expect(stderr).toContain('There is nothing of add-up to undo.');
    expect(await rig.read('node-tutor/add-up/sum.js')).toBe('// first\n');
  });

  test('without an id takes the exercise that one is in, else the last one reset', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', SUM);
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await reset(rig, 'say-hello');
    await reset(rig, 'add-up');
    expect((await rig.json(['undo'], { cwd: 'node-tutor/say-hello' })).answer.exercise).toBe('say-hello');
    expect((await rig.json(['undo'])).answer.exercise).toBe('add-up');
    expect((await rig.run(['undo'])).code).toBe(2);
  });

  test('is what reset tells of', async () => {
    const rig = await startedRig();
    expect((await rig.run(['reset', 'add-up'])).stdout).toContain('node-tutor undo add-up');
    await rig.run(['undo']);
    expect(await readdir(path.join(rig.folder, 'node-tutor/add-up'))).toEqual(['README.md', 'sum.js']);
  });
});

describe('progress', () => {
  test('counts by track and names the next exercise', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await rig.run(['check', 'say-hello']);
    await rig.run(['lesson', 'printing']);
    const { code, answer } = await rig.json(['progress']);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      schemaVersion: 1,
      exercises: { passed: 1, total: 2 },
      points: { earned: 1, possible: 4 },
      lessons: { read: 1, total: 1 },
      quizzes: { answered: 0, total: 1 },
      next: 'add-up',
    });
    expect(answer.tracks).toEqual([expect.objectContaining({ id: 'first', exercises: { passed: 1, total: 2 } })]);
    const { stdout } = await rig.run(['progress']);
    expect(stdout).toContain('1/2');
    expect(stdout).toContain('next: node-tutor start add-up');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('without a workspace says how to begin', async () => {
    const rig = await makeRig();
    const { code, stderr } = await rig.run(['progress', '--course', TINY_COURSE]);
    expect(code).toBe(0);
    expect(stderr).toContain('node-tutor start');
  });
});

describe('list', () => {
  const idsOf = async (rig: Rig, args: readonly string[]) => {
    const { answer } = await rig.json(['list', ...args]);
    return ['say-hello', 'add-up'].filter((id) => exerciseIn(answer, id) !== undefined);
  };

  test('shows the part that the filters leave', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await rig.run(['check', 'say-hello']);
    expect(await idsOf(rig, ['--todo'])).toEqual(['add-up']);
    expect(await idsOf(rig, ['--done'])).toEqual(['say-hello']);
    expect(await idsOf(rig, ['--track', 'first'])).toEqual(['say-hello', 'add-up']);
    expect(await idsOf(rig, ['HELLO'])).toEqual(['say-hello']);
    expect(await idsOf(rig, ['printing'])).toEqual(['say-hello', 'add-up']);
    expect(await idsOf(rig, ['hello', '--todo'])).toEqual([]);
    expect((await rig.run(['list', 'hello', '--todo'])).stdout).toContain('Nothing in the course fits.');
  });

  test('knows the nearest track', async () => {
    const rig = await startedRig();
    const { code, stderr } = await rig.run(['list', '--track', 'frist']);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean first?');
  });
});

describe('quiz', () => {
  test('prints the questions where nobody can be asked, and does not give the answers away', async () => {
    const rig = await startedRig();
    const { code, stdout } = await rig.run(['quiz', 'printing']);
    expect(code).toBe(0);
    expect(stdout).toContain('Question 1 of ');
    expect(stdout).toContain('node-tutor quiz printing --answers 1');
    const { answer } = await rig.json(['quiz', 'printing']);
    expect(Object.keys(answer.questions[0])).toEqual(['ask', 'choices']);
  });

  test('grades answers, explains each, and remembers the best', async () => {
    const rig = await startedRig();
    const key = (await rig.json(['quiz', 'printing', '--answers', await anyAnswers(rig)])).answer.questions;
    const right = key.map((question: { answer: number }) => question.answer);
    const good = await rig.run(['quiz', 'printing', '--answers', right.join(',')]);
    expect(good.code).toBe(0);
    for (const { why } of key) expect(good.stdout.replace(/\s+/g, ' ')).toContain(why.slice(0, 30));
    const wrong = right.map((answer: number) => (answer === 1 ? 2 : 1)).join(',');
    const bad = await rig.json(['quiz', 'printing', '--answers', wrong]);
    expect(bad.code).toBe(1);
    expect(bad.answer).toMatchObject({ right: 0, total: right.length });
    const { quizzes } = JSON.parse(await rig.read('node-tutor/.node-tutor/progress.json'));
    expect(quizzes.printing).toMatchObject({ right: right.length, questions: right.length });
    expect((await rig.run(['quiz'])).stderr).toContain('You have answered every quiz.');
  });

  test('says what is wrong with answers', async () => {
    const rig = await startedRig();
    for (const answers of ['', '0', 'a', '1,1,1,1,1,1,1,1', '9']) {
      const { code, stderr } = await rig.run(['quiz', 'printing', '--answers', answers]);
      expect({ answers, code }).toEqual({ answers, code: 2 });
      expect(stderr).toContain('node-tutor quiz');
    }
    expect((await rig.run(['quiz', 'prnting'])).stderr).toContain('Did you mean printing?');
  });

  test('asks in a terminal and explains each answer', async () => {
    const rig = await startedRig();
    const terminal = await openTerminal(rig);
    await terminal.press('nt quiz printing --dir node-tutor', 'Enter');
    await terminal.shows('Question 1 of 2', '❯');
    await terminal.press('Enter');
    await terminal.shows('The quotes only mark where the text begins');
    await terminal.press('Enter');
    await terminal.shows('✗ a number');
    await terminal.shows('1 of 2 right');
    const { quizzes } = JSON.parse(await rig.read('node-tutor/.node-tutor/progress.json'));
    expect(quizzes.printing).toMatchObject({ right: 1, questions: 2 });
  });

  test('Ctrl-C at a question ends it without a trace', async () => {
    const rig = await startedRig();
    const terminal = await openTerminal(rig);
    await terminal.press('nt quiz printing; echo "code=$?"', 'Enter');
    await terminal.shows('Your answer:');
    await terminal.press('C-c');
    await terminal.shows('code=130');
    expect((await rig.json(['progress'])).answer.quizzes.answered).toBe(0);
  });
});

async function anyAnswers(rig: Rig): Promise<string> {
  const { answer } = await rig.json(['quiz', 'printing']);
  return answer.questions.map(() => 1).join(',');
}
