import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { displayWidth, foldLine } from '../../src/ui/layout.ts';
import { diffLines } from '../../src/ui/line-diff.ts';
import { fileLink } from '../../src/ui/link.ts';
import { foldPainted } from '../../src/ui/painted.ts';
import { createTheme, type Theme } from '../../src/ui/theme.ts';
import { comparisonLines } from '../../src/ui/watch/comparison.ts';
import { watchMessages } from '../../src/ui/watch/messages.ts';
import { watchScreen } from '../../src/ui/watch/screen.ts';
import type { CheckLine, WatchView } from '../../src/ui/watch/view.ts';

const say = watchMessages('en');
const themeOf = (columns: number, colors: 0 | 3 = 0) => createTheme({ colors, unicode: true, columns, links: false });

const checks = (count: number, failing: number): CheckLine[] =>
  Array.from({ length: count }, (_, index) => ({
    status: index < failing ? 'passed' : index === failing ? 'failed' : 'skipped',
    title: `check ${index} 日本語日本語 of a title that is rather long for a line`,
    note: index > failing ? '(needs the one above)' : '',
    milliseconds: 80,
  }));

function viewOf(part: Partial<WatchView> = {}): WatchView {
  return {
    place: { track: 'Express', lesson: 'Request bodies', exercise: 'express-register' },
    progress: { done: 41, total: 99 },
    checks: checks(3, 1),
    text: Array.from({ length: 30 }, (_, index) => `     text ${index} ${'界'.repeat(index * 3)}`),
    output: Array.from({ length: 40 }, (_, index) => `output ${index} ${'x'.repeat(index * 5)}`),
    file: { name: 'express-register/index.js', link: (name) => name },
    status: 'saved 10:41, run 7',
    keys: ['n', 'h', 'l', 'e', 'q', '?'].map((key, rank) => ({ key, label: 'does something', rank })),
    scroll: { text: 0, output: 0 },
    wideOutput: false,
    ...part,
  };
}

function draw(view: WatchView, [columns, rows]: readonly [number, number], theme: Theme) {
  return watchScreen(view, { theme: { ...theme, columns }, say, rows });
}

describe('the watch screen', () => {
  test.each([0, 3] as const)('fits any terminal, whatever stands on it (%i colors)', async (colors) => {
    const theme = await themeOf(80, colors);
    const views = [
      viewOf(),
      viewOf({ checks: checks(30, 20), notice: '界'.repeat(200), question: 'sure? '.repeat(40) }),
      viewOf({ output: [], text: [] }),
      viewOf({ wideOutput: true, status: 'a status that is as long as a line of a small terminal' }),
      viewOf({ checks: checks(12, 12), place: { track: '界'.repeat(50), lesson: '', exercise: 'x'.repeat(90) } }),
    ];
    for (const view of views) {
      for (let columns = 20; columns <= 130; columns += 22) {
        for (let rows = 6; rows <= 50; rows += 7) {
          const { lines } = draw(view, [columns, rows], theme);
          expect(lines.length).toBe(rows);
          for (const line of lines) {
            expect(displayWidth(stripVTControlCharacters(line)), `${columns}×${rows}: ${line}`).toBeLessThanOrEqual(
              columns,
            );
          }
        }
      }
    }
  });

  test('keeps the verdict, the failure and some output on a small one', async () => {
    const text = draw(viewOf(), [40, 12], await themeOf(40)).lines.join('\n');
    for (const piece of ['✓ check 0', '✗ check 1', 'text 0', 'output', '/index.js', '? does']) {
      expect(text).toContain(piece);
    }
  });

  test('scrolls no further than there is something, and says how much is not seen', async () => {
    const theme = await themeOf(80);
    const top = draw(viewOf({ text: viewOf().text.slice(0, 25) }), [80, 24], theme);
    const end = draw(viewOf({ scroll: { text: 999, output: 999 } }), [80, 24], theme);
    expect(top.lines.join('\n')).toMatch(/↓ \d+ more below/);
    expect(end.scroll).toEqual(end.most);
    expect(end.lines.join('\n')).toMatch(/↑ \d+ more above/);
    expect(end.lines.join('\n')).toContain(' output 0');
    expect(draw(viewOf(), [80, 24], theme).lines.join('\n')).toContain(`output 39`);
  });

  test('counts the checks that passed where they would push the failure away', async () => {
    const lines = draw(viewOf({ checks: checks(30, 20) }), [80, 24], await themeOf(80)).lines.join('\n');
    expect(lines).toContain('✓ 20 checks passed');
    expect(lines).toContain('✗ check 20');
    expect(lines).toContain('· 9 more checks');
  });

  test('leaves out keys of low rank, never the highest', async () => {
    const keys = draw(viewOf(), [40, 24], await themeOf(40)).lines.at(-1);
    expect(keys).toContain('? does something');
    expect(keys).not.toContain('n does something');
  });

  test('titles are no commands to the terminal', async () => {
    const text = 'a\u001b[2J\nb\tc';
    const hostile = viewOf({
      place: { track: text, lesson: text, exercise: text },
      checks: [{ status: 'failed', title: text, note: text }],
      file: { name: text, link: (name) => name },
      notice: text,
      question: text,
    });
    const { lines } = draw(hostile, [80, 24], await themeOf(80));
    expect(lines).toHaveLength(24);
    expect(lines.join('')).not.toMatch(/[\n\t]/);
    expect(lines.join('')).not.toContain('\u001b');
  });
});

