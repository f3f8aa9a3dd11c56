import { cp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';

const STARTER = 'course/exercises/add-up/starter/sum.js';
const MINE = 'node-tutor/add-up/sum.js';
const BODY = 'one\ntwo\nthree\nfour\nfive\n';

/** A workspace of a course whose starter has five lines, opened once. */
async function openedRig(): Promise<Rig> {
  const rig = await makeRig();
  await cp(TINY_COURSE, path.join(rig.folder, 'course'), { recursive: true });
  await rig.write(STARTER, BODY);
  expect((await rig.run(['start', 'add-up', '--course', 'course'])).code).toBe(0);
  return rig;
}

const files = async (rig: Rig) => (await readdir(path.join(rig.folder, 'node-tutor/add-up'))).sort();

describe('a new version of a starter', () => {
  test('takes the place of what the learner has not touched', async () => {
    const rig = await openedRig();
    await rig.write(STARTER, BODY.replace('two', 'TWO'));
    await rig.write('course/exercises/add-up/starter/more/extra.js', 'extra\n');
    const { stderr } = await rig.run(['start', 'add-up']);
    expect(stderr).toContain('The course has a new version of add-up. Your work is kept.');
    expect(stderr).toContain(`new: ${path.join('more', 'extra.js')}, sum.js`);
    expect(await rig.read(MINE)).toBe(BODY.replace('two', 'TWO'));
    expect(await rig.read('node-tutor/add-up/more/extra.js')).toBe('extra\n');
    expect((await rig.run(['start', 'add-up'])).stderr).toBe('');
  });

  test('is merged with what the learner has changed elsewhere, and undone', async () => {
    const rig = await openedRig();
    const own = BODY.replace('one', 'mine');
    await rig.write(MINE, own);
    await rig.write('node-tutor/add-up/notes.txt', 'mine');
    await rig.write(STARTER, BODY.replace('five', 'FIVE'));
    const { answer } = await rig.json(['start', 'add-up']);
    expect(answer.upgrade).toMatchObject({ updated: [], merged: ['sum.js'], beside: [] });
    expect(await rig.read(MINE)).toBe('mine\ntwo\nthree\nfour\nFIVE\n');
    expect(await readFile(path.join(answer.upgrade.backup, 'sum.js'), 'utf8')).toBe(own);
    expect((await rig.run(['undo', 'add-up'])).code).toBe(0);
    expect(await rig.read(MINE)).toBe(own);
    expect(await rig.read('node-tutor/add-up/notes.txt')).toBe('mine');
    expect((await rig.json(['start', 'add-up'])).answer.upgrade).toBeNull();
    expect(await rig.read(MINE)).toBe(own);
  });

  test('stands beside what the learner has changed in the same lines', async () => {
    const rig = await openedRig();
    const own = BODY.replace('two', 'mine');
    await rig.write(MINE, own);
    await rig.write(STARTER, BODY.replace('two', 'theirs'));
    const { stderr } = await rig.run(['start', 'add-up']);
    expect(stderr).toContain('beside yours, because both changed the same lines: sum.js.new');
    expect(await rig.read(MINE)).toBe(own);
    expect(await rig.read(`${MINE}.new`)).toBe(BODY.replace('two', 'theirs'));
    await rig.write(STARTER, BODY.replace('two', 'again'));
    await rig.run(['start', 'add-up']);
    expect(await files(rig)).toEqual(['README.md', 'sum.js', 'sum.js.new', 'sum.js.new2']);
    await rig.run(['undo', 'add-up']);
    await rig.run(['undo', 'add-up']);
    expect(await files(rig)).toEqual(['README.md', 'sum.js']);
  });

  test('does not bring back what the learner has deleted, and leaves what the course has dropped', async () => {
    const rig = await openedRig();
    await rm(path.join(rig.folder, MINE));
    await rig.write('node-tutor/add-up/index.js', 'console.log(1)');
    await rig.write(STARTER, BODY.toUpperCase());
    await rig.run(['start', 'add-up']);
    expect(await files(rig)).toEqual(['README.md', 'index.js', 'sum.js.new']);
    await rig.write(STARTER.replace('sum.js', 'index.js'), 'other\n');
    await rm(path.join(rig.folder, STARTER));
    expect((await rig.json(['start', 'add-up'])).answer.upgrade).toMatchObject({
      updated: [],
      beside: ['index.js.new'],
    });
    expect(await files(rig)).toEqual(['README.md', 'index.js', 'index.js.new', 'sum.js.new']);
  });

  test('is not seen where only the line ends differ', async () => {
    const rig = await openedRig();
    await rig.write(MINE, BODY.replaceAll('\n', '\r\n'));
    await rig.write(STARTER, BODY.replace('two', 'TWO'));
    const { answer }: { answer: Answer } = await rig.json(['start', 'add-up']);
    expect(answer.upgrade).toMatchObject({ updated: ['sum.js'] });
  });

  test('of a workspace that is older than this: nothing is touched', async () => {
    const rig = await openedRig();
    await rm(path.join(rig.folder, 'node-tutor/.node-tutor/starters'), { recursive: true });
    await rig.write(STARTER, BODY.replace('two', 'TWO'));
    expect((await rig.json(['start', 'add-up'])).answer.upgrade).toBeNull();
    expect(await rig.read(MINE)).toBe(BODY);
  });

  test('after a reset, the starter of the reset is what is compared', async () => {
    const rig = await openedRig();
    await rig.write(STARTER, BODY.replace('two', 'TWO'));
    await rig.run(['reset', 'add-up']);
    expect(await rig.read(MINE)).toContain('TWO');
    await rig.write(MINE, `${BODY.replace('two', 'TWO')}mine\n`);
    await rig.write(STARTER, BODY.replace('two', 'TWO').replace('one', 'ONE'));
    await rig.run(['start', 'add-up']);
    expect(await rig.read(MINE)).toBe('ONE\nTWO\nthree\nfour\nfive\nmine\n');
  });
});
