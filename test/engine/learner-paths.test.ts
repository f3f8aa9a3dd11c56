import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLearnerPaths } from '../../src/engine/learner-paths.ts';
import type { Failure } from '../../src/model/verdict.ts';
import { makeRig, ROOT } from '../rig/cli.ts';

const base: Failure = { summary: '', tried: { kind: 'command', line: 'node a.js' }, differences: [], observed: [] };

function observed(text: string): string | undefined {
  return withLearnerPaths({ ...base, observed: [{ what: 'stderr', text }] }).observed[0]?.text;
}

describe('withLearnerPaths', () => {
  it.each([
    [
      '    at Object.<anonymous> (/tmp/node-tutor-aB3/work/lib/sum.js:3:9)',
      '    at Object.<anonymous> (lib/sum.js:3:9)',
    ],
    ['file:///tmp/node-tutor-aB3/work/prices.js:1', 'prices.js:1'],
    ["no such file or directory, open '/tmp/node-tutor-aB3/work/a.txt'", "no such file or directory, open 'a.txt'"],
    ["scandir '/tmp/node-tutor-aB3/work'", "scandir '.'"],
    ['C:\\Temp\\node-tutor-aB3\\work\\sum.js:3', 'sum.js:3'],
    ['/home/sana/node-tutor/argv-sum/sum.js', '/home/sana/node-tutor/argv-sum/sum.js'],
    ['/tmp/node-tutor-aB3/workshop/sum.js', '/tmp/node-tutor-aB3/workshop/sum.js'],
  ])('%s', (text, plain) => {
    expect(observed(text)).toBe(plain);
  });

  it('leaves two texts alone that differ in nothing but the folder', () => {
    const difference = {
      what: 'stdout',
      relation: 'equals',
      expected: 'a.js',
      got: '/tmp/node-tutor-x/work/a.js',
    } as const;
    expect(withLearnerPaths({ ...base, differences: [difference] }).differences).toEqual([difference]);
  });
});

it.each(['json', 'junit', 'github', 'terminal'])('the %s reporter shows no folder of the run', async (reporter) => {
  const rig = await makeRig();
  await rig.write('s/index.js', "require('fs').readFileSync(__dirname + '/none.txt');\n");
  const course = path.join(ROOT, 'fixtures', 'courses', 'quick');
  const args = ['grade', 's', '--exercise', 'ends', '--course', course, '--reporter', reporter];
  const { code, stdout } = await rig.run(args);
  expect(code).toBe(1);
  expect(stdout).toContain('none.txt');
  expect(stdout).not.toMatch(/node-tutor-\w+[/\\]work/);
});
