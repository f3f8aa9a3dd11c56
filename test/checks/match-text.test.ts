import { describe, expect, it } from 'vitest';
import { containsPiece, matchText } from '../../src/checks/match-text.ts';
import type { TextMatcher, Value } from '../../src/model/course.ts';

const asIs = (value: Value) => value;
const match = (matcher: TextMatcher, got: string) => matchText(matcher, { what: 'stdout', got }, asIs);

describe('whole text', () => {
  it.each([
    ['the same', 'a\nb'],
    ['a newline at the end', 'a\nb\n'],
    ['several newlines at the end', 'a\nb\n\n\n'],
    ['CRLF', 'a\r\nb\r\n'],
    ['blanks at the ends of lines', 'a  \nb\t\n'],
    ['a byte order mark', '\uFEFFa\nb'],
  ])('accepts %s', async (_name, got) => {
    expect(await match({ equals: 'a\nb' }, got)).toBeUndefined();
  });

  it.each([
    ['a line more', 'a\nb\nc'],
    ['a line less', 'a'],
    ['an empty line between', 'a\n\nb'],
    ['blanks at the start of a line', 'a\n b'],
    ['another case', 'A\nb'],
    ['nothing', ''],
  ])('refuses %s', async (_name, got) => {
    expect(await match({ equals: 'a\nb' }, got)).toMatchObject({ relation: 'equals', expected: 'a\nb' });
  });

  it('prints a list a line each', async () => {
    expect(await match({ equals: [1, 'two'] }, '1\ntwo\n')).toBeUndefined();
  });

  it('demands an empty text', async () => {
    expect(await match({ empty: true }, '\n')).toBeUndefined();
    expect(await match({ empty: true }, 'x')).toMatchObject({ expected: '', got: 'x' });
  });
});

describe('pieces', () => {
  it.each([
    ['5', 'the sum is 5.', true],
    ['5', '5', true],
    ['5', 'n=5, m=6', true],
    ['5', '15', false],
    ['5', '52', false],
    ['5', '5.2', false],
    ['5', '1.5', false],
    ['-5', '-5', true],
    ['Sana', 'Hello Sana!', true],
    ['Sana', 'hello sana', false],
    ['', 'anything', true],
    ['5', '15 and 5', true],
  ])('%j in %j: %s', (piece, text, isThere) => {
    expect(containsPiece(text, piece)).toBe(isThere);
  });

  it('refuses an unwanted piece', async () => {
    expect(await match({ lacks: ['NaN'] }, 'total NaN')).toMatchObject({ relation: 'lacks', expected: 'NaN' });
    expect(await match({ lacks: ['NaN'] }, 'total 3')).toBeUndefined();
  });
});

describe('JSON', () => {
  it('does not look at the order of keys or at white space', async () => {
    expect(await match({ json: { a: 1, b: [1, 2] } }, '{ "b":[1,2],\n"a":1 }')).toBeUndefined();
  });

  it.each([
    ['another value', '{"a":2}'],
    ['a number as text', '{"a":"1"}'],
    ['a key more', '{"a":1,"b":2}'],
    ['a key of the prototype', '{"__proto__":{"a":1}}'],
    ['no JSON', '{a:1}'],
  ])('refuses %s', async (_name, got) => {
    expect(await match({ json: { a: 1 } }, got)).toBeDefined();
  });

  it('says why a text is no JSON', async () => {
    expect((await match({ json: { a: 1 } }, '{a:1}'))?.note).toMatch(/^not JSON: /);
  });
});

describe('patterns', () => {
  it('tests a pattern', async () => {
    expect(await match({ matches: '^v\\d+' }, 'v20.1')).toBeUndefined();
    expect(await match({ matches: '^v\\d+' }, '20.1')).toMatchObject({ relation: 'matches' });
  });

  it('ends a pattern that backtracks for ever, as a fault of the course', async () => {
    await expect(match({ matches: '^(a+)+$' }, `${'a'.repeat(40)}!`)).rejects.toThrow(/did not come to an end/);
  });
});

describe('a line of JSON', () => {
  const log = {
    jsonLine: { 'request.path': { equals: '/a' }, ms: { type: 'number' }, level: { oneOf: ['warn', 40] } },
  } as const;
  const line = { request: { path: '/a' }, ms: 0.5, level: 40, time: 'now' };
  it.each([
    ['alone', JSON.stringify(line)],
    ['among texts', `starting\n${JSON.stringify(line)}\r\nat {x}\n`],
    [
      'beside one that is none',
      `${JSON.stringify({ ...line, level: 'info' })}\n${JSON.stringify({ ...line, level: 'warn' })}`,
    ],
  ])('accepts one %s', async (_name, got) => {
    expect(await match(log, got)).toBeUndefined();
  });
  it.each([
    ['no JSON', 'request /a 0.5 ms warn', 'a line of JSON with request.path, ms, level'],
    ['JSON over several lines', JSON.stringify(line, undefined, 2), 'a line of JSON with request.path, ms, level'],
    ['a list', JSON.stringify([line]), 'a line of JSON with request.path, ms, level'],
    ['another level', JSON.stringify({ ...line, level: 'error' }), '"warn" or 40'],
    ['the values in two lines', `${JSON.stringify({ ...line, ms: '1' })}\n${JSON.stringify({ ms: 1 })}`, 'a number'],
    ['a key with a point in its name', JSON.stringify({ 'request.path': '/a', ms: 1, level: 40 }), '"/a"'],
  ])('refuses %s', async (_name, got, expected) => {
    expect(await match(log, got)).toMatchObject({ expected });
  });
});
