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

gives('strings', [
  [{ $concat: ['$s', '-', '$num'] }, 'Hello World-42'],
  [{ $concat: ['$s', '$n'] }, null],
  [{ $toUpper: '$s' }, 'HELLO WORLD'],
  [{ $toUpper: '$u' }, 'HéLLO'],
  [{ $toLower: '$s' }, 'hello world'],
  [{ $toUpper: '$n' }, ''],
  [{ $toUpper: '$i' }, '7'],
  [{ $substr: ['$s', 0, 5] }, 'Hello'],
  [{ $substrCP: ['$u', 1, 2] }, 'él'],
  [{ $substrCP: ['a🎉b', 1, 1] }, '🎉'],
  [{ $substrBytes: ['$s', 6, -1] }, 'World'],
  [{ $strLenCP: '$u' }, 5],
  [{ $strLenBytes: '$u' }, 6],
  [{ $split: ['$s', ' '] }, ['Hello', 'World']],
  [{ $split: ['$n', ' '] }, null],
  [{ $indexOfCP: ['$s', 'o'] }, 4],
  [{ $indexOfCP: ['$s', 'o', 5] }, 7],
  [{ $indexOfCP: ['$s', 'o', 5, 6] }, -1],
  [{ $indexOfCP: ['a🎉b', 'b'] }, 2],
  [{ $indexOfBytes: ['$s', 'World'] }, 6],
  [{ $indexOfBytes: ['$u', 'l'] }, 3],
  [{ $trim: { input: '$s2' } }, 'trim me'],
  [{ $ltrim: { input: '$s2' } }, 'trim me '],
  [{ $rtrim: { input: '$s', chars: 'd' } }, 'Hello Worl'],
  [{ $trim: { input: '$s', chars: '$n' } }, null],
  [{ $replaceOne: { input: '$s', find: 'l', replacement: 'L' } }, 'HeLlo World'],
  [{ $replaceAll: { input: '$s', find: 'l', replacement: 'L' } }, 'HeLLo WorLd'],
  [{ $replaceAll: { input: '$s', find: 'o', replacement: { $literal: '$&' } } }, 'Hell$& W$&rld'],
  [{ $regexMatch: { input: '$s', regex: '^hello', options: 'i' } }, true],
  [{ $regexMatch: { input: '$s', regex: /World/ } }, true],
  [{ $regexMatch: { input: '$n', regex: /World/ } }, false],
  [{ $regexFind: { input: '$s', regex: 'o(.)' } }, { match: 'o ', idx: 4, captures: [' '] }],
  [{ $regexFind: { input: '$u', regex: 'l(x)?' } }, { match: 'l', idx: 2, captures: [null] }],
  [
    { $regexFindAll: { input: '$s', regex: 'o' } },
    [
      { match: 'o', idx: 4, captures: [] },
      { match: 'o', idx: 7, captures: [] },
    ],
  ],
  [{ $strcasecmp: ['$s', 'hello world'] }, 0],
  [{ $reverseArray: { $split: ['$s', ' '] } }, ['World', 'Hello']],
]);

fails('strings', [
  [{ $concat: ['$s', '$i'] }, 16702],
  [{ $toUpper: '$a' }, 16007],
  [{ $strLenCP: '$n' }, 34471],
  [{ $strLenBytes: '$i' }, 34473],
  [{ $split: ['$s', ''] }, 40087],
  [{ $split: ['$i', ''] }, 40085],
  [{ $substrCP: ['$s', -1, 2] }, 34455],
  [{ $substrCP: ['$s', 1, -2] }, 34454],
  [{ $substrBytes: ['$s', -1, 2] }, 50752],
  [{ $substrBytes: ['$u', 2, 2] }, 28656],
  [{ $substrBytes: ['$u', 0, 2] }, 28657],
  [{ $indexOfCP: ['$i', 'o'] }, 40093],
  [{ $indexOfCP: ['$s', 'o', -1] }, 40097],
  [{ $trim: { input: '$i' } }, 50699],
  [{ $trim: { chars: 'x' } }, 50695],
  [{ $trim: { input: 'x', other: 1 } }, 50694],
  [{ $replaceAll: { input: '$s', find: 1, replacement: '' } }, 51745],
  [{ $regexMatch: { input: '$s', regex: '(' } }, 51091],
  [{ $regexMatch: { input: '$i', regex: 'a' } }, 51104],
  [{ $regexMatch: { input: '$s', regex: 1 } }, 51105],
  [{ $regexMatch: { input: '$s', regex: /a/i, options: 'm' } }, 51107],
]);

