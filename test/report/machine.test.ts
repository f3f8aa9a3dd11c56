import { describe, expect, test } from 'vitest';
import type { FolderEvent } from '../../src/model/grading.ts';
import type { Result } from '../../src/model/verdict.ts';
import { terminalReporter } from '../../src/report/folder.ts';
import { githubReporter } from '../../src/report/github.ts';
import { jsonReporter } from '../../src/report/json.ts';
import { junitReporter } from '../../src/report/junit.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { failed, plainLook, result, verdict } from './support.ts';

const failure = failed({
  summary: 'It printed 12530, not 47.',
  differences: [{ what: 'stdout', relation: 'equals', expected: '47', got: '12530' }],
  cause: {
    name: 'argv-text',
    text: 'Arguments are text.',
    location: { file: 'sum.js', line: 3, column: 9, source: 'a' },
  },
});

const submissions: FolderEvent[] = [
  event('argv-sum', [result('a', 'first', {}), failure]),
  event('exit-codes', [result('a', 'first', {})]),
  {
    exercise: 'hello-node',
    submission: 'hello-node',
    event: { type: 'error', message: 'It has 50,000 files.', next: 'Remove some.', exitCode: 2 },
  },
];

function event(submission: string, results: readonly Result[]): FolderEvent {
  return {
    exercise: submission,
    submission,
    event: { type: 'verdict', verdict: verdict(results, { exercise: submission }) },
  };
}

function report(reporter: Reporter, events: readonly FolderEvent[] = submissions): string {
  return events.map((each) => reporter.event(each)).join('') + reporter.end();
}

/** Text that tries to end what it stands in and to begin something else. */
const HOSTILE = 'x\n::error::forged\r\n##[error]forged ]]> </failure> & "q" \u0000\u001b[31m\ud800 %0A | <b>';
const hostile = event('argv-sum', [
  {
    ...failed({
      summary: HOSTILE,
      differences: [{ what: HOSTILE, relation: 'equals', expected: HOSTILE, got: HOSTILE }],
      cause: {
        name: HOSTILE,
        text: HOSTILE,
        location: { file: `${HOSTILE},line=1`, line: 1, column: 1, source: HOSTILE },
      },
    }),
    title: HOSTILE,
  },
  result('b', HOSTILE, { status: 'broken', reason: { kind: 'broken', message: HOSTILE } }),
  result('c', HOSTILE, { status: 'skipped', reason: { kind: 'absent', tool: 'git', message: HOSTILE } }),
]);

test('terminal: a line for what passed, the verdict of what failed, the counts', async () => {
  expect(report(terminalReporter(await plainLook(), 'class'))).toMatchInlineSnapshot(`
    "✗ class/argv-sum

      argv-sum · Add the numbers on the command line           1 of 2 passed · 0.2 s

      ✓ first

      ✗ prints the sum of the numbers it is given

          node sum.js 12 5 30

          expected  47
          got       12530

        Arguments are text.
        sum.js:3    a
                     ^

      Again: node-tutor check argv-sum --submission class/argv-sum --seed 4711

    ✓ class/exit-codes  exit-codes  1 of 1 passed
    ✗ class/hello-node  hello-node
          It has 50,000 files.
          Remove some.

    3 graded: 1 passed, 2 failed, 0 broken.
    "
  `);
});

describe('json', () => {
  test('is a line for each submission and a summary', () => {
    const lines = report(jsonReporter()).trimEnd().split('\n');
    const [first, second, third, last] = lines.map((line) => JSON.parse(line));
    expect(lines).toHaveLength(4);
    expect(first).toMatchObject({
      type: 'verdict',
      submission: 'argv-sum',
      verdict: { status: 'failed', seed: '4711' },
    });
    expect(second).toMatchObject({ type: 'verdict', verdict: { status: 'passed' } });
    expect(third).toEqual({
      type: 'error',
      exercise: 'hello-node',
      submission: 'hello-node',
      message: 'It has 50,000 files.',
      next: 'Remove some.',
      exitCode: 2,
    });
    expect(last).toEqual({ type: 'summary', submissions: 3, passed: 1, failed: 2, broken: 0, skippedChecks: 0 });
  });
});

