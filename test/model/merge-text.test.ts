import { expect, test } from 'vitest';
import { mergeText } from '../../src/model/merge-text.ts';

const lines = (text: string) => text.split('').join('\n');
type Case = readonly [what: string, base: string, ours: string, theirs: string, merged: string | undefined];

const CASES: readonly Case[] = [
  ['nobody changed', 'abc', 'abc', 'abc', 'abc'],
  ['only we changed', 'abc', 'aXc', 'abc', 'aXc'],
  ['only they changed', 'abc', 'abc', 'abY', 'abY'],
  ['both, far apart', 'abcde', 'Xbcde', 'abcdY', 'XbcdY'],
  ['both added, far apart', 'abc', 'Zabc', 'abcY', 'ZabcY'],
  ['both the same', 'abc', 'aXc', 'aXc', 'aXc'],
  ['we removed, they added elsewhere', 'abcd', 'acd', 'abcdY', 'acdY'],
  ['from nothing, they', '', '', 'abc', 'abc'],
  ['repeated lines', 'aaba', 'aabaX', 'Yaaba', 'YaabaX'],
  ['the same line', 'abc', 'aXc', 'aYc', undefined],
  ['both added at the same place', 'ab', 'aXb', 'aYb', undefined],
  ['lines side by side', 'abcd', 'aXcd', 'abYd', undefined],
  ['we removed what they changed', 'abc', 'ac', 'aYc', undefined],
];

test.each(CASES)('%s: %s, %s, %s', (...[, base, ours, theirs, merged]) => {
  const result = mergeText({ base: lines(base), ours: lines(ours), theirs: lines(theirs) });
  expect(result?.replaceAll('\n', '')).toBe(merged);
});

test('keeps the line ends of the learner', () => {
  const result = mergeText({ base: 'a\nb\nc\n', ours: 'A\r\nb\r\nc\r\n', theirs: 'a\nb\nC\n' });
  expect(result).toBe('A\r\nb\r\nC\r\n');
});

test('texts that would take too long are not merged', () => {
  const long = 'x\n'.repeat(5000);
  expect(mergeText({ base: long, ours: `${long}a`, theirs: `b${long}` })).toBeUndefined();
});
