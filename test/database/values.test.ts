import { Binary, BSON, BSONRegExp, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { expect, test } from 'vitest';
import { compare, equals } from '../../src/database/embedded/values/compare.ts';
import { decode } from '../../src/database/embedded/values/decode.ts';
import { document } from '../../src/database/embedded/values/document.ts';
import { encode } from '../../src/database/embedded/values/encode.ts';
import { identity, isSame } from '../../src/database/embedded/values/identity.ts';
import { arithmetic } from '../../src/database/embedded/values/number.ts';
import { leavesOf } from '../../src/database/embedded/values/path.ts';
import { typeName } from '../../src/database/embedded/values/types.ts';

const SAMPLE = {
  double: 1.5,
  whole: new Double(3),
  text: 'été 🎉',
  nested: { a: [1, { b: null }], '': true },
  binary: new Binary(Buffer.from('hi')),
  id: new ObjectId('65f4a1b2c3d4e5f601234567'),
  yes: true,
  when: new Date(5),
  nothing: null,
  pattern: new BSONRegExp('^a', 'i'),
  int: -7,
  stamp: new Timestamp({ t: 1, i: 2 }),
  long: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('1.10'),
  least: new MinKey(),
  most: new MaxKey(),
};

test('BSON written by the driver’s own library comes back byte for byte', () => {
  const bytes = Buffer.from(BSON.serialize(SAMPLE));
  expect(encode(decode(bytes)).equals(bytes)).toBe(true);
});

test('each value keeps its type', () => {
  const read = decode(Buffer.from(BSON.serialize(SAMPLE)));
  expect(Object.keys(SAMPLE).map((name) => typeName(read[name]))).toEqual([
    'double',
    'double',
    'string',
    'object',
    'binData',
    'objectId',
    'bool',
    'date',
    'null',
    'regex',
    'int',
    'timestamp',
    'long',
    'decimal',
    'minKey',
    'maxKey',
  ]);
});

test('a field called __proto__ is a field, and reaches no prototype', () => {
  const bytes = Buffer.from(BSON.serialize(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')));
  const read = decode(bytes);
  expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
  expect(encode(read).equals(bytes)).toBe(true);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(document().toString).toBeUndefined();
});

test('a field called _bsontype does not make a document anything else', () => {
  const bytes = Buffer.from('1f000000025f62736f6e7479706500090000004f626a656374496400', 'hex');
  const whole = Buffer.concat([bytes, Buffer.alloc(31 - bytes.length)]);
  whole.writeInt32LE(bytes.length + 1, 0);
  const read = decode(whole.subarray(0, bytes.length + 1));
  expect(typeName(read)).toBe('object');
});

test.each([
  ['too short', Buffer.from([5, 0, 0])],
  ['a length beyond the end', Buffer.from([50, 0, 0, 0, 0])],
  ['no end', Buffer.from([5, 0, 0, 0, 1])],
  ['an unknown type', Buffer.from([8, 0, 0, 0, 0x55, 97, 0, 0])],
  ['a text with a negative length', Buffer.from([12, 0, 0, 0, 2, 97, 0, 0xff, 0xff, 0xff, 0xff, 0])],
])('malformed BSON is refused: %s', (_what, bytes) => {
  expect(() => decode(bytes)).toThrow(/Invalid BSON/);
});

test('nesting has an end', () => {
  let deep: object = {};
  for (let level = 0; level < 201; level++) {
    deep = { a: deep };
  }
  expect(() => decode(Buffer.from(BSON.serialize(deep)))).toThrow(/maximum nested object depth/);
});

test('values are ordered by type, then by value', () => {
  const ordered = [
    new MinKey(),
    null,
    -1,
    0.5,
    1,
    2n,
    'a',
    'b',
    document(),
    document([['a', 1]]),
    [],
    [1],
    new Binary(Buffer.from('x')),
    new ObjectId(),
    false,
    true,
    new Date(1),
    new Timestamp({ t: 1, i: 1 }),
    new BSONRegExp('a'),
    new MaxKey(),
  ];
  const shuffled = [...ordered].reverse();
  expect(shuffled.sort((a, b) => compare(a, b))).toEqual(ordered);
});

test('numbers are equal by value whatever their type, and exactly', () => {
  for (const five of [5, 5n, new Double(5), Decimal128.fromString('5.0')]) {
    expect(equals(five, 5)).toBe(true);
    expect(identity(five)).toBe(identity(5));
    expect(isSame(five, 5)).toBe(five === 5);
  }
  expect(compare(9007199254740993n, 9007199254740992n)).toBe(1);
  expect(identity(9007199254740993n)).not.toBe(identity(9007199254740992n));
  expect(identity(100)).toBe(identity(Decimal128.fromString('1E2')));
});

test('arithmetic keeps the types as the server does', () => {
  expect(arithmetic('+', [1, 2])).toBe(3);
  expect(arithmetic('+', [2147483647, 1])).toBe(2147483648n);
  expect(arithmetic('*', [2, new Double(2)])).toEqual(new Double(4));
  expect(String(arithmetic('+', [Decimal128.fromString('1.10'), 0]))).toBe('1.10');
  expect(() => arithmetic('+', [9223372036854775807n, 1], 'overflow')).toThrow('overflow');
});

test('a path crosses arrays, and says where', () => {
  const items = document([['items', [document([['n', 1]]), document([['n', 2]])]]]);
  expect(leavesOf(items, ['items', 'n']).map((leaf) => [leaf.value, leaf.position])).toEqual([
    [1, 0],
    [2, 1],
  ]);
  const second = leavesOf(items, ['items', '1', 'n']).filter((leaf) => !leaf.missing);
  expect(second.map((leaf) => leaf.value)).toEqual([2]);
  expect(leavesOf(items, ['constructor'])[0]?.missing).toBe(true);
});
