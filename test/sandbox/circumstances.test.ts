// Machines that are not as one would wish: what the tutor still does there, and what it says.
import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeLayers } from '../../src/sandbox/layers.ts';
import { BIN, TINY_COURSE } from '../rig/cli.ts';
import { tempFolder, writeFiles } from './rig.ts';

const folder = tempFolder();
afterAll(() => fs.rmSync(folder, { recursive: true }));

const here = (await describeLayers()).filter(({ probe }) => probe.available).map(({ name }) => name);
const requests = here.map((name) => (name === 'bubblewrap' ? 'strict' : name));
const hello = writeFiles(path.join(folder, 'hello'), { 'index.js': "console.log('hello');" });

interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

interface Place {
  /** What the command is started with, such as `unshare`. */
  before?: readonly string[];
  env?: Readonly<Record<string, string>>;
  cwd?: string;
}

function tutor(args: readonly string[], { before = [], env, cwd = folder }: Place = {}): Promise<Answer> {
  const [file = '', ...rest] = [...before, process.execPath, BIN, ...args];
  const full = env ?? { PATH: process.env.PATH ?? '', HOME: path.join(folder, 'home') };
  return new Promise((resolve) => {
    execFile(file, rest, { env: full, cwd }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const checkOf = (submission: string) => [
  ...['check', 'say-hello', '--course', TINY_COURSE, '--submission', submission, '--json'],
];

/** A namespace of mounts, in which a script changes the machine before the command starts; arguments follow it. */
const inMounts = (script: string): string[] => {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', ...user, '--mount', '/bin/sh', '-c', `set -e; ${script}; exec "$@"`, 'sh'];
};
/** Limits that not even root may raise. */
const limited = [
  ...(process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-sys_resource'] : []),
  ...['prlimit', '--nofile=1024:1024', '--nproc=600:600'],
];
const canLimit = spawnSync(limited[0] ?? '', [...limited.slice(1), 'true']).status === 0;
const canMount = spawnSync('unshare', inMounts('true').slice(1).concat('true')).status === 0;

describe.runIf(canMount && here.includes('bubblewrap'))('where bubblewrap does not work', () => {
  const fake = (message: string): Place => {
    const file = path.join(folder, 'bwrap');
    fs.writeFileSync(file, `#!/bin/sh\necho "bwrap: ${message}" >&2\nexit 1\n`, { mode: 0o755 });
    return { before: inMounts(`mount --bind '${file}' "$(command -v bwrap)"`) };
  };
  const forbidden = 'setting up uid map: Permission denied';

  test('auto takes the next layer, and every verdict says why', async () => {
    const { code, stdout } = await tutor(checkOf(hello), fake(forbidden));
    expect(code).toBe(0);
    const { isolation } = JSON.parse(stdout);
    expect(isolation.layer).toBe(here.includes('unshare') ? 'unshare' : 'guard');
    expect(isolation.reason).toContain(forbidden);
    expect(isolation.reason).toContain('apparmor_restrict_unprivileged_userns=0');
  });

  test('strict is refused, with the remedy', async () => {
    const { code, stdout } = await tutor([...checkOf(hello), '--isolate', 'strict'], fake(forbidden));
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout);
    expect(error.message).toContain(forbidden);
    expect(error.next).toContain('apparmor_restrict_unprivileged_userns=0');
  });

  test('doctor shows the same', async () => {
    const { stdout } = await tutor(['doctor', '--json'], fake(forbidden));
    const findings: { what: string }[] = JSON.parse(stdout).findings;
    expect(findings.find(({ what }) => what === 'isolation: bubblewrap')).toMatchObject({
      status: 'note',
      text: expect.stringContaining(forbidden),
      remedy: expect.stringContaining('apparmor_restrict_unprivileged_userns=0'),
    });
  });

  test('one of another version, which knows an option less, is not used', async () => {
    const { code, stdout } = await tutor(checkOf(hello), fake('Unknown option --size'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout).isolation.reason).toContain('Unknown option --size');
  });
});

describe.runIf(here.includes('bubblewrap'))('where there are no user namespaces at all', () => {
  const before = ['bwrap', '--unshare-user', '--uid', '1000', '--disable-userns', '--dev-bind', '/', '/', '--'];
  const isKnown = spawnSync('bwrap', [...before.slice(1), 'true']).status === 0;

  test.runIf(isKnown)('auto takes the guard, and strict is refused', async () => {
    const place = { before, env: { PATH: process.env.PATH ?? '' } };
    const { code, stdout } = await tutor(checkOf(hello), place);
    expect([code, JSON.parse(stdout).isolation.layer]).toEqual([0, 'guard']);
    const strict = await tutor([...checkOf(hello), '--isolate', 'strict'], place);
    expect(strict.code).toBe(2);
    expect(JSON.parse(strict.stdout).error.next).toContain('user namespaces');
  });

  test.runIf(isKnown)('who grades others is told, with what to do', async () => {
    const place = { before, env: { PATH: process.env.PATH ?? '' } };
    const args = ['grade', hello, '--exercise', 'say-hello', '--course', TINY_COURSE];
    const { code, stderr } = await tutor(args, place);
    expect(code).toBe(0);
    expect(stderr).toMatch(/Isolated by guard: .*kernel\.unprivileged_userns_clone=1/s);
    const asked = await tutor([...args, '--isolate', 'guard'], place);
    expect([asked.code, asked.stderr]).toEqual([0, '']);
  });
});

describe.each(requests)('under %s', (isolate) => {
  const check = (submission: string, place?: Place) => tutor([...checkOf(submission), '--isolate', isolate], place);
  const temp = path.join(folder, `tmp-${isolate}`);
  fs.mkdirSync(temp, { mode: 0o777 });
  const PATH = process.env.PATH ?? '';

  test('without HOME', async () => {
    expect(await check(hello, { env: { PATH } })).toMatchObject({ code: 0 });
  });

  test('with a home that cannot be written to', async () => {
    const home = path.join(folder, `home-${isolate}`);
    fs.writeFileSync(home, 'a file, so that not even root can make something below it');
    expect(await check(hello, { env: { PATH, HOME: home } })).toMatchObject({ code: 0 });
  });

  test.each([`it's "a b" $(exit 1) \`x\`\nünï 😀 نود,%s`, '-rf'])('with %j in all paths', async (name) => {
    const odd = path.join(folder, `odd-${isolate}`, name);
    const submission = writeFiles(path.join(odd, 'work'), { 'index.js': "console.log('hello');" });
    const course = path.join(odd, 'course');
    fs.cpSync(TINY_COURSE, course, { recursive: true });
    fs.mkdirSync(path.join(odd, 'tmp'));
    const env = { PATH, HOME: path.join(odd, 'home'), TMPDIR: path.join(odd, 'tmp') };
    const args = ['check', 'say-hello', '--course', course, '--submission', submission, '--isolate', isolate];
    expect(await tutor([...args, '--json'], { env })).toMatchObject({ code: 0 });
    expect(fs.readdirSync(path.join(odd, 'tmp'))).toEqual([]);
  });

  test('with an asterisk, which the permission model takes for anything', async () => {
    const temp = path.join(folder, `any-${isolate}*`);
    fs.mkdirSync(temp);
    const { code, stdout } = await check(hello, { env: { PATH, TMPDIR: temp } });
    if (['none', 'strict'].includes(isolate)) expect(code).toBe(0);
    else expect([code, stdout]).toEqual([3, expect.stringContaining('has an asterisk in it')]);
  });

  test('with packages behind links, as pnpm keeps them', async () => {
    const submission = writeFiles(path.join(folder, `pnpm-${isolate}`), {
      'index.js': "console.log(require('greeting'));",
      'node_modules/.pnpm/greeting@1.0.0/node_modules/greeting/index.js': "module.exports = require('word');",
      'node_modules/.pnpm/word@1.0.0/node_modules/word/index.js': "module.exports = 'hello';",
    });
    const modules = path.join(submission, 'node_modules');
    const store = (name: string) => path.join('.pnpm', `${name}@1.0.0`, 'node_modules', name);
    fs.symlinkSync(store('greeting'), path.join(modules, 'greeting'));
    fs.symlinkSync(
      path.join('..', '..', '..', store('word')),
      path.join(modules, '.pnpm', 'greeting@1.0.0', 'node_modules', 'word'),
    );
    expect(await check(submission)).toMatchObject({ code: 0 });
  });

  test.runIf(canLimit)('where fewer open files and processes are allowed than a run may have', async () => {
    expect(await check(hello, { before: limited })).toMatchObject({ code: 0 });
  });

  test.runIf(canMount)('on a mounted volume', async () => {
    const volume = path.join(folder, `volume-${isolate}`);
    fs.mkdirSync(volume);
    const script = `mount -t tmpfs none '${volume}'; cp '${hello}/index.js' '${volume}'`;
    expect(await check(volume, { before: inMounts(script) })).toMatchObject({ code: 0 });
  });

  test.runIf(canMount)('with a folder for temporary files from which nothing can be started', async () => {
    const before = inMounts(`mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 none '${temp}'`);
    expect(await check(hello, { before, env: { PATH, TMPDIR: temp } })).toMatchObject({ code: 0 });
  });

  test.runIf(canMount)(
    'with a folder for temporary files that is full, it is not the submission that is blamed',
    async () => {
      const before = inMounts(
        `mount -t tmpfs -o size=4k,mode=1777 none '${temp}'; head -c 4096 /dev/zero > '${temp}/full'`,
      );
      const { code, stdout } = await check(hello, { before, env: { PATH, TMPDIR: temp } });
      // Strict isolation writes to memory of its own.
      if (isolate === 'strict') return expect(code).toBe(0);
      expect(code).toBe(3);
      expect(stdout).toContain('Free some space there, or set TMPDIR');
    },
  );
});
