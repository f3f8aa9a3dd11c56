import { describe, expect, test } from 'vitest';
import { type Answer, makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { HELLO, SUM, startedRig, TEXT_SUM } from './support.ts';

/** A class folder with one right and one wrong submission. */
async function classRig(): Promise<Rig> {
  const rig = await startedRig();
  await rig.write('node-tutor/say-hello/index.js', HELLO);
  await rig.write('node-tutor/add-up/sum.js', TEXT_SUM);
  return rig;
}

const course = ['--course', TINY_COURSE];

describe('grade', () => {
  test('a workspace: a line for what passed, reasons for what failed, exit code 1', async () => {
    const rig = await classRig();
    const { code, stdout } = await rig.run(['grade', 'node-tutor', ...course]);
    expect(code).toBe(1);
    expect(stdout).toContain('✓ node-tutor/say-hello  say-hello  1 of 1 passed');
    expect(stdout).toContain('✗ node-tutor/add-up');
    expect(stdout).toContain('2 graded: 1 passed, 1 failed, 0 broken.');
  });

  test('exit codes: 0 when all passed, --exit-zero for collectors, --strict-skips', async () => {
    const rig = await classRig();
    expect((await rig.run(['grade', 'node-tutor', ...course, '--exit-zero'])).code).toBe(0);
    await rig.write('node-tutor/add-up/sum.js', SUM);
    expect((await rig.run(['grade', 'node-tutor', ...course])).code).toBe(0);
    expect((await rig.run(['grade', 'node-tutor', ...course, '--strict-skips'])).code).toBe(0);
  });

  test('--json is a line for each submission and a summary', async () => {
    const rig = await classRig();
    const { stdout } = await rig.run(['grade', 'node-tutor', ...course, '--json', '--jobs', '1']);
    const lines: Answer[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type, submission }) => [type, submission])).toEqual([
      ['verdict', 'say-hello'],
      ['verdict', 'add-up'],
      ['summary', undefined],
    ]);
    expect(lines[1].verdict.results[0].failure.cause.name).toBe('argv-text');
    expect(lines[2]).toMatchObject({ submissions: 2, passed: 1, failed: 1, broken: 0 });
  });

  test('one submission with --exercise', async () => {
    const rig = await makeRig();
    await rig.write('sana/index.js', HELLO);
    const { code, stdout } = await rig.run(['grade', 'sana', '--exercise', 'say-hello', ...course]);
    expect(code).toBe(0);
    expect(stdout).toContain('✓ sana  say-hello');
    expect((await rig.run(['grade', 'sana', '--exercise', 'say-helo', ...course])).stderr).toContain('say-hello');
  });

  test('junit into a file, with nothing on stdout', async () => {
    const rig = await classRig();
    const args = ['grade', 'node-tutor', ...course, '--reporter', 'junit', '--output', 'report.xml'];
    const { code, stdout } = await rig.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const xml = await rig.read('report.xml');
    expect(xml.match(/<testsuite /g)).toHaveLength(2);
    expect(xml).toMatch(/<\/testsuites>\n$/);
  });

  test('a file that cannot be written is told before anything runs', async () => {
    const rig = await classRig();
    const { code, stderr } = await rig.run(['grade', 'node-tutor', ...course, '--output', 'no/where.txt']);
    expect(code).toBe(2);
    expect(stderr).toContain('The report cannot be written');
  });

  test('github: annotations at the line, and the job summary', async () => {
    const rig = await classRig();
    const env = { GITHUB_WORKSPACE: rig.folder, GITHUB_STEP_SUMMARY: `${rig.folder}/summary.md` };
    const { stdout } = await rig.run(['grade', 'node-tutor', ...course, '--reporter', 'github'], { env });
    expect(stdout).toMatch(
      /^::error file=node-tutor\/add-up\/sum\.js,line=3,col=\d+,title=add-up%3A prints the sum::/m,
    );
    expect(await rig.read('summary.md')).toContain('| add-up | add-up | failed |');
  });

  test('a submission cannot choose the course that it is graded by', async () => {
    const rig = await classRig();
    const { code, stderr } = await rig.run(['grade', '.'], { cwd: 'node-tutor' });
    expect(code).toBe(2);
    expect(stderr).toContain('--exercise');
    expect((await rig.run(['grade', '.', '--exercise', 'say-hello'], { cwd: 'node-tutor/say-hello' })).code).toBe(2);
  });

  test('a folder that holds no exercise, or is not there', async () => {
    const rig = await makeRig();
    const empty = await rig.run(['grade', '.', ...course]);
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain('--exercise');
    expect((await rig.run(['grade', 'nowhere', ...course])).code).toBe(2);
  });
});

describe('audit', () => {
  test('a good course ends with its counts and 0', async () => {
    const rig = await makeRig();
    const { code, stdout } = await rig.run(['audit', 'say-hello', '--seeds', '1', ...course]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ 1 exercise, \d+ cases \(\d+ warm\), 0 faults in [\d.]+ s/);
    const asLines = await rig.run(['audit', 'say-hello', '--seeds', '1', '--json', ...course]);
    const events: Answer[] = asLines.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ type: 'done', faults: 0 });
  });

  test('an unknown id is suggested', async () => {
    const rig = await makeRig();
    const { code, stderr } = await rig.run(['audit', 'say-helo', ...course]);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean say-hello?');
  });
});
