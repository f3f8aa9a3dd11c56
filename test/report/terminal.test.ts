import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Difference, Verdict } from '../../src/model/verdict.ts';
import { terminalReporter } from '../../src/report/folder.ts';
import { verdictText } from '../../src/report/terminal.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { failed, plainLook, result, verdict } from './support.ts';

const again = 'node-tutor check argv-sum';

async function show(shown: Verdict, columns?: number): Promise<string> {
  return verdictText(shown, await plainLook(columns), { again });
}

/** What stands between the command that was tried and the line that repeats it. */
async function showDifference(
  difference: Omit<Difference, 'what' | 'relation'> & Partial<Difference>,
): Promise<string> {
  const whole = { what: 'stdout', relation: 'equals', ...difference } as const;
  const text = await show(verdict([failed({ differences: [whole] })]));
  return text.slice(text.indexOf('30\n') + 3, text.indexOf('  Again:')).replace(/^\n+|\n+$/g, '');
}

describe('a verdict', () => {
  test('that failed: expected and got, the cause at its line, what was skipped, the next step', async () => {
    const failure = failed({
      differences: [{ what: 'stdout', relation: 'equals', expected: '47\n', got: '12530\n' }],
      cause: {
        name: 'argv-text',
        text: 'Arguments arrive as text, and + joins text.',
        location: {
          file: 'sum.js',
          line: 3,
          column: 3,
          source: '  total = total + process.argv[i]',
          label: 'text + text',
        },
      },
      next: 'turn each argument into a number before you add it.',
    });
    const skipped = result('rejects', 'says what is wrong when an argument is no number', {
      status: 'skipped',
      reason: { kind: 'after', check: 'adds', title: failure.title },
    });
    expect(await show(verdict([{ ...failure, hints: ['a', 'b'] }, skipped]))).toMatchInlineSnapshot(`
      "
        argv-sum · Add the numbers on the command line           0 of 2 passed · 0.2 s

        ✗ prints the sum of the numbers it is given

            node sum.js 12 5 30

            expected  47
            got       12530

          Arguments arrive as text, and + joins text.
          sum.js:3    total = total + process.argv[i]
                      ^ text + text

        · says what is wrong when an argument is no number (needs the one above)

        Next: turn each argument into a number before you add it.
        hint: node-tutor hint
        Again: node-tutor check argv-sum --seed 4711
      "
    `);
  });

  test('of a request that failed: the request and its body, status, error, cause, next step and curl', async () => {
    const failure = failed({
      tried: {
        kind: 'request',
        method: 'POST',
        target: '/posts',
        body: 'username=Sana&content=Rain+again',
        curl: "curl -i -d 'username=Sana&content=Rain+again' http://localhost:3000/posts",
      },
      differences: [{ what: 'status', relation: 'equals', expected: '302', got: '500 Internal Server Error' }],
      observed: [
        { what: 'answer', text: '500 Internal Server Error' },
        {
          what: 'stderr',
          text: "index.js:21\nTypeError: Cannot destructure property 'username' of 'req.body' as it is undefined.\n    at index.js:21:9\n    at next (/w/node_modules/router/index.js:1:2)\n    at node:internal/x:1\n\nNode.js v20",
        },
      ],
      cause: {
        name: 'no-body-parser',
        text: "Express does not read a form's body by itself.",
        location: { file: 'index.js', line: 21, column: 9, source: '    let { username, content } = req.body;' },
      },
      next: 'app.use(express.urlencoded({ extended: true })) above the routes.',
    });
    expect(await show(verdict([failure]))).toMatchInlineSnapshot(`
      "
        argv-sum · Add the numbers on the command line           0 of 1 passed · 0.2 s

        ✗ prints the sum of the numbers it is given

            POST /posts                        username=Sana&content=Rain+again

            status
            expected  302
            got       500 Internal Server Error

            stderr  TypeError: Cannot destructure property 'username' of 'req.body' as
                    it is undefined.
                        at index.js:21:9

          Express does not read a form's body by itself.
          index.js:21    let { username, content } = req.body;
                             ^
          Next: app.use(express.urlencoded({ extended: true })) above the routes.
          Again: curl -i -d 'username=Sana&content=Rain+again' http://localhost:3000/posts

        Again: node-tutor check argv-sum --seed 4711
      "
    `);
  });

  test('that passed', async () => {
    const passed = verdict([result('a', 'prints the sum', {}), result('b', 'rejects words', {})]);
    const text = verdictText(passed, await plainLook(), { again, nextExercise: 'exit-codes' });
    expect(text).toMatchInlineSnapshot(`
      "
        argv-sum · Add the numbers on the command line           2 of 2 passed · 0.2 s

        ✓ prints the sum
        ✓ rejects words

        Passed: 2 of 2 points.                       next: node-tutor start exit-codes
      "
    `);
  });

  test('that is broken says whose fault it is', async () => {
    const broken = result('adds', 'prints the sum', {
      status: 'broken',
      reason: { kind: 'broken', message: 'the sandbox could not be started' },
    });
    expect(await show(verdict([broken]))).toMatchInlineSnapshot(`
      "
        argv-sum · Add the numbers on the command line           0 of 1 passed · 0.2 s

        ! prints the sum

          This is our fault, not yours: the sandbox could not be started
          Your work is unchanged. Please report it with the line at the end.

        Again: node-tutor check argv-sum --seed 4711
      "
    `);
  });

  test('names the output that should be empty, and the error it came with without the insides of Node.js', async () => {
    const difference = { what: 'stdout', relation: 'equals', expected: '', got: 'NaN' } as const;
    const text =
      'node:internal/fs/promises:637\n  return new FileHandle(\n\nError: ENOENT: no such file\n    at async open (node:internal/fs:1:1)\n    at async main (sum.js:2:9) {\n  errno: -2\n}\n\nNode.js v20.20.2';
    const shown = verdictText(
      verdict([failed({ differences: [difference], observed: [{ what: 'stderr', text }] })]),
      await plainLook(),
      { again: 'node-tutor check argv-sum' },
    );
    expect(shown).toContain('      stdout\n      expected  (nothing)\n      got       NaN\n');
    expect(shown).toContain('stderr  Error: ENOENT: no such file\n                  at async main (sum.js:2:9)\n');
    expect(shown).not.toContain('FileHandle');
  });

  test('names a check that is needed and stands further up, an absent tool and advice', async () => {
    const results = [
      result('a', 'first', { status: 'failed' }),
      result('b', 'second', {}),
      result('c', 'third', { status: 'skipped', reason: { kind: 'after', check: 'b', title: 'second' } }),
      result('d', 'fourth', { status: 'skipped', reason: { kind: 'after', check: 'a', title: 'first' } }),
      result('e', 'fifth', { status: 'skipped', reason: { kind: 'absent', tool: 'git', message: 'git is missing' } }),
    ];
    const text = await show(verdict(results, { advice: ['A timer was still running.'] }));
    expect(text).toContain('· third (needs the one above)');
    expect(text).toContain('· fourth (needs the first one)');
    expect(text).toContain('· fifth (skipped: git is missing)');
    expect(text).toContain('Note: A timer was still running.');
  });
});

