import { BSON, Decimal128, Double, Long } from 'bson';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Output } from '../../src/database/embedded/aggregate/output.ts';
import { checkPipeline, type PipelineContext, runPipeline } from '../../src/database/embedded/aggregate/pipeline.ts';
import { updateWithPipeline } from '../../src/database/embedded/aggregate/update.ts';
import { CommandError } from '../../src/database/embedded/errors.ts';
import { collationOf } from '../../src/database/embedded/values/collation.ts';
import { decode } from '../../src/database/embedded/values/decode.ts';
import type { Document } from '../../src/database/embedded/values/document.ts';
import { encode } from '../../src/database/embedded/values/encode.ts';

function stored(value: object): Document {
  return decode(Buffer.from(BSON.serialize(value)));
}

function storedAll(values: readonly object[]): Document[] {
  return values.map(stored);
}

const ORDERS = storedAll([
  { _id: 1, g: 'a', n: 1, d: new Date('2024-01-01'), x: Decimal128.fromString('1.1'), t: ['p'] },
  { _id: 2, g: 'a', n: 2, d: new Date('2024-01-02'), x: Decimal128.fromString('2.2'), t: ['p', 'q'] },
  { _id: 3, g: 'b', n: 3.5, d: new Date('2024-01-04'), x: Decimal128.fromString('3.3'), t: [] },
  { _id: 4, g: 'b', d: new Date('2024-01-05'), n: Long.fromNumber(4) },
  { _id: 5, g: null, n: null },
]);

const COLLECTIONS: ReadonlyMap<string, readonly Document[]> = new Map([
  ['orders', ORDERS],
  [
    'items',
    storedAll([
      { _id: 1, sku: 'a', stock: 3 },
      { _id: 2, sku: 'b', stock: 0 },
      { _id: 3, sku: 'B', stock: 1 },
      { _id: 4, stock: 9 },
    ]),
  ],
  [
    'people',
    storedAll([
      { _id: 1, name: 'Dev' },
      { _id: 2, name: 'Eliot', boss: 'Dev' },
      { _id: 3, name: 'Ron', boss: 'Eliot' },
      { _id: 4, name: 'Andrew', boss: 'Eliot' },
      { _id: 5, name: 'Asya', boss: 'Ron' },
      { _id: 6, name: 'Loop', boss: 'Loop' },
    ]),
  ],
]);

let written: Output[] = [];
let ticks = 0;

beforeEach(() => {
  written = [];
  ticks = 0;
});

function contextOf(collation?: object): PipelineContext {
  return {
    collation: collationOf(collation && stored(collation)),
    variables: new Map(),
    read: ({ collection }) => COLLECTIONS.get(collection) ?? [],
    write: (output) => written.push(output),
    statistics: (stage) => storedAll([{ stage }]),
    tick: () => {
      ticks++;
    },
  };
}

interface Run {
  from?: readonly Document[];
  collation?: object;
}

function run(pipeline: readonly object[], { from = ORDERS, collation }: Run = {}): Document[] {
  return runPipeline(from, storedAll(pipeline), contextOf(collation));
}

/** Documents in BSON's extended JSON, so that types show. */
function readable(documents: readonly object[]): unknown {
  return documents.map((each) =>
    BSON.EJSON.serialize(BSON.deserialize(encode(each), { promoteValues: false }), { relaxed: false }),
  );
}

function codeOf(action: () => unknown): number | undefined {
  try {
    action();
  } catch (error) {
    return error instanceof CommandError ? error.code : undefined;
  }
  return undefined;
}

type Case = readonly [pipeline: readonly object[], result: readonly object[]];

function gives(name: string, cases: readonly Case[], from?: readonly object[]): void {
  describe(name, () => {
    test.each(cases.map(([pipeline, result]) => [BSON.EJSON.stringify(pipeline), pipeline, result] as const))(
      '%s',
      (_, pipeline, result) => {
        const made = run(pipeline, from ? { from: storedAll(from) } : {});
        expect(readable(made)).toEqual(readable(storedAll(result)));
      },
    );
  });
}

const double = (value: number): Double => new Double(value);
const long = (value: number): Long => Long.fromNumber(value);
const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const BY_ID = { $sort: { _id: 1 } };

