import { spawnSync } from 'node:child_process';
import { link, mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictOf, verdictOfFolder } from '../rig/verdict.ts';

const hasBubblewrap = spawnSync('bwrap', ['--version'], { stdio: 'ignore' }).status === 0;
const layers = [...(hasBubblewrap ? ['strict'] : []), 'guard', 'none'];
const hello = 'console.log(`Hello from Node.js ${process.version}`);\nconsole.log(`Running on ${process.platform}`);\n';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bad-submissions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function submission(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const made = path.join(folder, name);
  await mkdir(made);
  await writeFile(path.join(made, 'hello.js'), hello);
  await fill(made);
  return made;
}

describe('a folder that cannot be graded fails with its reason, and nothing of it runs', () => {
  it.each<[string, RegExp, (folder: string) => Promise<void>]>([
    ['symbolic link', /secret\.txt is a symbolic link/, (to) => symlink('/etc/passwd', path.join(to, 'secret.txt'))],
    ['link to a folder', /etc is a symbolic link/, (to) => symlink('/etc', path.join(to, 'etc'))],
    [
      'hard link',
      /twin\.js is a hard link/,
      async (to) => {
        await writeFile(path.join(folder, 'original.js'), '');
        await link(path.join(folder, 'original.js'), path.join(to, 'twin.js'));
      },
    ],
    [
      '2 GB',
      /larger than 64 MB/,
      async (to) => {
        const file = await open(path.join(to, 'big.bin'), 'w');
        await file.truncate(2 * 1024 ** 3);
        await file.close();
      },
    ],
    [
      '50,000 files',
      /more than 5000 files/,
      async (to) => {
        for (let part = 0; part < 50; part++) {
          const names = Array.from({ length: 1_000 }, (_, index) => path.join(to, `${part}-${index}`));
          await Promise.all(names.map((name) => writeFile(name, '')));
        }
      },
    ],
  ])('%s', async (name, reason, fill) => {
    const { status, results } = await verdictOfFolder('hello-node', await submission(name, fill));
    expect(status).toBe('failed');
    expect(results[0]?.failure?.cause).toMatchObject({ name: 'unfit-submission', text: expect.stringMatching(reason) });
  });
});

describe.each(layers)('under --isolate %s', (layer) => {
  const grade = (files: Record<string, string>, exercise = 'hello-node') =>
    verdictOf(exercise, files, ['--isolate', layer]);

  it('accepts the right solution', async () => {
    expect(await grade({ 'hello.js': hello })).toMatchObject({ status: 'passed' });
  });

  it('a gigabyte of output is cut off', async () => {
    const flood =
      'const text = "x".repeat(65_536); for (let i = 0; i < 16_384; i++) require("node:fs").writeSync(1, text);';
    expect(await grade({ 'hello.js': flood })).toMatchObject({ status: 'failed', causes: ['output'] });
  });

  it('output without a newline is compared as it is', async () => {
    expect(await grade({ 'hello.js': 'process.stdout.write("Hello")' })).toMatchObject({ status: 'failed' });
    expect(
      await grade({ 'hello.js': hello.replace(/\);\n$/, ');').replace('console.log(`R', 'process.stdout.write(`R') }),
    ).toMatchObject({ status: 'passed' });
  });

  it('invalid UTF-8 fails without breaking anything', async () => {
    const { status, results } = await grade({ 'hello.js': 'process.stdout.write(Buffer.from([0xff, 0xfe, 0x80]))' });
    expect(status).toBe('failed');
    expect(results[0]?.failure?.differences[0]?.got).toBe('\uFFFD\uFFFD\uFFFD');
  });

  it('process.exit() inside an import ends the program, which then has printed nothing', async () => {
    const files = { 'hello.js': `require('./helper.js');\n${hello}`, 'helper.js': 'process.exit();' };
    expect(await grade(files)).toMatchObject({ status: 'failed', causes: ['nothing-printed'] });
  });

  it('an early exit(0) is no pass', async () => {
    expect(await grade({ 'hello.js': 'process.exit(0)' })).toMatchObject({ status: 'failed' });
  });

  it('a forged verdict on stdout and on every descriptor is no pass', async () => {
    const forged = JSON.stringify({ type: 'verdict', verdict: { status: 'passed' } });
    const forge = `const fs = require('node:fs'); const line = ${JSON.stringify(`${forged}\n`)};
for (let fd = 1; fd < 64; fd++) try { fs.writeSync(fd, line) } catch {}`;
    expect(await grade({ 'hello.js': forge })).toMatchObject({ status: 'failed' });
  });

  it('a closed stdin is an empty one', async () => {
    const reads = `process.stdin.on('data', () => {}).on('end', () => { ${hello.replaceAll('\n', ' ')} });`;
    expect(await grade({ 'hello.js': reads })).toMatchObject({ status: 'passed' });
  });

  it('SIGUSR1 to the parent does not open its inspector, and the verdict stands', async () => {
    const signal = `try { process.kill(process.ppid, 'SIGUSR1') } catch {}\n${hello}`;
    expect(await grade({ 'hello.js': signal })).toMatchObject({ status: 'passed' });
  });
});

describe('code that kills its parent', () => {
  const kills = `try { process.kill(process.ppid, 'SIGKILL') } catch {}\n${hello}`;

  it.each(layers.filter((layer) => layer !== 'none'))('cannot, under %s', async (layer) => {
    expect(await verdictOf('hello-node', { 'hello.js': kills }, ['--isolate', layer])).toMatchObject({
      status: 'passed',
    });
  });
});
