import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { parse } from 'acorn';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/contract.ts';
import { BIN, makeRig, TINY_COURSE } from '../rig/cli.ts';
import { startedRig } from './support.ts';

describe('help and version', () => {
  test.each([['--version'], ['-V'], ['list', '--version']])('%s %s says the version', async (...args) => {
    const rig = await makeRig();
    const { code, stdout, stderr } = await rig.run(args.filter(Boolean));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([[[]], [['--help']], [['-h']], [['help']], [['--no-color', '--help']]])(
    '%j shows every command, at most 80 columns wide',
    async (args) => {
      const rig = await makeRig();
      const { code, stdout } = await rig.run(args);
      expect(code).toBe(0);
      for (const { name, summary } of COMMANDS)
        expect(stdout).toMatch(new RegExp(`^  ${name}\\b.* ${summary.slice(0, 12)}`, 'm'));
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test.each(COMMANDS.map(({ name }) => name))('%s --help has examples, and so has help %s', async (name) => {
    const rig = await makeRig();
    const { code, stdout } = await rig.run([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: node-tutor ${name}`);
    expect(stdout).toContain(`Examples:\n  node-tutor ${name}`);
    expect((await rig.run(['help', name])).stdout).toBe(stdout);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('an old Node', () => {
  test('can parse the program, and is told what is missing', async () => {
    const source = await readFile(BIN, 'utf8');
    expect(() => parse(source, { ecmaVersion: 2015, allowHashBang: true })).not.toThrow();
    expect(source).not.toMatch(/require\("node:/);
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '12.22.0' } }); require(${JSON.stringify(BIN)})`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^node-tutor needs Node\.js 20\.19 or newer, and this is .*\n$/);
  });
});

describe('misuse ends with 2 and says what is right', () => {
  test.each([
    [['chek'], 'There is no command "chek".', 'Did you mean check?'],
    [['list', '--jsno'], 'There is no option "--jsno".', 'Did you mean --json?'],
    [['--cuorse', 'x', 'list'], 'There is no option "--cuorse".', 'Did you mean --course?'],
    [['lesson'], 'node-tutor lesson needs <id>.', 'For example: node-tutor lesson'],
    [['doctor', 'too', 'many'], 'node-tutor doctor takes no argument.', 'node-tutor doctor --help'],
    [['list', 'too', 'many'], 'node-tutor list takes one argument.', 'node-tutor list --help'],
    [['check', 'a', 'b'], 'node-tutor check takes one argument.', 'node-tutor check --help'],
    [['grade', '.', '--jobs', '0'], 'whole number', 'node-tutor grade --help'],
    [['grade', '.', '--jobs', '1e3'], 'whole number', 'node-tutor grade --help'],
    [['grade', '.', '--reporter', 'xml'], 'terminal, json, junit, github', 'node-tutor grade --help'],
    [['check', '--isolate', 'magic'], 'auto, strict, unshare, guard, none', 'node-tutor check --help'],
    [['list', '--course', './nowhere'], 'nowhere', 'course.yaml'],
    [['list', '--lang', 'xx'], 'not written in "xx"', 'Its languages: en'],
    [['lesson', 'no-such-lesson'], 'no-such-lesson', 'node-tutor list'],
    [['hint'], 'There is no workspace here.', 'node-tutor start'],
  ])('%j', async (args, message, next) => {
    const rig = await makeRig();
    const { code, stdout, stderr } = await rig.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(next);
    expect(stderr).not.toMatch(/^ +at /m);
    const asJson = await rig.json(args);
    expect(asJson.code).toBe(2);
    expect(asJson.answer.error.message).toContain(message);
    expect(asJson.answer.error.exitCode).toBe(2);
  });

  test('an option without its value', async () => {
    const rig = await makeRig();
    const { code, stderr } = await rig.run(['list', '--course']);
    expect(code).toBe(2);
    expect(stderr).toContain('argument missing');
  });

  test('an exercise that does not exist', async () => {
    const rig = await startedRig();
    const { code, stderr } = await rig.run(['check', 'add-pu']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/add-pu[\s\S]*Did you mean add-up\?/);
  });

  test('a value of NODE_TUTOR_ISOLATE that there is not', async () => {
    const rig = await startedRig();
    const { code, stderr } = await rig.run(['check', 'add-up'], { env: { NODE_TUTOR_ISOLATE: 'magic' } });
    expect(code).toBe(2);
    expect(stderr).toContain('NODE_TUTOR_ISOLATE is "magic"');
  });

  test('a stack trace is shown with --debug only', async () => {
    const rig = await makeRig();
    expect((await rig.run(['hint', '--debug'])).stderr).toMatch(/^ +at /m);
  });
});

describe('the course', () => {
  test('is listed with its exercises, also from another folder and in another language', async () => {
    const rig = await makeRig();
    const { code, answer } = await rig.json(['list', '--course', TINY_COURSE, '--lang', 'ur-Latn']);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      schemaVersion: 1,
      course: { id: 'tiny', version: '1.2.3', title: 'Aik chota course' },
      workspace: null,
      current: 'say-hello',
      passed: 0,
      total: 2,
    });
  });

  test('remembers the workspace and the course that a workspace was started with', async () => {
    const rig = await startedRig();
    const { answer } = await rig.json(['list'], { cwd: 'node-tutor/add-up' });
    expect(answer.course.id).toBe('tiny');
    expect((await rig.json(['list'])).answer.course.id).toBe('tiny');
    const other = await rig.run(['start', 'argv-sum', '--course', '.'], { cwd: 'node-tutor' });
    expect(other.code).toBe(2);
  });

  test('does not mix with the workspace of another one', async () => {
    const rig = await makeRig();
    await rig.run(['start', 'hello-node']);
    const { code, stderr } = await rig.run(['start', 'say-hello', '--course', TINY_COURSE]);
    expect(code).toBe(2);
    expect(stderr).toContain('belongs to the course');
    expect(stderr).toContain('--dir');
  });

  test('that is broken shows each fault with its place', async () => {
    const rig = await makeRig();
    await rig.write('bad/course.yaml', 'formatVersion: 1\nid: ../../x\ntitle: Bad\nlanguages: [en]\n');
    const { code, stderr } = await rig.run(['list', '--course', './bad']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\/course\.yaml:2:5/);
    expect(stderr).toContain('~~~');
    const { answer } = await rig.json(['list', '--course', './bad']);
    expect(answer.error.diagnostics[0].file).toMatch(/course\.yaml$/);
  });
});

describe('output', () => {
  test('a reader that goes away is no error', async () => {
    const rig = await makeRig();
    const { status, stderr } = await new Promise<{ status: number; stderr: string }>((resolve) => {
      const command = `"${process.execPath}" "${BIN}" lesson process-argv; echo "exit $?" >&2`;
      execFile('sh', ['-c', `{ ${command}; } | head -c 1`], { env: rig.env }, (error, _, text) =>
        resolve({ status: error === null ? 0 : 1, stderr: text }),
      );
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'exit 0\n' });
  });

  test('nobody listening to stderr either is no error', async () => {
    const rig = await makeRig();
    const code = await new Promise<string>((resolve) => {
      const command = `{ trap '' PIPE; "${process.execPath}" "${BIN}" chek; echo "exit $?" >&3; } 2>&1 | true`;
      execFile('sh', ['-c', `exec 3>&1; ${command}`], { env: rig.env }, (_, text) => resolve(text));
    });
    expect(code).toBe('exit 2\n');
  });

  test('a full disk under stdout is told', async () => {
    const rig = await makeRig();
    const stderr = await new Promise<string>((resolve) => {
      const command = `"${process.execPath}" "${BIN}" list > /dev/full; echo "exit $?" >&2`;
      execFile('sh', ['-c', command], { env: rig.env }, (_, __, text) => resolve(text));
    });
    expect(stderr).toContain('The answer could not be written');
    expect(stderr).toContain('exit 3');
  });

  test('has colors only with FORCE_COLOR when it is piped', async () => {
    const rig = await makeRig();
    expect((await rig.run(['list'])).stdout).not.toContain('\u001b');
    expect((await rig.run(['list'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
    expect((await rig.run(['list', '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b');
    expect((await rig.run(['lesson', 'process-argv'])).stdout).not.toContain('\u001b');
  });

  test('a lesson is text of at most 80 columns, and data with --json', async () => {
    const rig = await makeRig();
    const { code, stdout } = await rig.run(['lesson', 'printing', '--course', TINY_COURSE]);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const { answer } = await rig.json(['lesson', 'printing', '--course', TINY_COURSE]);
    expect(answer).toMatchObject({ schemaVersion: 1, id: 'printing' });
    expect(answer.body).toEqual(expect.any(String));
  });
});