gives('$group', [
  [
    [{ $group: { _id: '$g', s: { $sum: '$n' } } }, BY_ID],
    [
      { _id: null, s: 0 },
      { _id: 'a', s: 3 },
      { _id: 'b', s: 7.5 },
    ],
  ],
  [
    [{ $group: { _id: '$g', a: { $avg: '$n' }, mn: { $min: '$n' }, mx: { $max: '$n' } } }, BY_ID],
    [
      { _id: null, a: null, mn: null, mx: null },
      { _id: 'a', a: 1.5, mn: 1, mx: 2 },
      { _id: 'b', a: 3.75, mn: 3.5, mx: long(4) },
    ],
  ],
  [
    [{ $group: { _id: null, s: { $sum: '$x' }, a: { $avg: '$x' } } }],
    [{ _id: null, s: decimal('6.6'), a: decimal('2.2') }],
  ],
  [
    [{ $group: { _id: { g: '$g', y: { $year: '$d' } }, c: { $sum: 1 } } }, { $sort: { '_id.g': 1, '_id.y': 1 } }],
    [
      { _id: { g: null, y: null }, c: 1 },
      { _id: { g: 'a', y: 2024 }, c: 2 },
      { _id: { g: 'b', y: 2024 }, c: 2 },
    ],
  ],
  [
    [
      {
        $group: {
          _id: '$g',
          first: { $first: '$n' },
          last: { $last: '$d' },
          list: { $push: '$t' },
          set: { $addToSet: '$g' },
          two: { $firstN: { input: '$t', n: 2 } },
          top: { $top: { output: '$n', sortBy: { _id: -1 } } },
          low: { $bottomN: { n: 1, output: ['$n', '$_id'], sortBy: { _id: 1 } } },
          max: { $maxN: { input: '$n', n: 1 } },
          count: { $count: {} },
          deviation: { $stdDevSamp: '$_id' },
          median: { $median: { input: '$n', method: 'approximate' } },
        },
      },
      { $sort: { _id: -1 } },
      { $limit: 1 },
    ],
    [
      {
        _id: 'b',
        first: 3.5,
        last: new Date('2024-01-05'),
        list: [[]],
        set: ['b'],
        two: [[], null],
        top: long(4),
        low: [[long(4), 4]],
        max: [long(4)],
        count: 2,
        deviation: Math.SQRT1_2,
        median: 3.5,
      },
    ],
  ],
  [
    [{ $group: { _id: 1, last: { $last: '$d' }, all: { $mergeObjects: { g: '$g' } } } }],
    [{ _id: 1, last: null, all: { g: null } }],
  ],
  [
    [{ $unwind: '$t' }, { $sortByCount: '$t' }],
    [
      { _id: 'p', count: 2 },
      { _id: 'q', count: 1 },
    ],
  ],
  [
    [{ $group: { _id: { $dateTrunc: { date: '$d', unit: 'month' } }, n: { $sum: 1 } } }, BY_ID],
    [
      { _id: null, n: 1 },
      { _id: new Date('2024-01-01'), n: 4 },
    ],
  ],
]);

gives(
  '$group takes numbers of all types for one',
  [[[{ $group: { _id: '$a', n: { $sum: 1 } } }], [{ _id: 1, n: 3 }]]],
  [{ a: 1 }, { a: double(1) }, { a: long(1) }],
);

gives('$bucket and $bucketAuto', [
  [
    [{ $bucket: { groupBy: '$_id', boundaries: [1, 3, 6], output: { t: { $push: '$n' } } } }],
    [
      { _id: 1, t: [1, 2] },
      { _id: 3, t: [3.5, long(4), null] },
    ],
  ],
  [
    [{ $bucket: { groupBy: '$_id', boundaries: [1, 3, 5], default: 'other' } }],
    [
      { _id: 1, count: 2 },
      { _id: 3, count: 2 },
      { _id: 'other', count: 1 },
    ],
  ],
  [
    [{ $bucketAuto: { groupBy: '$_id', buckets: 2 } }],
    [
      { _id: { min: 1, max: 4 }, count: 3 },
      { _id: { min: 4, max: 5 }, count: 2 },
    ],
  ],
]);

