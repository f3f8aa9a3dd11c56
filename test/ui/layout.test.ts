import { describe, expect, test } from 'vitest';
import { wrap } from '../../src/ui/layout.ts';

describe('wrapped text', () => {
  test('is broken at spaces, and a longer word is cut up', () => {
    expect(wrap('a bb ccc\ndddddd', 4)).toEqual(['a bb', 'ccc', 'dddd', 'dd']);
  });
  test('counts columns, not characters', () => {
    expect(wrap('茶茶茶', 4)).toEqual(['茶茶', '茶']);
    expect(wrap('e\u0301'.repeat(5), 4)).toEqual(['e\u0301'.repeat(4), 'e\u0301']);
    expect(wrap('\u0301'.repeat(40), 4)).toHaveLength(1);
  });
  test('takes time in proportion to its length, one word or many', () => {
    expect(wrap('ß'.repeat(400_000), 80)).toHaveLength(5_000);
    expect(wrap('ßß '.repeat(135_000).trim(), 80)).toHaveLength(5_000);
  });
});