describe('junit', () => {
  test('is a suite for each submission and a case for each check', () => {
    expect(report(junitReporter())).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="node-tutor">
        <testsuite name="argv-sum" tests="2" failures="1" errors="0" skipped="0" time="0.210">
          <properties>
            <property name="seed" value="4711"/>
            <property name="points" value="1/2"/>
            <property name="isolation" value="bubblewrap"/>
            <property name="node" value="v20.20.2"/>
          </properties>
          <testcase name="first" classname="argv-sum" time="0.100"></testcase>
          <testcase name="prints the sum of the numbers it is given" classname="argv-sum" time="0.100"><failure message="It printed 12530, not 47." type="argv-text">node sum.js 12 5 30
      stdout: expected 47
      stdout: got 12530
      Arguments are text. (sum.js:3: a)</failure></testcase>
        </testsuite>
        <testsuite name="exit-codes" tests="1" failures="0" errors="0" skipped="0" time="0.210">
          <properties>
            <property name="seed" value="4711"/>
            <property name="points" value="1/1"/>
            <property name="isolation" value="bubblewrap"/>
            <property name="node" value="v20.20.2"/>
          </properties>
          <testcase name="first" classname="exit-codes" time="0.100"></testcase>
        </testsuite>
        <testsuite name="hello-node" tests="1" failures="1" errors="0">
          <testcase name="submission" classname="hello-node"><failure message="It has 50,000 files.">Remove some.</failure></testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test('is whole when there was nothing', () => {
    expect(report(junitReporter(), [])).toContain('<testsuites name="node-tutor">\n</testsuites>');
  });

  test('stays well-formed whatever stands in it', () => {
    const xml = report(junitReporter(), [hostile]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
    const bare = xml.replace(/<\/?[a-z]+(?: [a-z]+="[^"<>]*")*\/?>|<\?xml[^<>]*\?>/g, '');
    expect(bare).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot|apos|#10|#9|#58|#91);)/);
    expect(xml).not.toMatch(/^\s*::|##\[/m);
  });
});

describe('github', () => {
  test('annotates the line of the learner, and counts', () => {
    expect(report(githubReporter('class/sana'))).toMatchInlineSnapshot(`
      "::error file=class/sana/argv-sum/sum.js,line=3,col=9,title=argv-sum%3A prints the sum of the numbers it is given::It printed 12530, not 47.%0Anode sum.js 12 5 30%0Astdout: expected 47%0Astdout: got 12530%0AArguments are text. (sum.js:3: a)
      ::error title=hello-node,file=class/sana/hello-node::It has 50,000 files.%0ARemove some.
      3 graded: 1 passed, 2 failed, 0 broken.
      "
    `);
  });

  test('cannot be made to say another command', () => {
    const reporter = githubReporter('.');
    const lines = report(reporter, [hostile]).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.slice(0, 2).every((line) => line.startsWith('::error '))).toBe(true);
    expect(lines.join()).not.toContain('##[');
    const properties = (lines[0] ?? '').slice('::error '.length).split('::')[0] ?? '';
    expect(properties.split(',').map((property) => property.split('=')[0])).toEqual(['file', 'line', 'col', 'title']);
  });

  test('has a table for the job summary that a name cannot break', () => {
    const reporter = githubReporter('.');
    report(reporter, [...submissions, { ...hostile, submission: HOSTILE }]);
    const rows = reporter
      .summary()
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(2 + 4);
    expect(rows.map((row) => row.replace(/\\\|/g, '').split('|').length)).toEqual(rows.map(() => 7));
    expect(reporter.summary()).not.toContain('<b>');
  });
});