gives(
  '$project',
  [
    [[{ $project: { a: 1 } }], [{ _id: 1, a: 1 }]],
    [[{ $project: { _id: 0, 'o.x': 1 } }], [{ o: { x: 1 } }]],
    [[{ $project: { o: { x: true } } }], [{ _id: 1, o: { x: 1 } }]],
    [[{ $project: { _id: 0 } }], [{ a: 1, o: { x: 1, y: 2 }, l: [{ x: 1, y: 2 }, 3], s: 5 }]],
    [[{ $project: { 'o.x': 0, 'l.x': 0, a: 0, s: 0 } }], [{ _id: 1, o: { y: 2 }, l: [{ y: 2 }, 3] }]],
    [[{ $project: { _id: 0, 'l.x': 1 } }], [{ l: [{ x: 1 }] }]],
    [[{ $project: { _id: 0, 's.x': 1 } }], [{}]],
    [[{ $project: { _id: 0, b: { $add: ['$a', 1] }, a: 1 } }], [{ a: 1, b: 2 }]],
    [[{ $project: { _id: 0, 'o.z': '$a', 'o.x': 1 } }], [{ o: { x: 1, z: 1 } }]],
    [[{ $project: { _id: 0, 'l.z': '$a' } }], [{ l: [{ z: 1 }, { z: 1 }] }].map(() => ({ l: [{ z: 1 }] }))],
    [[{ $project: { _id: 0, a: '$$REMOVE', s: 1 } }], [{ s: 5 }]],
    [[{ $project: { _id: 0, list: ['$a', '$none'], text: 'literal' } }], [{ list: [1, null], text: 'literal' }]],
    [[{ $project: { _id: '$s' } }], [{ _id: 5 }]],
    [
      [{ $addFields: { 'o.z': 1, a: { $add: ['$a', 1] }, none: '$none' } }, { $project: { a: 1, o: 1 } }],
      [{ _id: 1, a: 2, o: { x: 1, y: 2, z: 1 } }],
    ],
    [[{ $set: { 'l.z': 9 } }, { $project: { _id: 0, l: 1 } }], [{ l: [{ x: 1, y: 2, z: 9 }, { z: 9 }] }]],
    [[{ $set: { 's.z': 9, a: '$$REMOVE' } }, { $unset: ['l', 'o.y'] }], [{ _id: 1, o: { x: 1 }, s: { z: 9 } }]],
    [[{ $set: { a: '$s', s: '$a' } }, { $project: { a: 1, s: 1 } }], [{ _id: 1, a: 5, s: 1 }]],
    [[{ $replaceRoot: { newRoot: '$o' } }], [{ x: 1, y: 2 }]],
    [[{ $replaceWith: { $mergeObjects: [{ z: 0 }, '$o'] } }], [{ z: 0, x: 1, y: 2 }]],
  ],
  [{ _id: 1, a: 1, o: { x: 1, y: 2 }, l: [{ x: 1, y: 2 }, 3], s: 5 }],
);

test('$project puts the fields in the order of the document, and _id first', () => {
  const [made = {}] = run([{ $project: { b: 1, c: '$a', a: 1 } }], { from: storedAll([{ a: 1, b: 2, _id: 3 }]) });
  expect(Object.keys(made)).toEqual(['_id', 'a', 'b', 'c']);
});

