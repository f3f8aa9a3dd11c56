import { existsSync } from 'node:fs';
import { readdir, rm, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { HELLO, startedRig } from './support.ts';

const OWN = 'node-tutor/.node-tutor';

const finding = (answer: Answer, what: string) => answer.findings.find((each: { what: string }) => each.what === what);

/** A workspace with a package that leads nowhere, and with what a killed tutor left an hour ago. */
async function illRig(): Promise<Rig> {
  const rig = await startedRig();
  await rig.run(['start', 'express-hello', '--dir', 'mine']);
  const link = path.join(rig.folder, 'mine', 'node_modules', 'express');
  await rm(link, { recursive: true });
  await symlink(path.join(rig.folder, 'gone'), link, 'junction');
  await rig.write('mine/.node-tutor/copying-x/half', '');
  const hour = new Date(Date.now() - 3_600_000);
  await utimes(path.join(rig.folder, 'mine/.node-tutor/copying-x'), hour, hour);
  await rig.write('mine/.node-tutor/copying-now/half', '');
  return rig;
}

describe('doctor --fix', () => {
  test('mends after --yes, and leaves what is in use', async () => {
    const rig = await illRig();
    const before = await rig.json(['doctor', '--dir', 'mine']);
    expect(before.code).toBe(1);
    expect(finding(before.answer, 'linked packages')).toMatchObject({ status: 'bad', isFixable: true });
    expect(finding(before.answer, 'leftovers').text).toContain('copying-x');
    const { code, answer } = await rig.json(['doctor', '--dir', 'mine', '--fix', '--yes']);
    expect(code).toBe(0);
    expect(answer.fixed).toEqual(['linked packages', 'leftovers']);
    expect(existsSync(path.join(rig.folder, 'mine/node_modules/express/package.json'))).toBe(true);
    const names = await readdir(path.join(rig.folder, 'mine/.node-tutor'));
    expect(names).toContain('copying-now');
    expect(names).not.toContain('copying-x');
  });

  test('changes nothing where nobody can be asked', async () => {
    const rig = await illRig();
    const { code, stderr } = await rig.run(['doctor', '--dir', 'mine', '--fix']);
    expect(code).toBe(2);
    expect(stderr).toContain('node-tutor doctor --fix --yes');
    expect(existsSync(path.join(rig.folder, 'mine/.node-tutor/copying-x'))).toBe(true);
  });

  test('asks on a terminal, for each thing', async () => {
    const rig = await illRig();
    const terminal = await openTerminal(rig);
    await terminal.press('nt doctor --dir mine --fix', 'Enter');
    await terminal.shows('Shall the tutor link express anew?');
    await terminal.press('Down', 'Enter');
    await terminal.shows('Shall the tutor remove what a killed tutor left?');
    await terminal.press('Enter');
    await terminal.shows('Some of it can be mended');
    expect(existsSync(path.join(rig.folder, 'mine/node_modules/express/package.json'))).toBe(true);
    expect(existsSync(path.join(rig.folder, 'mine/.node-tutor/copying-x'))).toBe(true);
  });

  test('writes damaged settings anew, keeps them, and loses no progress', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/say-hello/index.js', HELLO);
    await rig.run(['check', 'say-hello']);
    await rig.write(`${OWN}/workspace.json`, '{"cour');
    const ill = await rig.run(['list']);
    expect(ill.code).toBe(2);
    expect(ill.stderr).toContain('doctor --fix');
    const other = await rig.run(['doctor', '--fix', '--yes']);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('--course <folder>');
    expect((await rig.run(['doctor', '--fix', '--yes', '--course', TINY_COURSE])).code).toBe(0);
    expect((await rig.json(['list'])).answer.passed).toBe(1);
    expect((await readdir(path.join(rig.folder, OWN))).some((name) => name.includes('damaged'))).toBe(true);
  });

  test('has nothing to do where all is well', async () => {
    const rig = await startedRig();
    const { code, answer } = await rig.json(['doctor', '--fix']);
    expect(code).toBe(0);
    expect(answer.fixed).toEqual([]);
  });
});

test('long work shows how far it is, on a terminal alone', async () => {
  const rig = await startedRig();
  const terminal = await openTerminal(rig);
  const recorded = await terminal.record();
  await terminal.press(`nt grade node-tutor --course ${TINY_COURSE}; echo "code=$?"`, 'Enter');
  const screen = await terminal.shows('code=1');
  expect(screen).not.toContain('░');
  expect(await recorded('code=1')).toMatch(/\r[^\r\n]*1\/2 (?:say-hello|add-up)/);
  expect((await rig.run(['grade', 'node-tutor', '--course', TINY_COURSE])).stderr).toBe('');
});
