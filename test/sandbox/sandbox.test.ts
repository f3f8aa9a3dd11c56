import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type LaunchSpec, type Outcome, type Sandbox } from '../../src/model/run.ts';
import type { LayerName } from '../../src/model/verdict.ts';
import { describeLayers } from '../../src/sandbox/layers.ts';
import { hasPrivateNetwork, inPrivateNetwork } from '../../src/sandbox/nest.ts';
import { openSandbox } from '../../src/sandbox/sandbox.ts';
import { buildInto, launchSpec, processesWith, runRig, sandboxOptions, tempFolder, writeFiles } from './rig.ts';

const dist = tempFolder();
const available = (await describeLayers()).filter(({ probe }) => probe.available).map(({ name }) => name);
const systemTemp = process.env.TMPDIR;
const scratch = tempFolder(0o777);
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  process.env.TMPDIR = scratch;
  await buildInto(dist);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  expect(fs.readdirSync(scratch)).toEqual([]);
});
afterAll(() => {
  if (systemTemp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = systemTemp;
  for (const folder of [dist, scratch]) fs.rmSync(folder, { recursive: true });
});

const elsewhere = tempFolder(0o777);
let submissions = 0;

/** A sandbox for these files; closed after the test, when nothing of it may be left. */
async function open(
  layer: LayerName,
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = [],
): Promise<Sandbox> {
  const submission = writeFiles(path.join(elsewhere, `submission-${submissions++}`), files);
  const sandbox = await openSandbox(sandboxOptions({ submission, layer, dist, packages }));
  cleanups.push(() => sandbox.close());
  return sandbox;
}

async function run(sandbox: Sandbox, spec: LaunchSpec, stdin?: string): Promise<Outcome> {
  const prepared = await sandbox.prepare(spec);
  return prepared.go({
    args: ['one', 'two words'],
    env: { GREETING: 'salam' },
    ...(stdin === undefined ? {} : { stdin }),
  }).outcome;
}

describe.each(available)('under %s', (layer) => {
  test('a program sees what a cold run would show it', async () => {
    const sandbox = await open(layer, {
      'lib/where.js': 'module.exports = __dirname;',
      'index.js': `console.log(JSON.stringify({
        main: require.main === module, args: process.argv.slice(2), file: process.argv[1] === __filename,
        cwd: process.cwd() === __dirname, greeting: process.env.GREETING, extra: process.env.EXTRA,
        lib: require('./lib/where.js') === __dirname + '/lib', zone: new Date(0).getHours(), locale: [process.env.LANG, process.env.LC_ALL], names: Object.keys(process.env).sort(),
      }))`,
    });
    const { stdout, stderr, ...outcome } = await run(sandbox, launchSpec('index.js', { env: { EXTRA: 'yes' } }));
    expect(stderr.text).toBe('');
    expect(JSON.parse(stdout.text)).toEqual({
      main: true,
      args: ['one', 'two words'],
      file: true,
      cwd: true,
      greeting: 'salam',
      extra: 'yes',
      lib: true,
      zone: 0,
      locale: process.platform === 'win32' ? [undefined, undefined] : ['C.UTF-8', 'C.UTF-8'],
      names: expect.not.arrayContaining(['NODE_TUTOR_WAITS', 'TMUX', 'USER', 'VITEST']),
    });
    expect(outcome).toMatchObject({ ended: 'exit', exitCode: 0, signal: null, leftovers: 0 });
    expect(outcome.peakMemory).toBeGreaterThan(1024 * 1024);
  });

  test.each(['index.js', 'index.mjs'])('packages resolve in %s without an install', async (entry) => {
    const sandbox = await open(
      layer,
      {
        'index.js':
          "const e = require('express'); const { v4 } = require('uuid'); console.log(typeof e(), v4().length);",
        'index.mjs': "import e from 'express'; import { v4 } from 'uuid'; console.log(typeof e(), v4().length);",
      },
      ['express', 'uuid'],
    );
    const outcome = await run(sandbox, launchSpec(entry));
    expect(outcome.stderr.text).toBe('');
    expect(outcome.stdout.text).toBe('function 36\n');
  });

  test('a package that the exercise does not declare is not there', async () => {
    const sandbox = await open(layer, { 'index.js': "require('express')" }, ['uuid']);
    expect((await run(sandbox, launchSpec('index.js'))).stderr.text).toContain("Cannot find module 'express'");
  });

  test('packages resolve where node-tutor itself lies among them, and its course stays hidden', async () => {
    const installed = writeFiles(path.join(elsewhere, `installed-${layer}`), {
      'node_modules/a/package.json': '{ "dependencies": { "b": "*" } }',
      'node_modules/a/index.js': "module.exports = require('b');",
      'node_modules/b/index.js': "module.exports = 'b';",
      'node_modules/node-tutor/exercises/x/solution/index.js': 'the solution',
    });
    const course = path.join(installed, 'node_modules/node-tutor/exercises');
    const submission = writeFiles(path.join(elsewhere, `submission-${submissions++}`), {
      'index.js': `console.log(require('a'));
        console.log(require('fs').readFileSync('${course}/x/solution/index.js', 'utf8'));`,
    });
    const options = sandboxOptions({ submission, layer, dist, packages: ['a'], hide: [course] });
    const sandbox = await openSandbox({ ...options, packagesFrom: path.join(installed, 'node_modules/node-tutor') });
    cleanups.push(() => sandbox.close());
    const { stdout } = await run(sandbox, launchSpec('index.js'));
    expect(stdout.text).toBe(layer === 'none' ? 'b\nthe solution\n' : 'b\n');
  });

  test("the learner's own packages do not show the course", async () => {
    const course = writeFiles(path.join(elsewhere, `course-${layer}`), {
      'node_modules/solution/index.js': 'the solution',
    });
    const submission = writeFiles(path.join(elsewhere, `submission-${submissions++}`), {
      'index.js': "console.log(require('fs').readFileSync('node_modules/solution/index.js', 'utf8'))",
    });
    fs.symlinkSync(path.join(course, 'node_modules'), path.join(submission, 'node_modules'));
    const sandbox = await openSandbox(sandboxOptions({ submission, layer, dist, hide: [course] }));
    cleanups.push(() => sandbox.close());
    expect((await run(sandbox, launchSpec('index.js'))).stdout.text).toBe('');
  });

  test("the learner's own packages win", async () => {
    const sandbox = await open(
      layer,
      {
        'index.js': "console.log(require('uuid')); require('express')",
        'node_modules/uuid/package.json': '{ "name": "uuid", "version": "0.0.1" }',
        'node_modules/uuid/index.js': "module.exports = 'mine';",
      },
      ['express', 'uuid'],
    );
    const outcome = await run(sandbox, launchSpec('index.js'));
    expect(outcome).toMatchObject({ exitCode: 0, stdout: { text: 'mine\n' } });
  });

  test.each(["require('fs').readFileSync('/dev/stdin', 'utf8')", "require('fs').readFileSync(0, 'utf8')"])(
    'stdin by %s',
    async (expression) => {
      const sandbox = await open(layer, { 'index.js': `process.stdout.write(${expression})` });
      expect((await run(sandbox, launchSpec('index.js'), 'a\nb')).stdout.text).toBe('a\nb');
    },
  );

  test('stdin by events, and its end when there is none', async () => {
    const files = {
      'index.js': "process.stdin.on('data', (d) => console.log(`${d}`)).on('end', () => console.log('end'))",
    };
    const sandbox = await open(layer, files);
    expect((await run(sandbox, launchSpec('index.js'), 'a')).stdout.text).toBe('a\nend\n');
    expect((await run(sandbox, launchSpec('index.js'))).stdout.text).toBe('end\n');
  });

  test.each([
    ['listen(80)', '80'],
    ["listen('8080')", '8080'],
    ['listen()', '0'],
    ['listen({ port: 3000 })', '3000'],
    ["listen(3000, 'localhost')", '3000'],
    ["listen(3000, '0.0.0.0')", '3000'],
    ["listen({ port: 443, host: '::1' })", '443'],
  ])('%s is put on a free port and told', async (call, requested) => {
    const sandbox = await open(layer, { 'index.js': `require('http').createServer().${call}` });
    const program = (await sandbox.prepare(launchSpec('index.js'))).go({ args: [], env: {} });
    const first = await program.listening;
    expect(first).toMatchObject({ requested, port: expect.any(Number) });
    expect(await program.stop()).toMatchObject({ ended: 'left', signal: 'SIGKILL' });
  });

  test('a program reaches its own server by the port that it asked for', async () => {
    const sandbox = await open(layer, {
      'index.js': `const server = require('http').createServer((_, r) => r.end('own')).listen(3000, async () => {
        for (const host of ['localhost', '127.0.0.1', '[::1]']) console.log(await (await fetch('http://' + host + ':3000')).text());
        server.close();
      });`,
    });
    const outcome = await run(sandbox, launchSpec('index.js'));
    expect(outcome.stderr.text).toBe('');
    expect(outcome.stdout.text).toBe('own\nown\nown\n');
  });

  test('a port that the program itself holds is in use', async () => {
    const sandbox = await open(layer, {
      'index.js': `const { createServer } = require('net');
        const first = createServer().listen(3000, () => {
          createServer().on('error', (e) => {
            console.log(e.code);
            first.close(() => { const again = createServer().listen(3000, () => { console.log('free'); again.close(); }); });
          }).listen(3000);
        });`,
    });
    expect((await run(sandbox, launchSpec('index.js'))).stdout.text).toBe('EADDRINUSE\nfree\n');
  });

  test('a program that ends without listening tells so', async () => {
    const sandbox = await open(layer, { 'index.js': 'process.exitCode = 7' });
    const program = (await sandbox.prepare(launchSpec('index.js'))).go({ args: [], env: {} });
    expect(await program.listening).toMatchObject({ ended: 'exit', exitCode: 7 });
  });

  test('workers, forks and clusters work where the exercise grants them', async () => {
    const sandbox = await open(layer, {
      'index.js': `const cluster = require('cluster'), http = require('http');
        const { Worker, isMainThread, parentPort } = require('worker_threads');
        if (!isMainThread) parentPort.postMessage('thread');
        else if (process.argv[2] === 'child') process.send('child');
        else if (cluster.isPrimary) {
          new Worker(__filename).on('message', (m) => { console.log(m);
            require('child_process').fork(__filename, ['child']).on('message', (m) => { console.log(m);
              cluster.setupPrimary({ args: [] });
              const worker = cluster.fork();
              worker.on('listening', async () => {
                console.log(await (await fetch('http://localhost:8000')).text());
                worker.kill();
              });
            });
          });
        } else http.createServer((_, r) => r.end('cluster')).listen(8000);`,
    });
    const outcome = await run(sandbox, launchSpec('index.js', { grants: ['workers', 'children'] }));
    expect(outcome.stderr.text).toBe('');
    expect(outcome.stdout.text).toBe('thread\nchild\ncluster\n');
  });

  test('does nothing before it is told to go, nor after it was discarded', async () => {
    const sandbox = await open(layer, { 'index.js': "require('fs').writeFileSync('ran', '')", 'other.js': '' });
    const [kept, discarded] = [
      await sandbox.prepare(launchSpec('index.js')),
      await sandbox.prepare(launchSpec('index.js')),
    ];
    await run(sandbox, launchSpec('other.js'));
    expect(fs.existsSync(path.join(kept.work, 'ran'))).toBe(false);
    await discarded.discard();
    expect(fs.existsSync(discarded.work)).toBe(false);
    await kept.go({ args: [], env: {} }).outcome;
    expect(fs.existsSync(path.join(kept.work, 'ran'))).toBe(true);
  });

  test('every run has a fresh copy, and the submission stays as it is', async () => {
    const sandbox = await open(layer, {
      'index.js':
        "const fs = require('fs'); fs.appendFileSync('data', 'x'); console.log(fs.readFileSync('data', 'utf8'))",
      data: '',
    });
    expect((await run(sandbox, launchSpec('index.js'))).stdout.text).toBe('x\n');
    expect((await run(sandbox, launchSpec('index.js'))).stdout.text).toBe('x\n');
  });

  test('folders that the program made unreadable are removed', async () => {
    const sandbox = await open(layer, {
      'index.js':
        "const fs = require('fs'); fs.mkdirSync('a/b', { recursive: true }); fs.writeFileSync('a/b/c', ''); fs.chmodSync('a/b', 0); fs.chmodSync('a', 0o500);",
    });
    expect(await run(sandbox, launchSpec('index.js'))).toMatchObject({ exitCode: 0 });
  });

  test('the exit code of a program is told apart from a signal', async () => {
    const sandbox = await open(layer, {
      'code.js': 'process.exit(137)',
      'signal.js': "process.kill(process.pid, 'SIGTERM')",
    });
    expect(await run(sandbox, launchSpec('code.js'))).toMatchObject({ exitCode: 137, signal: null });
    expect(await run(sandbox, launchSpec('signal.js'))).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });

  test('closing ends what still runs', async () => {
    const sandbox = await open(layer, { 'index.js': "require('net').createServer().listen(1, () => process.title)" });
    const prepared = await sandbox.prepare(launchSpec('index.js'));
    await prepared.go({ args: ['closing'], env: {} }).listening;
    expect(processesWith(prepared.work)).not.toEqual([]);
    await sandbox.close();
    expect(processesWith(prepared.work)).toEqual([]);
  });

  test('the output so far can be looked at', async () => {
    const sandbox = await open(layer, {
      'index.js': "console.log('up'); console.error('err'); require('net').createServer().listen(1)",
    });
    const program = (await sandbox.prepare(launchSpec('index.js'))).go({ args: [], env: {} });
    await program.listening;
    await expect.poll(() => program.output()).toEqual({ stdout: 'up\n', stderr: 'err\n' });
  });
});

test.each([
  [
    'index.mjs',
    `import { lookup } from 'node:dns';
    import { lookup as lookupLater } from 'node:dns/promises';
    import { kill, ppid, report } from 'node:process';`,
  ],
  [
    'index.js',
    `const { lookup } = require('dns');
    const { lookup: lookupLater } = require('dns/promises');
    const { kill, ppid, report } = require('process');`,
  ],
])('under guard, what is locked is locked however a program gets it (%s)', async (entry, imports) => {
  const sandbox = await open('guard', {
    [entry]: `${imports}
      const tell = (error) => console.log(error.code, error.message.includes('node-tutor'));
      lookup('foreign.example', (error) => {
        tell(error);
        lookupLater('foreign.example').catch((error) => {
          tell(error);
          const attempts = [() => kill(ppid), () => report.writeReport(), () => { report.directory = '/'; }];
          for (const attempt of [...attempts, () => process.report.writeReport('again')]) try { attempt(); } catch (error) { tell(error); }
          console.log(report === process.report, typeof report.getReport());
        });
      });`,
  });
  const { stdout, stderr } = await run(sandbox, launchSpec(entry));
  expect(stderr.text).toBe('');
  const refused = 'EPERM true\n';
  expect(stdout.text).toBe(`${'ENOTFOUND true\n'.repeat(2)}${refused.repeat(4)}true object\n`);
});

const networks = available.filter(hasPrivateNetwork);
test.each(networks)('under %s, grader and program share a network that leads nowhere', async (layer) => {
  const submission = writeFiles(path.join(elsewhere, 'nested'), {
    'index.js': `require('http').createServer((request, response) => {
      require('net').connect(80, '192.0.2.1').on('error', (error) => response.end(request.url + ' ' + error.code));
    }).listen(3000);`,
  });
  const sandbox = sandboxOptions({ submission, layer, dist, networkIsPrivate: true });
  const job = { sandbox, launch: launchSpec('index.js'), go: { args: [], env: {} }, requests: ['/a', '/b'] };
  const result = await runRig(dist, job, (command) => inPrivateNetwork(command, { layer }));
  const code = layer === 'unshare' ? 'EPERM' : 'ENETUNREACH';
  expect(result?.pages).toEqual([`/a ${code}`, `/b ${code}`]);
});

const hasBubblewrap = available.includes('bubblewrap');
describe.runIf(hasBubblewrap)('under strict isolation', () => {
  /** The outcome of a program in a grader of its own. */
  async function graded(script: string): Promise<Outcome> {
    const submission = writeFiles(fs.mkdtempSync(path.join(elsewhere, 'strict-')), { 'index.js': script });
    const isolation = { layer: 'bubblewrap', strict: true } as const;
    const sandbox = { ...sandboxOptions({ submission, layer: 'bubblewrap', dist, networkIsPrivate: true }), isolation };
    const job = { sandbox, launch: launchSpec('index.js'), go: { args: [], env: {} }, requests: [] };
    const result = await runRig(dist, job, (command) => inPrivateNetwork(command, isolation));
    if (result === undefined) throw new Error('The grader was killed.');
    return result.outcome;
  }

  test('files lie in memory that the system limits, and nowhere else', async () => {
    const { stdout } = await graded(`const { type, bsize, blocks, files } = require('fs').statfsSync('.');
      console.log(JSON.stringify({ type, bytes: bsize * blocks, files, work: process.cwd() }));`);
    const { type, bytes, files, work } = JSON.parse(stdout.text);
    const TMPFS = 0x01021994;
    expect({ type, files }).toEqual({ type: TMPFS, files: 20_000 });
    expect(bytes).toBeLessThanOrEqual(1.5 * DEFAULT_LIMITS.disk);
    expect(fs.existsSync(path.dirname(path.dirname(work)))).toBe(true);
    expect(fs.existsSync(path.dirname(work))).toBe(false);
  });

  test('a program that is done before anybody looks has still written too many files', async () => {
    const outcome = await graded(`for (let count = 0; ; count++) {
      try { require('fs').writeFileSync('file-' + count, '') } catch (error) { console.log(error.code); process.exit() }
    }`);
    expect(outcome).toMatchObject({ ended: 'disk' });
  });

  test.runIf(process.getuid?.() === 0)('programs of two graders are two users, and neither is root', async () => {
    const script = 'console.log(process.getuid(), process.getgid())';
    const [one, other] = await Promise.all([graded(script), graded(script)]);
    expect(one.stdout.text).not.toBe(other.stdout.text);
    expect([one, other].map(({ stdout }) => Number.parseInt(stdout.text, 10)).every((id) => id > 60_000)).toBe(true);
  });
});

test('a limit of the exercise is kept', async () => {
  const sandbox = await open('none', { 'index.js': 'setInterval(() => {}, 1000)' });
  const outcome = await run(sandbox, launchSpec('index.js', { limits: { ...DEFAULT_LIMITS, time: 100 } }));
  expect(outcome).toMatchObject({ ended: 'time' });
  expect(outcome.milliseconds).toBeLessThan(2000);
});