gives('$match, $sort, $skip, $limit, $count', [
  [[{ $match: { $expr: { $gt: ['$n', 2] } } }, { $count: 'c' }], [{ c: 2 }]],
  [[{ $match: { g: 'z' } }, { $count: 'c' }], []],
  [
    [{ $sort: { n: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { n: 1 } }],
    [
      { _id: 3, n: 3.5 },
      { _id: 2, n: 2 },
    ],
  ],
  [[{ $sample: { size: 100 } }, { $count: 'n' }], [{ n: 5 }]],
  [[{ $sample: { size: 2 } }, { $count: 'n' }], [{ n: 2 }]],
]);

gives('$unwind', [
  [
    [{ $unwind: '$t' }, { $project: { t: 1 } }],
    [
      { _id: 1, t: 'p' },
      { _id: 2, t: 'p' },
      { _id: 2, t: 'q' },
    ],
  ],
  [
    [
      { $unwind: { path: '$t', includeArrayIndex: 'at', preserveNullAndEmptyArrays: true } },
      { $match: { _id: { $gt: 1 } } },
      { $project: { t: 1, at: 1 } },
    ],
    [
      { _id: 2, t: 'p', at: long(0) },
      { _id: 2, t: 'q', at: long(1) },
      { _id: 3, at: null },
      { _id: 4, at: null },
      { _id: 5, at: null },
    ],
  ],
  [
    [{ $unwind: { path: '$g', includeArrayIndex: 'at' } }, { $limit: 1 }, { $project: { g: 1, at: 1 } }],
    [{ _id: 1, g: 'a', at: null }],
  ],
]);

gives(
  '$lookup and $unionWith',
  [
    [
      [{ $lookup: { from: 'items', localField: 'want', foreignField: 'sku', as: 'r' } }, { $project: { r: '$r._id' } }],
      [
        { _id: 1, r: [1] },
        { _id: 2, r: [1, 2] },
        { _id: 3, r: [4] },
      ],
    ],
    [
      [
        {
          $lookup: {
            from: 'items',
            let: { least: '$least' },
            pipeline: [{ $match: { $expr: { $gt: ['$stock', '$$least'] } } }, { $project: { stock: 1, _id: 0 } }],
            as: 'r.rows',
          },
        },
        { $project: { r: 1 } },
      ],
      [
        { _id: 1, r: { rows: [{ stock: 3 }, { stock: 9 }] } },
        { _id: 2, r: { rows: [{ stock: 9 }] } },
        { _id: 3, r: { rows: [{ stock: 3 }, { stock: 1 }, { stock: 9 }].filter(({ stock }) => stock > 1) } },
      ],
    ],
    [
      [
        {
          $lookup: {
            from: 'items',
            localField: 'want',
            foreignField: 'sku',
            let: { id: '$_id' },
            pipeline: [{ $match: { stock: { $gt: 0 } } }, { $project: { _id: 0, for: '$$id', sku: 1 } }],
            as: 'r',
          },
        },
        { $match: { _id: 2 } },
        { $project: { r: 1 } },
      ],
      [{ _id: 2, r: [{ sku: 'a', for: 2 }] }],
    ],
    [
      [
        { $lookup: { from: 'none', localField: 'want', foreignField: 'sku', as: 'r' } },
        { $limit: 1 },
        { $project: { r: 1 } },
      ],
      [{ _id: 1, r: [] }],
    ],
    [
      [{ $lookup: { pipeline: [{ $documents: [{ a: 1 }] }], as: 'r' } }, { $limit: 1 }, { $project: { r: 1 } }],
      [{ _id: 1, r: [{ a: 1 }] }],
    ],
    [
      [{ $project: { _id: 1 } }, { $unionWith: { coll: 'items', pipeline: [{ $match: { sku: 'a' } }] } }],
      [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 1, sku: 'a', stock: 3 }],
    ],
    [[{ $unionWith: 'items' }, { $count: 'n' }], [{ n: 7 }]],
  ],
  [
    { _id: 1, want: 'a', least: 1 },
    { _id: 2, want: ['b', 'a'], least: 5 },
    { _id: 3, least: 1 },
  ],
);

gives(
  '$graphLookup',
  [
    [
      [
        { $match: { name: 'Asya' } },
        {
          $graphLookup: {
            from: 'people',
            startWith: '$boss',
            connectFromField: 'boss',
            connectToField: 'name',
            depthField: 'depth',
            as: 'chain',
          },
        },
        { $project: { chain: { $map: { input: '$chain', in: ['$$this.name', '$$this.depth'] } } } },
      ],
      [
        {
          _id: 5,
          chain: [
            ['Ron', long(0)],
            ['Eliot', long(1)],
            ['Dev', long(2)],
          ],
        },
      ],
    ],
    [
      [
        { $match: { name: 'Asya' } },
        {
          $graphLookup: {
            from: 'people',
            startWith: '$boss',
            connectFromField: 'boss',
            connectToField: 'name',
            maxDepth: 1,
            restrictSearchWithMatch: { name: { $ne: 'Dev' } },
            as: 'chain',
          },
        },
        { $project: { chain: '$chain.name' } },
      ],
      [{ _id: 5, chain: ['Ron', 'Eliot'] }],
    ],
    [
      [
        { $match: { name: 'Loop' } },
        {
          $graphLookup: {
            from: 'people',
            startWith: '$name',
            connectFromField: 'boss',
            connectToField: 'name',
            as: 'chain',
          },
        },
        { $project: { n: { $size: '$chain' } } },
      ],
      [{ _id: 6, n: 1 }],
    ],
  ],
  COLLECTIONS.get('people'),
);

