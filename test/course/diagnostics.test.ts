import { describe, expect, test } from 'vitest';
import { formatDiagnostic, sortDiagnostics } from '../../src/course/diagnostics.ts';
import { diagnosticAt, diagnosticOf, makeSource } from '../../src/course/source.ts';

function format(text: string, piece: string, fix?: string): string {
  const source = makeSource('course.yaml', text);
  const start = source.text.indexOf(piece);
  const fault = { message: 'wrong', ...(fix !== undefined && { fix }) };
  return formatDiagnostic(diagnosticAt(source, { start, end: start + piece.length }, fault));
}

describe('formatDiagnostic', () => {
  test('shows place, line, squiggle and what would be right', () => {
    expect(format('id: x\ntitel: Say hello\n', 'titel', 'Did you mean `title`?')).toBe(
      ['course.yaml:2:1  wrong', '    2 | titel: Say hello', '      | ~~~~~', '    Did you mean `title`?'].join('\n'),
    );
  });

  test('keeps the squiggle below its text after a tab', () => {
    expect(format('a:\tb c\n', 'c')).toBe(['course.yaml:1:6  wrong', '    1 | a:\tb c', '      |   \t  ~'].join('\n'));
  });

  test('counts lines that end in CRLF', () => {
    expect(format('id: x\r\ntitel: y\r\n', 'titel')).toBe(
      ['course.yaml:2:1  wrong', '    2 | titel: y', '      | ~~~~~'].join('\n'),
    );
  });

  test('shows control characters as escapes, and keeps the squiggle below its text', () => {
    expect(format('a: \u001b[31m\u202ered!\n', 'red')).toBe(
      ['course.yaml:1:10  wrong', '    1 | a: \\e[31m\\u{202e}red!', '      |                  ~~~'].join('\n'),
    );
  });

  test('escapes control characters in file names and messages', () => {
    expect(formatDiagnostic(diagnosticOf('a\u001b]0;x\u0007\n.yaml', { message: 'b\u001b[2J' }))).toBe(
      'a\\e]0;x\\x07\\n.yaml:1:1  b\\e[2J',
    );
  });

  test('shows a piece of a very long line', () => {
    const lines = format(`${'a'.repeat(5_000)}HERE${'b'.repeat(5_000)}`, 'HERE').split('\n');
    expect(lines[0]).toBe('course.yaml:1:5001  wrong');
    expect(lines[1]).toBe(`    1 | …${'a'.repeat(40)}HERE${'b'.repeat(56)}…`);
    expect(lines[2]).toBe(`      | ${' '.repeat(41)}~~~~`);
  });

  test('marks only the first line of a fault of several lines', () => {
    expect(format('a: [1,\n  2]\n', '[1,\n  2]')).toBe(
      ['course.yaml:1:4  wrong', '    1 | a: [1,', '      |    ~~~'].join('\n'),
    );
  });
});

test('sortDiagnostics sorts by file, line and column', () => {
  const source = makeSource('b.yaml', 'one two\nthree\n');
  const at = (start: number) => diagnosticAt(source, { start, end: start + 1 }, { message: String(start) });
  const sorted = sortDiagnostics([at(8), at(4), diagnosticOf('a.yaml', { message: 'a' }), at(0)]);
  expect(sorted.map(({ message }) => message)).toEqual(['a', '0', '4', '8']);
});
