import { describe, expect, test } from 'vitest';
import { openTerminal } from '../rig/terminal.ts';
import { HELLO, startedRig, TEXT_SUM } from './support.ts';

const SUM_FILE = 'node-tutor/add-up/sum.js';
const HELLO_FILE = 'node-tutor/say-hello/index.js';

describe('watch without a terminal', () => {
  test('says how to stop, prints each verdict as check does, and draws nothing', async () => {
    const rig = await startedRig();
    await rig.write(SUM_FILE, TEXT_SUM);
    const { child, finished, sees } = rig.start(['watch', 'add-up', '--seed', '7']);
    await sees('Each save is checked. Ctrl-C ends it.');
    await sees('Arguments arrive as text, and + joins text.');
    const { stdout: checked } = await rig.run(['check', 'add-up', '--seed', '7']);
    await rig.write('node-tutor/add-up/sum.js', 'console.log(1 +);\n');
    await sees('Run 2: sum.js was saved');
    await sees('SyntaxError');
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    const bare = (text: string) => text.replace(/\d+\.\d s/g, 'n s');
    expect(bare(stdout)).toContain(bare(checked).trim());
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('h hint');
  });

  test('says once how the solution does it, and what comes next', async () => {
    const rig = await startedRig();
    await rig.write(HELLO_FILE, `${HELLO}// mine\n`);
    const { child, finished, sees } = rig.start(['watch', 'say-hello']);
    await sees('Next: node-tutor watch add-up');
    await rig.write(HELLO_FILE, `${HELLO}// still mine\n`);
    await sees('Run 2');
    await rig.write(HELLO_FILE, "console.log('bye');\n");
    await sees('Run 3');
    await sees('✗ prints hello');
    child.kill('SIGTERM');
    const { code, stdout } = await finished;
    expect(code).toBe(143);
    expect(stdout.match(/yours {3}\+ the solution/g)).toHaveLength(1);
    expect(stdout).toContain('- // mine');
  });

  test('tells that it looks at the files in intervals', async () => {
    const rig = await startedRig();
    const { child, finished, sees } = rig.start(['watch', 'say-hello', '--poll']);
    await sees('The files are looked at every 0.2 s, as you asked.');
    child.kill('SIGTERM');
    await finished;
  });

  test('--json prints one verdict a line', async () => {
    const rig = await startedRig();
    const { child, finished, sees } = rig.start(['watch', 'say-hello', '--json']);
    await sees('"status":"failed"');
    await rig.write(HELLO_FILE, HELLO);
    await sees('"status":"passed"');
    child.kill('SIGTERM');
    const { stdout } = await finished;
    const verdicts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(verdicts.map(({ exercise, status }) => [exercise, status])).toEqual([
      ['say-hello', 'failed'],
      ['say-hello', 'passed'],
    ]);
  });

  test('ends when nobody reads any more', async () => {
    const rig = await startedRig();
    const { child, finished, sees } = rig.start(['watch', 'say-hello']);
    await sees('Run 1');
    child.stdout?.destroy();
    await rig.write(HELLO_FILE, HELLO);
    expect((await finished).signal).toBeNull();
  });

  test('without a workspace says what to do', async () => {
    const rig = await startedRig();
    const { code, stderr } = await rig.run(['watch', 'nothing-like-it']);
    expect(code).toBe(2);
    expect(stderr).toContain('nothing-like-it');
  });

  test('brings the files of an exercise that was never opened', async () => {
    const rig = await startedRig();
    const { rm } = await import('node:fs/promises');
    await rm(`${rig.folder}/node-tutor/say-hello`, { recursive: true });
    const { child, finished, sees } = rig.start(['watch', 'say-hello']);
    await sees('index.js has no code in it yet.');
    child.kill('SIGTERM');
    await finished;
  });
});

test('--plain in a terminal draws over nothing, and its keys need no Enter', async () => {
  const rig = await startedRig();
  await rig.write(SUM_FILE, TEXT_SUM);
  const terminal = await openTerminal(rig);
  const recorded = await terminal.record();
  await terminal.press('nt watch add-up --plain', 'Enter');
  await terminal.shows('Arguments arrive as text');
  await terminal.press('h');
  await terminal.shows('hint 1 of 2');
  await terminal.press('x');
  await terminal.shows('(y: yes, n: no)');
  await terminal.press('n', 'q');
  await terminal.atPrompt();
  expect(await rig.read(SUM_FILE)).toBe(TEXT_SUM);
  const raw = await recorded('$ ');
  expect(raw.split('\u001b[').filter((piece) => !/^[\d;]*m/.test(piece))).toHaveLength(1);
});