gives('arrays', [
  [{ $size: '$a' }, 3],
  [{ $arrayElemAt: ['$a', 0] }, 3],
  [{ $arrayElemAt: ['$a', -1] }, 2],
  [{ $arrayElemAt: ['$a', 9] }, MISSING],
  [{ $first: '$a' }, 3],
  [{ $last: '$a' }, 2],
  [{ $first: [[]] }, MISSING],
  [{ $slice: ['$a', 2] }, [3, 1]],
  [{ $slice: ['$a', -2] }, [1, 2]],
  [{ $slice: ['$a', 1, 1] }, [1]],
  [{ $slice: ['$a', -9, 2] }, [3, 1]],
  [{ $concatArrays: ['$a', [9]] }, [3, 1, 2, 9]],
  [{ $concatArrays: ['$a', '$n'] }, null],
  [{ $in: [2, '$a'] }, true],
  [{ $in: ['$missing', [null]] }, false],
  [{ $in: ['$oid', [new ObjectId('65f4a1b2c3d4e5f601234567')]] }, true],
  [{ $indexOfArray: ['$a', 2] }, 2],
  [{ $indexOfArray: ['$as', 'b', 1] }, 2],
  [{ $indexOfArray: ['$as', 'b', 1, 2] }, -1],
  [{ $isArray: '$a' }, true],
  [{ $isArray: ['$s'] }, false],
  [{ $reverseArray: '$a' }, [2, 1, 3]],
  [{ $range: [0, 5, 2] }, [0, 2, 4]],
  [{ $range: [5, 0, -2] }, [5, 3, 1]],
  [{ $range: [5, 0] }, []],
  [{ $sortArray: { input: '$a', sortBy: 1 } }, [1, 2, 3]],
  [
    { $sortArray: { input: '$ao', sortBy: { v: -1 } } },
    [
      { k: 'y', v: 2 },
      { k: 'x', v: 1 },
    ],
  ],
  [{ $sortArray: { input: '$mix', sortBy: 1 } }, [null, 1, 'a', true]],
  [{ $sortArray: { input: '$an', sortBy: { x: 1 } } }, [1, null, 2]],
  [{ $filter: { input: '$a', as: 'x', cond: { $gt: ['$$x', 1] } } }, [3, 2]],
  [{ $filter: { input: '$a', cond: { $gt: ['$$this', 1] }, limit: 1 } }, [3]],
  [{ $filter: { input: '$missing', cond: true } }, null],
  [{ $map: { input: '$a', as: 'x', in: { $multiply: ['$$x', 2] } } }, [6, 2, 4]],
  [{ $map: { input: '$a', in: '$missing' } }, [null, null, null]],
  [{ $map: { input: '$n', in: 1 } }, null],
  [
    { $map: { input: '$ao', as: 'q', in: { $mergeObjects: ['$$q', { z: '$$q.v' }] } } },
    [
      { k: 'x', v: 1, z: 1 },
      { k: 'y', v: 2, z: 2 },
    ],
  ],
  [
    { $map: { input: '$aa', as: 'row', in: { $map: { input: '$$row', in: { $add: ['$$this', '$i'] } } } } },
    [[8, 9], [10]],
  ],
  [{ $reduce: { input: '$a', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [{ $reduce: { input: '$as', initialValue: '', in: { $concat: ['$$value', '$$this'] } } }, 'bab'],
  [
    { $zip: { inputs: ['$a', '$as'] } },
    [
      [3, 'b'],
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    { $zip: { inputs: ['$a', ['p']], useLongestLength: true, defaults: [0, '-'] } },
    [
      [3, 'p'],
      [1, '-'],
      [2, '-'],
    ],
  ],
  [{ $let: { vars: { p: '$i', q: 2 }, in: { $multiply: ['$$p', '$$q'] } } }, 14],
  [{ $let: { vars: { CURRENT: '$o' }, in: ['$x', '$$ROOT.i'] } }, [1, 7]],
]);

fails('arrays', [
  [{ $size: '$missing' }, 17124],
  [{ $size: '$s' }, 17124],
  [{ $arrayElemAt: ['$s', 0] }, 28689],
  [{ $arrayElemAt: ['$a', 'x'] }, 28690],
  [{ $arrayElemAt: ['$a', 1.5] }, 28691],
  [{ $slice: ['$a', 0, 0] }, 28729],
  [{ $concatArrays: ['$a', '$s'] }, 28664],
  [{ $in: [2, '$s'] }, 40081],
  [{ $range: [0, 5, 0] }, 34449],
  [{ $range: [0, 'x'] }, 34445],
  [{ $filter: { input: '$s', cond: true } }, 28651],
  [{ $filter: { input: '$a' } }, 28650],
  [{ $filter: { input: '$a', as: 'X', cond: 1 } }, 9],
  [{ $map: { input: '$a' } }, 16882],
  [{ $map: { input: '$s', in: 1 } }, 16883],
  [{ $reduce: { input: '$s', initialValue: 1, in: 1 } }, 40080],
  [{ $zip: { inputs: [] } }, 34465],
  [{ $zip: { inputs: ['$s'] } }, 34468],
  [{ $zip: { inputs: ['$a'], defaults: [1] } }, 34466],
  [{ $sortArray: { input: '$s', sortBy: 1 } }, 2942504],
  [{ $sortArray: { input: '$a', sortBy: 2 } }, 2942505],
  [{ $let: { vars: { 'a-b': 1 }, in: 1 } }, 9],
]);

gives('accumulators as expressions', [
  [{ $max: '$a' }, 3],
  [{ $min: ['$i', '$d'] }, 2.5],
  [{ $min: '$an' }, 1],
  [{ $sum: '$a' }, 6],
  [{ $sum: ['$i', '$d', '$s'] }, 9.5],
  [{ $sum: '$ao.v' }, 3],
  [{ $sum: [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]] }, double(1)],
  [{ $sum: ['$l', 1] }, long('9007199254740994')],
  [{ $sum: ['$dec', 1, 0.5] }, decimal('11.75')],
  [{ $sum: '$missing' }, 0],
  [{ $avg: '$a' }, double(2)],
  [{ $avg: ['$i', '$n'] }, double(7)],
  [{ $avg: '$s' }, null],
  [{ $stdDevPop: '$a' }, Math.sqrt(2 / 3)],
  [{ $stdDevSamp: '$i' }, null],
  [{ $maxN: { n: 2, input: '$a' } }, [3, 2]],
  [{ $minN: { n: 2, input: '$an' } }, [1, 2]],
  [{ $firstN: { n: 2, input: '$a' } }, [3, 1]],
  [{ $lastN: { n: 2, input: '$a' } }, [1, 2]],
  [{ $percentile: { input: '$a', p: [0.5, 1], method: 'approximate' } }, [double(2), double(3)]],
  [{ $median: { input: '$a', method: 'approximate' } }, double(2)],
  [{ $median: { input: '$s', method: 'approximate' } }, null],
]);

fails('accumulators as expressions', [
  [{ $maxN: { n: 0, input: '$a' } }, 5787908],
  [{ $firstN: { n: 2, input: '$s' } }, 5788200],
  [{ $median: { input: '$a', method: 'exact' } }, 2],
  [{ $percentile: { input: '$a', p: [2], method: 'approximate' } }, 7750301],
  [{ $median: { input: '$a' } }, 40414],
]);

gives('sets', [
  [{ $setUnion: ['$as', ['z']] }, ['a', 'b', 'z']],
  [{ $setUnion: ['$as', '$n'] }, null],
  [{ $setIntersection: ['$as', ['b']] }, ['b']],
  [{ $setDifference: ['$as', ['b']] }, ['a']],
  [{ $setEquals: ['$as', ['a', 'b']] }, true],
  [{ $setEquals: ['$as', ['a']] }, false],
  [{ $setIsSubset: [['a'], '$as'] }, true],
  [{ $anyElementTrue: [[false, true]] }, true],
  [{ $allElementsTrue: [[1, true]] }, true],
  [{ $allElementsTrue: [[1, null]] }, false],
  [{ $setUnion: ['$dup'] }, [1, 2]],
]);

fails('sets', [
  [{ $setUnion: ['$as', 1] }, 17043],
  [{ $setIntersection: ['$as', 1] }, 17047],
  [{ $setDifference: [1, '$as'] }, 17048],
  [{ $setDifference: ['$as', 1] }, 17049],
  [{ $setEquals: ['$as', null] }, 17044],
  [{ $setIsSubset: [null, '$as'] }, 17046],
  [{ $anyElementTrue: ['$n'] }, 17041],
]);

gives('objects', [
  [{ $arrayToObject: '$ao' }, { x: 1, y: 2 }],
  [
    {
      $arrayToObject: [
        [
          ['a', 1],
          ['b', 2],
        ],
      ],
    },
    { a: 1, b: 2 },
  ],
  [
    { $objectToArray: '$o' },
    [
      { k: 'x', v: 1 },
      { k: 'y', v: { z: 2 } },
    ],
  ],
  [{ $mergeObjects: ['$o', { w: 5 }] }, { x: 1, y: { z: 2 }, w: 5 }],
  [{ $mergeObjects: ['$o', '$n'] }, { x: 1, y: { z: 2 } }],
  [{ $mergeObjects: '$ao' }, { k: 'y', v: 2 }],
  [{ $getField: 'i' }, 7],
  [{ $getField: { field: 'x', input: '$o' } }, 1],
  [{ $getField: { $concat: ['n', 'um'] } }, '42'],
  [{ $getField: { field: 'x', input: '$s' } }, MISSING],
  [{ $setField: { field: 'q.r', input: '$o', value: 1 } }, { x: 1, y: { z: 2 }, 'q.r': 1 }],
  [{ $setField: { field: { $literal: '$p' }, input: '$o', value: '$$REMOVE' } }, { x: 1, y: { z: 2 } }],
  [{ $unsetField: { field: 'x', input: '$o' } }, { y: { z: 2 } }],
]);

fails('objects', [
  [{ $arrayToObject: '$s' }, 40386],
  [{ $arrayToObject: '$a' }, 40398],
  [{ $arrayToObject: '$aa' }, 40395],
  [{ $arrayToObject: [[['a']]] }, 40397],
  [{ $arrayToObject: [[{ k: 'a' }]] }, 40392],
  [{ $arrayToObject: [[{ k: 'a', w: 1 }]] }, 40393],
  [{ $objectToArray: '$s' }, 40390],
  [{ $mergeObjects: ['$o', 1] }, 40400],
  [{ $getField: 1 }, 3041704],
  [{ $setField: { field: '$s', input: '$o', value: 1 } }, 4161108],
  [{ $setField: { field: 'a', input: '$s', value: 1 } }, 4161105],
]);

gives('dates', [
  [{ $year: '$dt' }, 2024],
  [{ $month: '$dt' }, 3],
  [{ $dayOfMonth: '$dt' }, 15],
  [{ $dayOfWeek: '$dt' }, 6],
  [{ $dayOfYear: '$dt' }, 75],
  [{ $hour: '$dt' }, 13],
  [{ $hour: { date: '$dt', timezone: 'America/New_York' } }, 9],
  [{ $hour: { date: '$dt', timezone: '+0530' } }, 19],
  [{ $minute: '$dt' }, 45],
  [{ $second: ['$dt'] }, 30],
  [{ $millisecond: '$dt' }, 123],
  [{ $week: '$dt' }, 10],
  [{ $isoWeek: '$dt' }, 11],
  [{ $isoWeekYear: '$dt' }, long(2024)],
  [{ $isoDayOfWeek: '$dt' }, 5],
  [{ $year: '$n' }, null],
  [{ $year: '$oid' }, 2024],
  [{ $dateToString: { date: '$dt' } }, '2024-03-15T13:45:30.123Z'],
  [{ $dateToString: { date: '$dt', format: '%Y-%m-%d %H:%M:%S.%L' } }, '2024-03-15 13:45:30.123'],
  [{ $dateToString: { date: '$dt', format: '%d/%m/%Y %j %u %V %G %%' } }, '15/03/2024 075 5 11 2024 %'],
  [{ $dateToString: { date: '$dt', format: '%b %B %z %Z' } }, 'Mar March +0000 0'],
  [{ $dateToString: { date: '$dt', format: '%H:%M', timezone: '+02:00' } }, '15:45'],
  [{ $dateToString: { date: '$dt', format: '%H:%M %z', timezone: 'America/New_York' } }, '09:45 -0400'],
  [{ $dateToString: { date: '$missing', onNull: 'none' } }, 'none'],
  [{ $dateToString: { date: '$missing' } }, null],
  [{ $dateFromString: { dateString: '$iso' } }, new Date('2024-01-02T03:04:05Z')],
  [{ $dateFromString: { dateString: '2017-02-08' } }, new Date('2017-02-08')],
  [
    { $dateFromString: { dateString: '2017-02-08T12:10:40.787', timezone: 'America/New_York' } },
    new Date('2017-02-08T17:10:40.787Z'),
  ],
  [{ $dateFromString: { dateString: '2017-02-08T12:10:40+02:00' } }, new Date('2017-02-08T10:10:40Z')],
  [{ $dateFromString: { dateString: 'July 4, 2017 11:00' } }, new Date('2017-07-04T11:00:00Z')],
  [{ $dateFromString: { dateString: '15/03/2024', format: '%d/%m/%Y' } }, new Date('2024-03-15')],
  [{ $dateFromString: { dateString: 'bad', onError: 'err' } }, 'err'],
  [{ $dateFromParts: { year: 2024, month: 2, day: 30 } }, new Date('2024-03-01')],
  [{ $dateFromParts: { year: 2017, month: 14, day: 1, hour: 12 } }, new Date('2018-02-01T12:00:00Z')],
  [{ $dateFromParts: { isoWeekYear: 2017, isoWeek: 6, isoDayOfWeek: 3 } }, new Date('2017-02-08')],
  [
    { $dateFromParts: { year: 2016, month: 12, day: 31, hour: 23, timezone: 'America/New_York' } },
    new Date('2017-01-01T04:00:00Z'),
  ],
  [
    { $dateToParts: { date: '$dt' } },
    { year: 2024, month: 3, day: 15, hour: 13, minute: 45, second: 30, millisecond: 123 },
  ],
  [
    { $dateToParts: { date: '$dt', iso8601: true } },
    { isoWeekYear: 2024, isoWeek: 11, isoDayOfWeek: 5, hour: 13, minute: 45, second: 30, millisecond: 123 },
  ],
  [{ $dateAdd: { startDate: '$dt', unit: 'month', amount: 1 } }, new Date('2024-04-15T13:45:30.123Z')],
  [{ $dateAdd: { startDate: new Date('2024-01-31'), unit: 'month', amount: 1 } }, new Date('2024-02-29')],
  [{ $dateAdd: { startDate: '$dt', unit: 'day', amount: '$n' } }, null],
  [
    { $dateAdd: { startDate: new Date('2024-03-09T15:00:00Z'), unit: 'day', amount: 1, timezone: 'America/New_York' } },
    new Date('2024-03-10T14:00:00Z'),
  ],
  [{ $dateSubtract: { startDate: '$dt', unit: 'day', amount: 3 } }, new Date('2024-03-12T13:45:30.123Z')],
  [{ $dateDiff: { startDate: '$dt', endDate: new Date('2024-12-25'), unit: 'day' } }, long(285)],
  [{ $dateDiff: { startDate: '$dt', endDate: new Date('2024-12-25'), unit: 'month' } }, long(9)],
  [{ $dateDiff: { startDate: '$dt', endDate: new Date('2024-12-25'), unit: 'week' } }, long(41)],
  [{ $dateDiff: { startDate: '$dt', endDate: new Date('2023-12-25'), unit: 'year' } }, long(-1)],
  [{ $dateTrunc: { date: '$dt', unit: 'month' } }, new Date('2024-03-01')],
  [{ $dateTrunc: { date: '$dt', unit: 'quarter' } }, new Date('2024-01-01')],
  [{ $dateTrunc: { date: '$dt', unit: 'hour', binSize: 2 } }, new Date('2024-03-15T12:00:00Z')],
  [{ $dateTrunc: { date: '$dt', unit: 'week' } }, new Date('2024-03-10')],
  [{ $dateTrunc: { date: '$dt', unit: 'week', startOfWeek: 'Monday' } }, new Date('2024-03-11')],
  [{ $dateTrunc: { date: '$dt', unit: 'day', timezone: 'America/New_York' } }, new Date('2024-03-15T04:00:00Z')],
]);

fails('dates', [
  [{ $year: '$s' }, 16006],
  [{ $year: { date: '$dt', timezone: 'Nowhere/Land' } }, 40485],
  [{ $year: { date: '$dt', timezone: 1 } }, 40517],
  [{ $year: { date: '$dt', zone: 1 } }, 40535],
  [{ $year: ['$dt', 1] }, 40536],
  [{ $dateToString: { format: '%Y' } }, 18628],
  [{ $dateToString: { date: '$dt', format: '%Q' } }, 18536],
  [{ $dateToString: { date: '$dt', format: '%' } }, 18535],
  [{ $dateFromString: { dateString: 'bad' } }, 241],
  [{ $dateFromString: { dateString: '2024-02-30' } }, 241],
  [{ $dateFromString: { dateString: '2018-02' } }, 241],
  [{ $dateFromString: { dateString: '2017-02-08T12:10:40Z', timezone: 'UTC' } }, 241],
  [{ $dateFromParts: { month: 1 } }, 40516],
  [{ $dateFromParts: { year: 2024, month: 'x' } }, 40515],
  [{ $dateFromParts: { year: 10000 } }, 40523],
  [{ $dateAdd: { startDate: '$s', unit: 'day', amount: 1 } }, 5166403],
  [{ $dateAdd: { startDate: '$dt', unit: 'eon', amount: 1 } }, 9],
  [{ $dateAdd: { startDate: '$dt', unit: 'day', amount: 1e15 } }, 15],
  [{ $dateTrunc: { date: '$dt', unit: 'day', binSize: 0 } }, 5439018],
  [{ $tsSecond: '$dt' }, 5687301],
]);

gives('types and conversions', [
  [{ $toInt: '$num' }, 42],
  [{ $toInt: '$d' }, 2],
  [{ $toInt: true }, 1],
  [{ $toDouble: '$fl' }, 3.7],
  [{ $toDouble: '$i' }, double(7)],
  [{ $toDouble: '$dt' }, double(Date.parse('2024-03-15T13:45:30.123Z'))],
  [{ $toLong: '$num' }, long(42)],
  [{ $toLong: '$dt' }, long(Date.parse('2024-03-15T13:45:30.123Z'))],
  [{ $toDecimal: '$fl' }, decimal('3.7')],
  [{ $toDecimal: '$i' }, decimal('7')],
  [{ $toString: '$i' }, '7'],
  [{ $toString: '$d' }, '2.5'],
  [{ $toString: '$wd' }, '4'],
  [{ $toString: '$l' }, '9007199254740993'],
  [{ $toString: '$oid' }, '65f4a1b2c3d4e5f601234567'],
  [{ $toString: '$dt' }, '2024-03-15T13:45:30.123Z'],
  [{ $toString: '$dec' }, '10.25'],
  [{ $toString: '$t' }, 'true'],
  [{ $toBool: '$s' }, true],
  [{ $toBool: 0 }, false],
  [{ $toBool: '$n' }, null],
  [{ $toObjectId: '65f4a1b2c3d4e5f601234567' }, new ObjectId('65f4a1b2c3d4e5f601234567')],
  [{ $toDate: '$iso' }, new Date('2024-01-02T03:04:05Z')],
  [{ $toDate: '$oid' }, new ObjectId('65f4a1b2c3d4e5f601234567').getTimestamp()],
  [{ $convert: { input: 'abc', to: 'int', onError: -1 } }, -1],
  [{ $convert: { input: '$n', to: 'int', onNull: 0 } }, 0],
  [{ $convert: { input: '$num', to: 'double' } }, double(42)],
  [{ $convert: { input: '$num', to: 16 } }, 42],
  [{ $convert: { input: '5', to: { type: 'int' } } }, 5],
  [{ $type: '$i' }, 'int'],
  [{ $type: '$d' }, 'double'],
  [{ $type: '$wd' }, 'double'],
  [{ $type: '$l' }, 'long'],
  [{ $type: '$dec' }, 'decimal'],
  [{ $type: '$missing' }, 'missing'],
  [{ $type: '$a' }, 'array'],
  [{ $isNumber: '$dec' }, true],
  [{ $isNumber: '$s' }, false],
  [{ $literal: '$i' }, '$i'],
  [{ $literal: { $add: [1, 2] } }, { $add: [1, 2] }],
  [{ $bsonSize: '$o' }, 27],
  [{ $binarySize: '$s' }, 11],
]);

fails('types and conversions', [
  [{ $toInt: '$fl' }, 241],
  [{ $toInt: 'abc' }, 241],
  [{ $toInt: '$l' }, 241],
  [{ $toInt: '$a' }, 241],
  [{ $toLong: '99999999999999999999' }, 241],
  [{ $toObjectId: 'x' }, 241],
  [{ $toDate: '$i' }, 241],
  [{ $toString: '$o' }, 241],
  [{ $convert: { input: 1, to: 'integer' } }, 2],
  [{ $convert: { input: 1 } }, 9],
  [{ $bsonSize: '$s' }, 31393],
  [{ $binarySize: '$i' }, 51276],
  [{ $meta: 'textScore' }, 40218],
  [{ $function: { body: 'function () {}', args: [], lang: 'js' } }, 238],
]);

describe('hostile input', () => {
  test.each([
    ['$getField', { $getField: '__proto__' }],
    ['$getField of constructor', { $getField: 'constructor' }],
    ['a path', '$__proto__'],
    ['a longer path', '$o.__proto__.polluted'],
    ['a variable', { $let: { vars: { a: '$o' }, in: '$$a.constructor' } }],
  ])('%s reads no prototype', (_, expression) => {
    expect(valueFor(expression)).toBe(MISSING);
  });

  test.each([
    ['$arrayToObject of documents', { $arrayToObject: [[{ k: '__proto__', v: { polluted: true } }]] }],
    ['$arrayToObject of pairs', { $arrayToObject: [[['__proto__', { polluted: true }]]] }],
    ['$setField', { $setField: { field: '__proto__', input: { a: 1 }, value: { polluted: true } } }],
    ['$mergeObjects', { $mergeObjects: [{ a: 1 }, { ['__proto__']: { polluted: true } }] }],
  ])('%s writes no prototype, but a field', (_, expression) => {
    const result = { expression };
    const made = compileExpression(stored(result).expression)(SAMPLE, new Map()) as Document;
    expect(Object.keys(made)).toContain('__proto__');
    expect(Object.keys(made).includes('polluted')).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  });

  const doubling = (start: unknown, grow: object): object => ({
    $reduce: { input: { $range: [0, 60] }, initialValue: start, in: grow },
  });

  fails('results that are too large', [
    [{ $range: [0, 1e12] }, 34446],
    [{ $range: [0, 2e9] }, 146],
    [doubling('x', { $concat: ['$$value', '$$value'] }), 10334],
    [doubling([1], { $concatArrays: ['$$value', '$$value'] }), 146],
    [doubling('xx', { $replaceAll: { input: '$$value', find: 'x', replacement: 'xxxx' } }), 10334],
    [{ $zip: { inputs: [{ $range: [0, 6e6] }, { $range: [0, 6e6] }] } }, 146],
  ]);
});

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