describe('folding', () => {
  test('keeps colors over the break and counts no escape', () => {
    const red = '\u001b[31m';
    const lines = foldPainted(`${red}abcdef\u001b[39mgh`, 4);
    expect(lines.map(stripVTControlCharacters)).toEqual(['abcd', 'efgh']);
    expect(lines[1]?.startsWith(red)).toBe(true);
  });

  test('a link goes on in the next line, and ends with each', () => {
    const end = '\u001b]8;;\u001b\\';
    const lines = foldPainted(`a ${fileLink('sum.js:3', { links: true }, { file: '/x' })} b`, 6);
    expect(lines.map(stripVTControlCharacters)).toEqual(['a sum.', 'js:3 b']);
    expect(lines[0]?.endsWith(end)).toBe(true);
    expect(lines[1]?.startsWith(lines[0]?.slice(2, -'sum.'.length - '\u001b[0m'.length - end.length) ?? '')).toBe(true);
  });

  test.each(['', 'short', '  indented and long', '界界界界界', 'a界b界c界'])('loses nothing: %s', (text) => {
    for (const columns of [1, 2, 3, 7]) {
      expect(foldPainted(text, columns).join('')).toBe(text);
      expect(foldLine(text, columns).join('')).toBe(text);
    }
  });
});

describe('the comparison with the solution', () => {
  const apply = (lines: ReturnType<typeof diffLines>, side: 'first' | 'second') =>
    lines.filter(({ kind }) => kind === 'both' || kind === side).map(({ text }) => text);

  test('of lines holds both texts, and no more differences than needed', () => {
    const first = ['a', 'b', 'c', 'd', 'e'];
    const second = ['a', 'x', 'c', 'e', 'f'];
    const lines = diffLines(first, second);
    expect(apply(lines, 'first')).toEqual(first);
    expect(apply(lines, 'second')).toEqual(second);
    expect(lines.filter(({ kind }) => kind === 'both')).toHaveLength(3);
    expect(diffLines([], ['a'])).toEqual([{ kind: 'second', text: 'a' }]);
  });

  test('of very long texts still holds both', () => {
    const many = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}`);
    const lines = diffLines(many('a'), many('b'));
    expect(apply(lines, 'first')).toEqual(many('a'));
    expect(apply(lines, 'second')).toEqual(many('b'));
  });

  test.each([
    [80, /^ {3}- const one = 1;$/m],
    [120, /const one = 1; +│ const uno = 1;/],
  ])('at %i columns', async (columns, shape) => {
    const pair = { file: 'a.js', yours: 'const one = 1;\nsame();\r\n', ours: 'const uno = 1;\nsame();\n' };
    const text = comparisonLines([pair], { theme: await themeOf(columns), say }).join('\n');
    expect(text).toMatch(shape);
  });

  test('says when there is no difference, and does not take line ends for one', async () => {
    const look = { theme: await themeOf(80), say };
    const same = comparisonLines([{ file: 'a.js', yours: 'a();  \r\n', ours: 'a();\n\n' }], look);
    expect(same.join()).toContain('line by line');
    expect(comparisonLines([{ file: 'b.js', yours: undefined, ours: 'b();\n' }], look).join('\n')).toContain('+ b();');
  });
});
