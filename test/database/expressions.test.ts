import { BSON, Decimal128, Double, Long, ObjectId } from 'bson';
import { describe, expect, test } from 'vitest';
import { CommandError } from '../../src/database/embedded/errors.ts';
import { compileExpression } from '../../src/database/embedded/expression/compile.ts';
import { collationOf } from '../../src/database/embedded/values/collation.ts';
import { decode } from '../../src/database/embedded/values/decode.ts';
import type { Document } from '../../src/database/embedded/values/document.ts';
import { encode } from '../../src/database/embedded/values/encode.ts';

const SAMPLE = stored({
  _id: 1,
  i: 7,
  neg: -3,
  d: 2.5,
  wd: new Double(4),
  l: Long.fromString('9007199254740993'),
  dec: Decimal128.fromString('10.25'),
  s: 'Hello World',
  s2: '  trim me ',
  e: '',
  u: 'héllo',
  n: null,
  t: true,
  f: false,
  dt: new Date('2024-03-15T13:45:30.123Z'),
  oid: new ObjectId('65f4a1b2c3d4e5f601234567'),
  a: [3, 1, 2],
  ao: [
    { k: 'x', v: 1 },
    { k: 'y', v: 2 },
  ],
  aa: [[1, 2], [3]],
  as: ['b', 'a', 'b'],
  o: { x: 1, y: { z: 2 } },
  mix: [1, 'a', null, true],
  num: '42',
  fl: '3.7',
  iso: '2024-01-02T03:04:05Z',
  an: [1, null, 2],
  dup: [1, 1, 2, 2.0],
});

/** What a client's document is once it went over the wire. */
function stored(value: object): Document {
  return decode(Buffer.from(BSON.serialize(value)));
}

/** The value of an expression for the sample in BSON's extended JSON, so that types show; undefined for missing. */
function valueFor(expression: unknown, collation?: object): unknown {
  const spec = stored({ expression }).expression;
  const compiled = compileExpression(spec, collationOf(collation && stored(collation)));
  return readable(compiled(SAMPLE, new Map()));
}

function readable(value: unknown): unknown {
  return BSON.EJSON.serialize(BSON.deserialize(encode({ value }), { promoteValues: false }), { relaxed: false }).value;
}

/** The same of a plain value, to compare with. */
function asStored(value: unknown): unknown {
  return readable(stored({ value }).value);
}

function codeOf(expression: unknown): number | undefined {
  try {
    valueFor(expression);
  } catch (error) {
    return error instanceof CommandError ? error.code : undefined;
  }
  return undefined;
}

/** `then` is a name that linters refuse in a literal. */
const THEN = 'then';

function branch(when: unknown, result: unknown): object {
  return { case: when, [THEN]: result };
}

function conditional({ yes, ...others }: Record<string, unknown>): object {
  return { $cond: { ...others, [THEN]: yes } };
}

type Case = readonly [expression: unknown, result: unknown];

function gives(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    test.each(cases.map(([expression, result]) => [BSON.EJSON.stringify(expression), expression, result]))(
      '%s',
      (_, expression, result) => {
        expect(valueFor(expression)).toEqual(asStored(result));
      },
    );
  });
}

function fails(name: string, cases: readonly (readonly [expression: unknown, code: number])[]): void {
  describe(`${name}: errors`, () => {
    test.each(cases.map(([expression, code]) => [BSON.EJSON.stringify(expression), code, expression]))(
      '%s → %d',
      (_, code, expression) => {
        expect(codeOf(expression)).toBe(code);
      },
    );
  });
}

const long = (value: number | string): Long => Long.fromString(String(value));
const double = (value: number): Double => new Double(value);
const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const MISSING = undefined;

