// The judge of the hostile suite must see an attack that gets through, and a verdict that is wrong.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attack } from './attack.ts';
import { type Install, makeInstall } from './install.ts';
import { countLeaks, leftovers } from './leaks.ts';
import { RUNNING } from './nodes.ts';
import { attempt, type Hold, isOlder } from './trial.ts';

const grader = { name: 'this' };
const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'judge-'));
fs.chmodSync(folder, 0o755);
let install: Install;
beforeAll(() => {
  install = makeInstall(path.join(folder, 'tutor'), grader);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Tries a program that is no part of the suite. */
function attemptProgram(code: string, about: Partial<Attack> & Pick<Attack, 'escaped'>, hold: Hold) {
  const source = path.join(folder, 'program');
  fs.rmSync(source, { recursive: true, force: true });
  fs.mkdirSync(source);
  fs.writeFileSync(path.join(source, 'index.js'), code);
  const attack: Attack = {
    tries: 'A test.',
    class: 'files',
    grants: [],
    limits: {},
    ships: [],
    name: 'program',
    folder: source,
    ...about,
  };
  return attempt(attack, { hold, grader, install, node: RUNNING });
}

test.each([
  ['secret', "console.log(require('fs').readFileSync(require('./arena.json').solution, 'utf8'))"],
  ['file', "require('fs').writeFileSync(require('./arena.json').canary, 'changed')"],
  ['listener', "require('net').connect(require('./arena.json').port, '127.0.0.1').on('error', () => {})"],
  ['grader', "process.kill(process.ppid, 'SIGKILL')"],
  [
    'process',
    "require('child_process').spawn('/bin/sh', ['-c', 'sleep 9; :', require('./arena.json').mark], { detached: true, stdio: 'ignore' }).unref()",
  ],
] as const)('it sees %s, whatever the program says', async (evidence, code) => {
  expect(await attemptProgram(`console.log('stopped'); ${code};`, { escaped: [evidence] }, 'bare')).toEqual({
    result: 'escaped',
    by: evidence,
  });
});

test('it does not believe a program that boasts', async () => {
  expect(await attemptProgram("console.log('escaped');", { escaped: ['secret', 'file'] }, 'guard')).toEqual({
    result: 'stopped',
  });
});

test('it sees a submission that passes although it must not', async () => {
  const honest = "console.log(process.argv.slice(2).reverse().join(' '));";
  expect(await attemptProgram(honest, { escaped: ['verdict'] }, 'guard')).toEqual({ result: 'escaped', by: 'verdict' });
});

test('it names the limit', async () => {
  expect(await attemptProgram('for (;;);', { escaped: ['hang'] }, 'guard')).toEqual({ result: 'limit', by: 'time' });
});

test('what is left is counted', async () => {
  const temp = path.join(folder, 'left');
  fs.mkdirSync(path.join(temp, 'node-tutor-x'), { recursive: true });
  const code = "require('net').createServer().listen(0, '127.0.0.1', () => console.log('up'))";
  const child = spawn(process.execPath, ['-e', code], { env: { TMPDIR: temp } });
  await once(child.stdout, 'data');
  expect(leftovers(temp)).toMatchObject({ processes: 1, listening: 1, folders: 1 });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(leftovers(temp)).toMatchObject({ processes: 0, listening: 0, folders: 1 });
});

test('nothing is left of hostile runs, and of killed tutors', { timeout: 300_000 }, async () => {
  const { killed, before, after } = await countLeaks('guard', 14);
  expect(killed).toBeGreaterThan(2);
  expect(after).toEqual(before);
  expect(after.processes + after.folders).toBe(0);
});

test.each([
  ['v20.19.0', '22.5.0', true],
  ['v22.5.0', '22.5.0', false],
  ['v22.16.0', '22.15.0', false],
])('%s is older than %s: %s', (version, than, answer) => {
  expect(isOlder(version, than)).toBe(answer);
});