gives('$facet, $redact, $documents and statistics', [
  [
    [{ $facet: { a: [{ $match: { g: 'a' } }, { $count: 'n' }], b: [{ $group: { _id: null, s: { $sum: '$n' } } }] } }],
    [{ a: [{ n: 2 }], b: [{ _id: null, s: 10.5 }] }],
  ],
  [[{ $redact: { $cond: [{ $eq: ['$g', 'a'] }, '$$KEEP', '$$PRUNE'] } }, { $count: 'n' }], [{ n: 2 }]],
  [[{ $documents: [{ a: 1 }, { a: { $add: [1, 1] } }] }], [{ a: 1 }, { a: 2 }]],
  [[{ $collStats: { count: {} } }], [{ stage: '$collStats' }]],
]);

gives(
  '$redact looks into documents',
  [
    [
      [{ $redact: { $cond: [{ $in: ['$level', [1, '$$ROOT.level']] }, '$$DESCEND', '$$PRUNE'] } }],
      [{ _id: 1, level: 1, a: { level: 1 }, l: [{ level: 1 }, 7] }],
    ],
  ],
  [{ _id: 1, level: 1, a: { level: 1, b: { level: 5 } }, c: { level: 5 }, l: [{ level: 1 }, { level: 5 }, 7] }],
);

gives('$setWindowFields', [
  [
    [
      {
        $setWindowFields: {
          partitionBy: '$g',
          sortBy: { _id: 1 },
          output: {
            r: { $rank: {} },
            sh: { $shift: { output: '$n', by: 1 } },
            run: { $sum: '$n', window: { documents: ['unbounded', 'current'] } },
            avg: { $avg: '$n', window: { documents: [-1, 0] } },
            all: { $push: '$_id' },
          },
        },
      },
      { $project: { r: 1, sh: 1, run: 1, avg: 1, all: 1 } },
    ],
    [
      { _id: 5, r: 1, sh: null, run: 0, avg: null, all: [5] },
      { _id: 1, r: 1, sh: 2, run: 1, avg: double(1), all: [1, 2] },
      { _id: 2, r: 2, sh: null, run: 3, avg: 1.5, all: [1, 2] },
      { _id: 3, r: 1, sh: long(4), run: 3.5, avg: 3.5, all: [3, 4] },
      { _id: 4, r: 2, sh: null, run: 7.5, avg: 3.75, all: [3, 4] },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          sortBy: { g: -1 },
          output: { r: { $rank: {} }, d: { $denseRank: {} }, n: { $documentNumber: {} } },
        },
      },
      { $project: { r: 1, d: 1, n: 1 } },
    ],
    [
      { _id: 3, r: 1, d: 1, n: 1 },
      { _id: 4, r: 1, d: 1, n: 2 },
      { _id: 1, r: 3, d: 2, n: 3 },
      { _id: 2, r: 3, d: 2, n: 4 },
      { _id: 5, r: 5, d: 3, n: 5 },
    ],
  ],
  [
    [
      { $match: { d: { $exists: true } } },
      {
        $setWindowFields: {
          sortBy: { d: 1 },
          output: { days: { $push: '$_id', window: { range: [-2, 'current'], unit: 'day' } } },
        },
      },
      { $project: { days: 1 } },
    ],
    [
      { _id: 1, days: [1] },
      { _id: 2, days: [1, 2] },
      { _id: 3, days: [2, 3] },
      { _id: 4, days: [3, 4] },
    ],
  ],
  [
    [
      { $setWindowFields: { sortBy: { _id: 1 }, output: { n: { $sum: '$_id', window: { range: [1, 2] } } } } },
      { $project: { n: 1 } },
    ],
    [
      { _id: 1, n: 5 },
      { _id: 2, n: 7 },
      { _id: 3, n: 9 },
      { _id: 4, n: 5 },
      { _id: 5, n: 0 },
    ],
  ],
]);

gives(
  '$fill and $densify',
  [
    [
      [{ $fill: { sortBy: { x: 1 }, output: { y: { method: 'linear' }, z: { method: 'locf' }, w: { value: 0 } } } }],
      [
        { x: 1, y: 10, z: 'a', w: 0 },
        { x: 3, y: double(20), z: 'a', w: 0 },
        { x: 5, y: 30, z: 'b', w: 0 },
      ],
    ],
    [
      [{ $project: { x: 1 } }, { $densify: { field: 'x', range: { step: 1, bounds: 'full' } } }],
      [{ x: 1 }, { x: 2 }, { x: 3 }, { x: 4 }, { x: 5 }],
    ],
    [
      [{ $project: { x: 1 } }, { $densify: { field: 'x', range: { step: 2, bounds: [0, 6] } } }],
      [{ x: 0 }, { x: 1 }, { x: 2 }, { x: 3 }, { x: 4 }, { x: 5 }],
    ],
    [
      [
        { $project: { x: 1, z: 1 } },
        { $densify: { field: 'x', partitionByFields: ['z'], range: { step: 2, bounds: 'full' } } },
        { $match: { z: 'b' } },
      ],
      [
        { z: 'b', x: 1 },
        { z: 'b', x: 3 },
        { x: 5, z: 'b' },
      ],
    ],
  ],
  [
    { x: 5, y: 30, z: 'b' },
    { x: 1, y: 10, z: 'a' },
    { x: 3, y: null },
  ],
);