gives('arithmetic', [
  [{ $add: ['$i', 1] }, 8],
  [{ $add: [] }, 0],
  [{ $add: ['$i', '$d'] }, 9.5],
  [{ $add: [2147483647, 1] }, long(2147483648)],
  [{ $add: ['$dt', 1000] }, new Date('2024-03-15T13:45:31.123Z')],
  [{ $add: ['$l', 1] }, long('9007199254740994')],
  [{ $add: ['$dec', 1] }, decimal('11.25')],
  [{ $add: ['$i', '$n'] }, null],
  [{ $add: ['$i', '$missing'] }, null],
  [{ $subtract: ['$i', 2] }, 5],
  [{ $subtract: ['$dt', '$dt'] }, long(0)],
  [{ $subtract: ['$dt', 86400000] }, new Date('2024-03-14T13:45:30.123Z')],
  [{ $multiply: ['$i', 2] }, 14],
  [{ $multiply: ['$dec', 2] }, decimal('20.50')],
  [{ $multiply: ['$d', 2] }, double(5)],
  [{ $divide: ['$i', 2] }, 3.5],
  [{ $divide: [6, 2] }, double(3)],
  [{ $divide: ['$dec', 3] }, decimal('3.416666666666666666666666666666667')],
  [{ $mod: ['$i', 4] }, 3],
  [{ $mod: ['$neg', 2] }, -1],
  [{ $mod: [-4, 2] }, 0],
  [{ $mod: [5.5, 2] }, 1.5],
  [{ $mod: ['$dec', 3] }, decimal('1.25')],
  [{ $mod: ['$l', 10] }, long(3)],
  [{ $abs: '$neg' }, 3],
  [{ $abs: -2147483648 }, long(2147483648)],
  [{ $ceil: '$d' }, double(3)],
  [{ $ceil: '$dec' }, decimal('11')],
  [{ $floor: '$d' }, double(2)],
  [{ $floor: -1.5 }, double(-2)],
  [{ $round: ['$d', 0] }, double(2)],
  [{ $round: [3.5, 0] }, double(4)],
  [{ $round: [2.675, 2] }, 2.67],
  [{ $round: ['$dec', 1] }, decimal('10.2')],
  [{ $round: [1234, -2] }, 1200],
  [{ $round: [1250, -2] }, 1200],
  [{ $round: ['$i', '$n'] }, null],
  [{ $trunc: ['$d'] }, double(2)],
  [{ $trunc: [2.567, 1] }, 2.5],
  [{ $trunc: [-1299, -2] }, -1200],
  [{ $sqrt: 16 }, double(4)],
  [{ $pow: [2, 10] }, 1024],
  [{ $pow: [2, 40] }, long(2 ** 40)],
  [{ $pow: [2, -1] }, 0.5],
  [{ $pow: [2, 0.5] }, Math.SQRT2],
  [{ $exp: 0 }, double(1)],
  [{ $ln: 1 }, double(0)],
  [{ $log: [8, 2] }, double(3)],
  [{ $log10: 100 }, double(2)],
  [{ $sin: 0 }, double(0)],
  [{ $atan2: [1, 1] }, Math.PI / 4],
  [{ $degreesToRadians: 180 }, Math.PI],
  [{ $bitAnd: ['$i', 3] }, 3],
  [{ $bitOr: [1, 2] }, 3],
  [{ $bitXor: [5, 1] }, 4],
  [{ $bitNot: 5 }, -6],
  [{ $bitAnd: [long(5), 4] }, long(4)],
]);

fails('arithmetic', [
  [{ $add: ['$i', '$s'] }, 14],
  [{ $add: ['$dt', '$dt'] }, 16612],
  [{ $subtract: ['$i', '$s'] }, 14],
  [{ $subtract: [1] }, 16020],
  [{ $multiply: ['$s', 2] }, 14],
  [{ $divide: [1, 0] }, 2],
  [{ $mod: [1, 0] }, 16610],
  [{ $abs: '$s' }, 28765],
  [{ $round: ['$s'] }, 51081],
  [{ $round: [1, 200] }, 51083],
  [{ $round: [1, 0.5] }, 51082],
  [{ $round: [1, 2, 3] }, 28667],
  [{ $sqrt: -1 }, 28714],
  [{ $ln: 0 }, 28766],
  [{ $log10: 0 }, 28761],
  [{ $log: [8, 1] }, 28759],
  [{ $acos: 2 }, 50989],
  [{ $pow: [0, -1] }, 28764],
  [{ $bitAnd: [1, 2.5] }, 14],
  [{ $bitNot: '$s' }, 28765],
  [{ $rand: [1] }, 3040501],
]);