describe('a difference', () => {
  test('of several lines shows where it is, with its surroundings', async () => {
    const expected = 'one\ntwo\nthree\nfour\nfive\nsix\n';
    expect(await showDifference({ expected, got: expected.replace('four', 'fuor') })).toMatchInlineSnapshot(`
      "                2  two
                      3  three
            expected  4  four
            got       4  fuor
                      5  five"
    `);
  });

  test('of lines that are missing or too many', async () => {
    expect(await showDifference({ expected: 'one\ntwo\n', got: 'one\n' })).toMatchInlineSnapshot(`
      "                1  one
            expected  2  two
            got       (it ends here)"
    `);
    expect(await showDifference({ expected: 'one\n', got: 'one\nnoise\n' })).toMatchInlineSnapshot(`
      "                1  one
            expected  (it should end here)
            got       2  noise"
    `);
  });

  test('that nobody can see is made visible', async () => {
    expect(await showDifference({ expected: 'a b\tc', got: 'a  b c' })).toMatchInlineSnapshot(`
      "      expected  a·b→c
            got       a··b·c
                      · is a space, → a tab"
    `);
    expect(await showDifference({ expected: 'a b', got: 'a\u00a0b' })).toContain('a\\u{a0}b');
    expect(await showDifference({ expected: 'ab', got: 'a\u200bb' })).toContain('a\\u{200b}b');
  });

  test('marks the first letter that differs in a longer line', async () => {
    expect(await showDifference({ expected: 'Hello, Sana!', got: 'Hello, sana!' })).toMatchInlineSnapshot(`
      "      expected  Hello, Sana!
            got       Hello, sana!
                             ^"
    `);
  });

  test('far into a long line is shown, not cut off', async () => {
    const start = 'x'.repeat(500);
    const text = await showDifference({ expected: `${start}right`, got: `${start}wrong` });
    expect(text).toContain('right');
    expect(text).toContain('wrong');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('of nothing says so', async () => {
    expect(await showDifference({ expected: 'hello', got: '' })).toContain('got       (nothing)');
  });

  test('of a huge text is cut, and says how much there was', async () => {
    const text = await showDifference({ expected: 'hello', got: 'noise '.repeat(10_000) });
    expect(text.split('\n').length).toBeLessThan(10);
    expect(text).toContain('(cut: 60,000 characters in all)');
  });
});

test('what a learner printed cannot drive the terminal', async () => {
  const evil = '\u001b[2J\u001b]0;owned\u0007\u202e\r\u009b31m';
  const failure = failed({
    summary: evil,
    differences: [{ what: evil, relation: 'contains', expected: evil, got: evil, note: evil }],
    observed: [{ what: evil, text: evil }],
    cause: { name: 'x', text: evil, location: { file: evil, line: 1, column: 1, source: evil, label: evil } },
    next: evil,
  });
  const all = [
    { ...failure, title: evil },
    {
      ...failure,
      failure: { ...failure.failure, tried: { kind: 'request', method: 'GET', target: evil, curl: evil, body: evil } },
    },
    result('b', evil, { status: 'broken', reason: { kind: 'broken', message: evil, next: evil } }),
  ] as Verdict['results'];
  const text = await show(verdict(all, { title: evil, advice: [evil] }));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test.each([40, 60, 100])('fits into %d columns', async (columns) => {
  const failure = failed({
    differences: [{ what: 'stdout', relation: 'equals', expected: 'word '.repeat(40), got: 'x'.repeat(300) }],
    observed: [{ what: 'stderr', text: `Error: ${'long '.repeat(40)}` }],
    cause: {
      name: 'x',
      text: 'because '.repeat(20),
      location: { file: 'index.js', line: 120, column: 150, source: `${' '.repeat(140)}total = ${'a + '.repeat(60)}` },
    },
    next: 'do this '.repeat(20),
  });
  const text = await show(verdict([failure], { seed: '1' }), columns);
  expect(text.split('\n').filter((line) => line.length > columns && !line.includes('Again:'))).toEqual([]);
});

test('uses ASCII where nothing else can be shown', async () => {
  const shown = verdict([result('a', 'first', {}), failed({ differences: [] })]);
  const text = verdictText(shown, await plainLook(80, false), { again });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole range of ASCII
  expect(text).toMatch(/^[\u0000-\u007f]*$/);
});

test('colors only where they are wanted', async () => {
  const look = await plainLook();
  const shown = verdict([failed({ differences: [{ what: 'stdout', relation: 'equals', expected: '1', got: '2' }] })]);
  const theme = await createTheme({ colors: 1, unicode: true, columns: 80, links: false });
  expect(verdictText(shown, look, { again })).not.toContain('\u001b');
  expect(verdictText(shown, { ...look, theme }, { again })).toContain('\u001b[31m');
});

test.each([
  ['a file of the submission', 'lib/sum.js', true, '/work/my own/lib/sum.js'],
  ['a file above it', '../sum.js', true, undefined],
  ['a file elsewhere', path.resolve('/etc/passwd'), true, undefined],
  ['a terminal without links', 'lib/sum.js', false, undefined],
])('the place of a failure, in %s: %s', async (...[, file, links, target]) => {
  const cause = { name: 'x', text: 'It is text.', location: { file, line: 3, column: 1, source: 'a' } };
  const { theme, say } = await plainLook();
  const look = { theme: { ...theme, links }, say, folder: path.resolve('/work/my own') };
  const text = verdictText(verdict([failed({ cause })]), look, { again: 'x' });
  const link = `\u001b]8;;${pathToFileURL(target ?? '/x').href}#3\u001b\\lib/sum.js:3\u001b]8;;\u001b\\`;
  if (target === undefined) expect(text).not.toContain('\u001b');
  else expect(text).toContain(`    ${link}    a\n`);
});

test('in a folder of submissions each place is in its own', async () => {
  const cause = { name: 'x', text: 'It is text.', location: { file: 'sum.js', line: 3, column: 1, source: 'a' } };
  const { theme, say } = await plainLook();
  const look = { theme: { ...theme, links: true }, say, folder: path.resolve('/work') };
  const event = { type: 'verdict', verdict: verdict([failed({ cause })]) } as const;
  const text = terminalReporter(look, 'work').event({ exercise: 'argv-sum', submission: 'sana/argv-sum', event });
  expect(text).toContain(`${pathToFileURL(path.resolve('/work/sana/argv-sum/sum.js')).href}#3`);
});