gives('$densify of dates', [
  [
    [
      { $match: { d: { $exists: true } } },
      { $project: { d: 1 } },
      { $densify: { field: 'd', range: { step: 1, unit: 'day', bounds: 'full' } } },
    ],
    [
      { _id: 1, d: new Date('2024-01-01') },
      { _id: 2, d: new Date('2024-01-02') },
      { d: new Date('2024-01-03') },
      { _id: 3, d: new Date('2024-01-04') },
      { _id: 4, d: new Date('2024-01-05') },
    ],
  ],
]);

describe('$out and $merge', () => {
  test('$out gives the documents to the store, and none to the client', () => {
    expect(run([{ $match: { g: 'a' } }, { $out: { db: 'other', coll: 'copy' } }])).toEqual([]);
    expect(written).toMatchObject([{ stage: '$out', into: { database: 'other', collection: 'copy' } }]);
    expect(written[0]?.documents).toHaveLength(2);
  });

  function combined(whenMatched: unknown, extra: object = {}): unknown {
    run([{ $limit: 1 }, { $merge: { into: 'copy', whenMatched, ...extra } }]);
    const [merge] = written;
    if (merge?.stage !== '$merge') {
      throw new Error('no $merge was written');
    }
    return readable([merge.combine(stored({ _id: 1, a: 1, b: 1 }), stored({ _id: 1, b: 2 }))]);
  }

  test.each([
    ['replace', { _id: 1, b: 2 }],
    ['merge', { _id: 1, a: 1, b: 2 }],
    [[{ $set: { sum: { $add: ['$a', '$$new.b'] } } }], { _id: 1, a: 1, b: 1, sum: 3 }],
  ])('whenMatched %j', (whenMatched, result) => {
    expect(combined(whenMatched)).toEqual(readable(storedAll([result])));
    expect(written).toMatchObject([{ on: ['_id'], whenMatched: 'combine', whenNotMatched: 'insert' }]);
  });

  test('a pipeline of $merge sees what let binds', () => {
    const pipeline = [{ $set: { b: '$$twice' } }];
    expect(combined(pipeline, { let: { twice: { $multiply: ['$b', 2] } } })).toEqual(
      readable(storedAll([{ _id: 1, a: 1, b: 4 }])),
    );
  });

  test('the other answers to a match are left to the store', () => {
    run([{ $merge: { into: 'copy', on: ['a', 'b'], whenMatched: 'keepExisting', whenNotMatched: 'discard' } }]);
    expect(written).toMatchObject([{ on: ['a', 'b'], whenMatched: 'keepExisting', whenNotMatched: 'discard' }]);
  });
});