gives('comparison', [
  [{ $eq: ['$i', 7] }, true],
  [{ $eq: ['$wd', 4] }, true],
  [{ $eq: ['$dec', 10.25] }, true],
  [{ $ne: ['$i', 7] }, false],
  [{ $gt: ['$i', 5] }, true],
  [{ $gt: ['$s', 5] }, true],
  [{ $lt: ['$n', 1] }, true],
  [{ $cmp: ['$i', 8] }, -1],
  [{ $gte: ['$dt', new Date(0)] }, true],
  [{ $eq: ['$oid', new ObjectId('65f4a1b2c3d4e5f601234567')] }, true],
  [{ $eq: ['$missing', null] }, false],
  [{ $eq: ['$missing', '$missing'] }, true],
  [{ $gt: ['$l', 9007199254740992] }, true],
  [{ $eq: ['$o', { x: 1, y: { z: 2 } }] }, true],
  [{ $lte: ['$missing', null] }, true],
  [{ $gt: [null, '$missing'] }, true],
  [{ $eq: ['$a', [3, 1, 2]] }, true],
  [
    {
      $eq: [
        { y: 1, x: 2 },
        { x: 2, y: 1 },
      ],
    },
    false,
  ],
]);

gives('boolean and conditional', [
  [{ $and: ['$t', '$i'] }, true],
  [{ $and: ['$t', 0] }, false],
  [{ $and: [] }, true],
  [{ $and: [false, { $divide: [1, 0] }] }, false],
  [{ $or: ['$f', '$n'] }, false],
  [{ $or: [] }, false],
  [{ $not: ['$f'] }, true],
  [{ $not: '$e' }, false],
  [{ $cond: ['$t', 'y', 'n'] }, 'y'],
  [conditional({ if: { $gt: ['$i', 5] }, yes: '$i', else: 0 }), 7],
  [{ $cond: ['$e', 1, 2] }, 1],
  [{ $ifNull: ['$n', 'def'] }, 'def'],
  [{ $ifNull: ['$missing', '$n', 3] }, 3],
  [{ $switch: { branches: [branch({ $gt: ['$i', 10] }, 'big'), branch('$t', 'mid')], default: 'small' } }, 'mid'],
  [{ $switch: { branches: [branch(false, 1)], default: 'small' } }, 'small'],
]);

fails('conditional', [
  [{ $switch: { branches: [branch(false, 1)] } }, 40066],
  [{ $switch: { branches: [] } }, 40068],
  [{ $switch: { branches: [{ case: 1 }] } }, 40065],
  [{ $switch: [] }, 40060],
  [{ $cond: ['$t'] }, 16020],
  [conditional({ if: 1, yes: 2 }), 17082],
  [conditional({ if: 1, yes: 2, else: 3, other: 4 }), 17083],
  [{ $ifNull: ['$n'] }, 1257300],
]);

gives('field paths, variables, documents and arrays', [
  ['$ao.v', [1, 2]],
  ['$o.y.z', 2],
  ['$o.q.z', MISSING],
  ['$a.0', []],
  ['$aa', [[1, 2], [3]]],
  ['$aa.x', []],
  ['$$ROOT.i', 7],
  ['$$CURRENT.o.x', 1],
  ['$$REMOVE', MISSING],
  [
    { a: '$i', b: { $add: ['$i', 1] } },
    { a: 7, b: 8 },
  ],
  [{ a: '$missing', b: 1 }, { b: 1 }],
  [
    ['$i', '$missing', '$s'],
    [7, null, 'Hello World'],
  ],
  ['text', 'text'],
]);

fails('compiling', [
  [{ $unknown: 1 }, 168],
  [{ $add: 1, $subtract: 2 }, 15983],
  ['$$UNDEF', 17276],
  ['$$NOW_', 17276],
  ['$$', 9],
  ['$', 16872],
  ['$a.', 40353],
  ['$a..b', 15998],
  ['$a.$b', 16410],
  [{ a: 1, 'b.c': 1 }, 16412],
  [{ a: 1, $add: [] }, 16410],
]);

test('a collation decides which texts are equal', () => {
  const insensitive = { locale: 'en', strength: 2 };
  expect(valueFor({ $eq: ['$s', 'hello world'] })).toBe(false);
  expect(valueFor({ $eq: ['$s', 'hello world'] }, insensitive)).toBe(true);
});
