import { expect, test } from 'vitest';
import { matchLines } from '../../src/model/match-lines.ts';

test.each([
  ['', '', []],
  ['abc', 'abc', ['00', '11', '22']],
  ['abc', 'xbz', ['11']],
  ['ab', 'ba', ['10']],
  ['aab', 'ab', ['00', '21']],
  ['abcabba', 'cbabac', ['20', '41', '53', '64']],
])('of %j and %j', (first, second, pairs) => {
  const found = [...matchLines([...first], [...second])];
  expect(found.map(([row, column]) => `${row}${column}`)).toEqual(pairs);
});

test('lists that would take too long have nothing in common', () => {
  const lines = Array.from({ length: 2000 }, () => 'x');
  expect(matchLines(lines, lines).size).toBe(0);
  expect(matchLines(lines, lines.slice(0, 1900)).size).toBe(1900);
});