describe('errors of the form, found before a document is read', () => {
  test.each<[number, readonly object[]]>([
    [40323, [{ $match: {}, $sort: { a: 1 } }]],
    [40323, [{}]],
    [40324, [{ $nothing: 1 }]],
    [40324, [{ __proto__: null, constructor: 1 }]],
    [15959, [{ $match: 5 }]],
    [15976, [{ $sort: {} }]],
    [15975, [{ $sort: { a: 2 } }]],
    [15973, [{ $sort: 1 }]],
    [15958, [{ $limit: 0 }]],
    [5107201, [{ $limit: -1 }]],
    [5107200, [{ $skip: -1 }]],
    [40157, [{ $count: '' }]],
    [40158, [{ $count: '$a' }]],
    [28747, [{ $sample: { size: 0 } }]],
    [28818, [{ $unwind: 't' }]],
    [28812, [{ $unwind: {} }]],
    [15981, [{ $unwind: 1 }]],
    [15955, [{ $group: { n: { $sum: 1 } } }]],
    [15947, [{ $group: 1 }]],
    [40234, [{ $group: { _id: '$g', n: '$n' } }]],
    [15952, [{ $group: { _id: '$g', n: { $foo: 1 } } }]],
    [40238, [{ $group: { _id: '$g', n: { $sum: 1, $avg: 1 } } }]],
    [40235, [{ $group: { _id: '$g', 'a.b': { $sum: 1 } } }]],
    [40237, [{ $group: { _id: '$g', n: { $sum: ['$n'] } } }]],
    [238, [{ $group: { _id: '$g', n: { $accumulator: {} } } }]],
    [51272, [{ $project: {} }]],
    [31254, [{ $project: { a: 1, b: 0 } }]],
    [31253, [{ $project: { a: 0, b: 1 } }]],
    [31252, [{ $project: { a: 0, b: '$c' } }]],
    [31249, [{ $project: { a: 1, 'a.b': 1 } }]],
    [31250, [{ $project: { 'a.b': 1, a: 1 } }]],
    [51270, [{ $project: { a: {} } }]],
    [168, [{ $project: { a: { $foo: 1 } } }]],
    [40176, [{ $set: { a: 1, 'a.b': 1 } }]],
    [40272, [{ $set: 1 }]],
    [31002, [{ $unset: 1 }]],
    [40231, [{ $replaceRoot: {} }]],
    [4572, [{ $lookup: { from: 'x' } }]],
    [9, [{ $lookup: { from: 'x', as: 'r' } }]],
    [9, [{ $lookup: { from: 'x', as: 'r', localField: 'a' } }]],
    [51047, [{ $lookup: { from: 'x', as: 'r', pipeline: [{ $out: 'y' }] } }]],
    [40105, [{ $graphLookup: { from: 'x' } }]],
    [40169, [{ $facet: {} }]],
    [40170, [{ $facet: { a: 1 } }]],
    [40600, [{ $facet: { a: [{ $facet: { b: [] } }] } }]],
    [40600, [{ $facet: { a: [{ $out: 'b' }] } }]],
    [40601, [{ $out: 'b' }, { $limit: 1 }]],
    [40602, [{ $limit: 1 }, { $collStats: {} }]],
    [16990, [{ $out: 5 }]],
    [2, [{ $merge: { into: 'a', whenNotMatched: 'x' } }]],
    [40414, [{ $merge: {} }]],
    [72, [{ $merge: { into: 'a', whenMatched: [{ $group: { _id: 1 } }] } }]],
    [40194, [{ $bucket: { groupBy: '$a', boundaries: [3, 1] } }]],
    [40193, [{ $bucket: { groupBy: '$a', boundaries: [3, 'a'] } }]],
    [40192, [{ $bucket: { groupBy: '$a', boundaries: [3] } }]],
    [40199, [{ $bucket: { groupBy: '$a', boundaries: [1, 3], default: 2 } }]],
    [40198, [{ $bucket: {} }]],
    [40246, [{ $bucketAuto: {} }]],
    [9, [{ $setWindowFields: { output: { a: { $foo: 1 } } } }]],
    [5371602, [{ $setWindowFields: { output: { a: { $rank: {} } } } }]],
    [5339901, [{ $setWindowFields: { output: { a: { $sum: 1, window: { documents: [-1, 0] } } } } }]],
    [5339902, [{ $setWindowFields: { output: { a: { $sum: 1, window: { range: [-1, 0] } } } } }]],
    [5733401, [{ $densify: { field: 'a', range: { step: 0, bounds: 'full' } } }]],
    [40573, [{ $changeStream: {} }]],
    [238, [{ $geoNear: {} }]],
    [31082, [{ $search: {} }]],
  ])('%d %j', (code, pipeline) => {
    expect(codeOf(() => checkPipeline(storedAll(pipeline)))).toBe(code);
  });

  test('14 for a stage that is no document', () => {
    expect(codeOf(() => checkPipeline([1]))).toBe(14);
  });
});

test.each<[number, readonly object[]]>([
  [40066, [{ $bucket: { groupBy: '$_id', boundaries: [1, 3, 5] } }]],
  [40228, [{ $replaceRoot: { newRoot: '$n' } }]],
  [17053, [{ $redact: 'keep all' }]],
  [40400, [{ $group: { _id: 1, m: { $mergeObjects: '$n' } } }]],
  [5858203, [{ $documents: 1 }]],
  [5897900, [{ $densify: { field: '_id', range: { step: 1, bounds: [1, 1e9] } } }]],
])('error %d while it runs: %j', (code, pipeline) => {
  expect(codeOf(() => run(pipeline))).toBe(code);
});

