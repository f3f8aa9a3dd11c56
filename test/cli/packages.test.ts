import { execFile } from 'node:child_process';
import { lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeRig, type Rig } from '../rig/cli.ts';

const execute = promisify(execFile);

/** What the learner's own `node file` prints, with Node.js alone. */
async function ownRun(rig: Rig, file: string): Promise<string> {
  const { stdout } = await execute(process.execPath, [file], { cwd: path.join(rig.folder, 'w/express-hello') });
  return stdout.trim();
}

async function openedRig(): Promise<Rig> {
  const rig = await makeRig();
  expect((await rig.run(['start', 'express-hello', '--dir', 'w'])).code).toBe(0);
  return rig;
}

test("the learner's own node finds the packages from CommonJS and from ES modules", async () => {
  const rig = await openedRig();
  await rig.write('w/express-hello/a.js', "console.log(typeof require('express'));\n");
  await rig.write('w/express-hello/b.mjs', "import express from 'express';\nconsole.log(typeof express);\n");
  expect(await ownRun(rig, 'a.js')).toBe('function');
  expect(await ownRun(rig, 'b.mjs')).toBe('function');
});

test('only what the exercise declares is linked, and an editor finds the types of Node.js or how to get them', async () => {
  const rig = await openedRig();
  const linked = await readdir(path.join(rig.folder, 'w/node_modules'));
  expect(linked.filter((name) => name !== '@types')).toEqual(['express']);
  const files = await readdir(path.join(rig.folder, 'w'));
  expect(linked.includes('@types') || files.includes('jsconfig.json')).toBe(true);
});

test('links that lead nowhere any more are mended at the next start', async () => {
  const rig = await openedRig();
  const link = path.join(rig.folder, 'w/node_modules/express');
  await rm(link);
  await symlink(path.join(rig.folder, 'emptied-cache/node_modules/express'), link);
  await rig.run(['start', 'hello-node', '--dir', 'w']);
  await rig.write('w/express-hello/a.js', "console.log(typeof require('express'));\n");
  expect(await ownRun(rig, 'a.js')).toBe('function');
});

test("the learner's own packages stay, whether folders, links, or a node_modules that is a link", async () => {
  const rig = await makeRig();
  await rig.write('mine/express/index.js', "module.exports = 'mine';\n");
  await mkdir(path.join(rig.folder, 'w/node_modules'), { recursive: true });
  const link = path.join(rig.folder, 'w/node_modules/express');
  await symlink(path.join(rig.folder, 'mine/express'), link);
  await rig.run(['start', 'express-hello', '--dir', 'w']);
  expect(await readlink(link)).toBe(path.join(rig.folder, 'mine/express'));
  await rm(path.join(rig.folder, 'w/node_modules'), { recursive: true });
  await symlink(path.join(rig.folder, 'mine'), path.join(rig.folder, 'w/node_modules'));
  await rig.run(['start', 'express-search', '--dir', 'w']);
  expect(await readdir(path.join(rig.folder, 'mine'))).toEqual(['express']);
  expect((await lstat(path.join(rig.folder, 'w/node_modules'))).isSymbolicLink()).toBe(true);
});
