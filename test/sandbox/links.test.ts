import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../../src/model/error.ts';
import { linkPackages } from '../../src/sandbox/links.ts';
import { packageClosure, packagePaths } from '../../src/sandbox/packages.ts';
import { root, tempFolder, writeFiles } from './rig.ts';

let folder = '';
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const manifest = (dependencies: readonly string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])) });

test('links packages, scoped ones too, and may be called again', async () => {
  writeFiles(folder, { 'from/node_modules/a/index.js': '', 'from/node_modules/@s/b/index.js': '' });
  const options = { folder: path.join(folder, 'to'), packages: ['a', '@s/b'], packagesFrom: path.join(folder, 'from') };
  await linkPackages(options);
  await linkPackages(options);
  for (const name of options.packages) {
    expect(fs.realpathSync(path.join(folder, 'to/node_modules', name))).toBe(
      path.join(folder, 'from/node_modules', name),
    );
  }
});

test('replaces a link that leads nowhere, and leaves a folder and a link of the learner alone', async () => {
  writeFiles(folder, {
    'from/node_modules/a/index.js': '',
    'from/node_modules/b/index.js': '',
    'from/node_modules/c/index.js': '',
    'old/index.js': '',
    'to/node_modules/c/mine.js': '',
  });
  fs.symlinkSync(path.join(folder, 'old'), path.join(folder, 'to/node_modules/a'));
  fs.symlinkSync(path.join(folder, 'gone'), path.join(folder, 'to/node_modules/b'));
  await linkPackages({
    folder: path.join(folder, 'to'),
    packages: ['a', 'b', 'c'],
    packagesFrom: path.join(folder, 'from'),
  });
  expect(fs.realpathSync(path.join(folder, 'to/node_modules/a'))).toBe(path.join(folder, 'old'));
  expect(fs.realpathSync(path.join(folder, 'to/node_modules/b'))).toBe(path.join(folder, 'from/node_modules/b'));
  expect(fs.readdirSync(path.join(folder, 'to/node_modules/c'))).toEqual(['mine.js']);
});

test('finds packages in a folder above, as they lie when node-tutor itself is installed', async () => {
  writeFiles(folder, { 'node_modules/a/index.js': '', 'node_modules/node-tutor/package.json': '{}' });
  const packagesFrom = path.join(folder, 'node_modules', 'node-tutor');
  await linkPackages({ folder, packages: ['a'], packagesFrom });
  expect(fs.lstatSync(path.join(folder, 'node_modules/a')).isDirectory()).toBe(true);
});

test('a package that is not installed is told', async () => {
  const options = { folder, packages: ['no-such-package'], packagesFrom: root };
  await expect(linkPackages(options)).rejects.toMatchObject({
    message: expect.stringContaining('no-such-package'),
    exitCode: EXIT.tutorFailed,
  });
});

test.each(['../x', '..', '@s/../../x', '/etc', 'a/b', ''])('"%s" is no package', async (name) => {
  await expect(linkPackages({ folder, packages: [name], packagesFrom: root })).rejects.toThrow(/no name of a package/);
});

test('a closure holds what is depended on, however deep, circular or nested, and nothing else', () => {
  writeFiles(folder, {
    'node_modules/a/package.json': manifest(['b', 'missing']),
    'node_modules/b/package.json': manifest(['a', 'c']),
    'node_modules/b/node_modules/c/package.json': 'not JSON',
    'node_modules/c/package.json': '{}',
    'node_modules/other/package.json': '{}',
  });
  const at = (name: string) => path.join(folder, 'node_modules', name);
  expect(packageClosure([at('a')]).sort()).toEqual([at('a'), at('b'), at('b/node_modules/c')]);
});

test('a whole node_modules is read unless something hidden lies in it', () => {
  writeFiles(folder, { 'node_modules/a/package.json': '{}', 'node_modules/node-tutor/exercises/x': '' });
  const packages = [path.join(folder, 'node_modules/a')];
  expect(packagePaths(packages, [path.join(folder, 'exercises')])).toEqual([path.join(folder, 'node_modules')]);
  expect(packagePaths(packages, [path.join(folder, 'node_modules/node-tutor/exercises')])).toEqual(packages);
});