test('the message of a wrong $project names the stage', () => {
  expect(() => checkPipeline(storedAll([{ $project: { a: 1, b: 0 } }]))).toThrow(
    'Invalid $project :: caused by :: Cannot do exclusion on field b in inclusion projection',
  );
});

test('a collation decides groups, order and joins', () => {
  const collation = { locale: 'en', strength: 2 };
  const from = storedAll([{ g: 'a' }, { g: 'B' }, { g: 'A' }]);
  const pipeline = [{ $group: { _id: '$g', n: { $sum: 1 } } }, BY_ID];
  expect(run(pipeline, { from }).map(({ _id }) => _id)).toEqual(['A', 'B', 'a']);
  expect(run(pipeline, { from, collation }).map(({ _id, n }) => [_id, n])).toEqual([
    ['a', 2],
    ['B', 1],
  ]);
  const lookup = [{ $lookup: { from: 'items', localField: 'g', foreignField: 'sku', as: 'r' } }];
  expect(run(lookup, { from, collation }).map(({ r }) => (r as unknown[]).length)).toEqual([1, 2, 1]);
});

test('$$NOW is one moment for the whole pipeline', () => {
  const made = run([{ $project: { now: '$$NOW' } }, { $group: { _id: '$now' } }]);
  expect(made).toHaveLength(1);
});

test('$limit ends the reading, and the clock is looked at for each document', () => {
  let read = 0;
  function* endless(): Iterable<Document> {
    for (;;) {
      read++;
      yield stored({ n: read });
    }
  }
  expect(runPipeline(endless(), storedAll([{ $limit: 3 }]), contextOf())).toHaveLength(3);
  expect(read).toBe(3);
  expect(ticks).toBeGreaterThanOrEqual(3);
});

describe('a pipeline as an update', () => {
  const update = (pipeline: readonly object[]): Document =>
    updateWithPipeline(stored({ _id: 1, a: 1, b: 2 }), storedAll(pipeline), new Map());

  test('sets, unsets and replaces', () => {
    const pipeline = [
      { $set: { c: { $add: ['$a', '$b'] } } },
      { $unset: 'a' },
      { $replaceWith: { _id: '$_id', c: '$c' } },
    ];
    expect(readable([update(pipeline)])).toEqual(readable(storedAll([{ _id: 1, c: 3 }])));
  });

  test.each(['$match', '$group', '$lookup', '$out'])('72 for %s', (stage) => {
    expect(codeOf(() => update([{ [stage]: {} }]))).toBe(72);
  });

  test('leaves the document that it was given as it was', () => {
    const document = stored({ _id: 1, o: { a: 1 } });
    updateWithPipeline(document, storedAll([{ $set: { 'o.a': 2 } }]), new Map());
    expect(readable([document])).toEqual(readable(storedAll([{ _id: 1, o: { a: 1 } }])));
  });
});

describe('hostile pipelines', () => {
  const proto = '__proto__';

  test.each<[string, readonly object[]]>([
    ['$set', [{ $set: { [`${proto}.polluted`]: true } }]],
    ['$project', [{ $project: { [proto]: { polluted: { $literal: true } } } }]],
    ['$group', [{ $group: { _id: 1, [proto]: { $first: { polluted: true } } } }]],
    ['$lookup', [{ $lookup: { from: 'items', localField: '_id', foreignField: '_id', as: `${proto}.polluted` } }]],
    ['$unwind', [{ $unwind: { path: '$g', includeArrayIndex: `${proto}.polluted` } }]],
    ['$facet', [{ $facet: { [proto]: [{ $limit: 1 }] } }]],
    ['$count', [{ $count: proto }]],
  ])('%s writes a field called __proto__, and no prototype', (_, pipeline) => {
    const [made = {}] = run(pipeline);
    expect(Object.keys(made)).toContain(proto);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
    expect((stored({}) as Record<string, unknown>).polluted).toBe(undefined);
  });

  test('a value that is nested without end is refused', () => {
    const nest = { $reduce: { input: { $range: [0, 100_000] }, initialValue: 1, in: { a: '$$value' } } };
    expect(codeOf(() => run([{ $limit: 1 }, { $project: { deep: nest } }, { $group: { _id: '$deep' } }]))).toBe(15);
  });
});
