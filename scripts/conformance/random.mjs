// Random documents, queries, sorts, projections and updates; the same for the same seed.
import { BSON } from 'mongodb';

const { BSONRegExp, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } = BSON;

const IDS = ['000000000000000000000001', '000000000000000000000002'].map((id) => new ObjectId(id));
const COMMON = [
  ...[null, 0, 1, 2, 3, -1, 1.5, Number.NaN, true, false, '', 'a', 'b', 'ab', 'B', '10'],
  ...[new Double(2), Long.fromNumber(3), Decimal128.fromString('1.5'), new Date(0), new Date(1000), ...IDS],
];
const RARE = [new MinKey(), new MaxKey(), new Timestamp({ t: 1, i: 1 }), new BSONRegExp('^a', 'i')];
const FIELDS = ['a', 'b', 'c', 'd'];
const TYPES = ['number', 'int', 'double', 'string', 'array', 'object', 'null', 'bool', 'date', 'objectId', 'long'];
const COMPARISONS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'];

/** Makes the random things of one seed. */
export function generator(seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (end) => Math.floor(random() * end);
  const pick = (list) => list[below(list.length)];
  const many = (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make);

  function value(depth = 0) {
    const kind = random();
    if (depth < 3 && kind < 0.2) return many(0, 3, () => value(depth + 1));
    if (depth < 3 && kind < 0.4) return document(depth + 1);
    return random() < 0.85 ? pick(COMMON) : pick([...COMMON, ...RARE]);
  }
  const document = (depth = 0) => Object.fromEntries(many(1, 4, () => [pick(FIELDS), value(depth)]));
  const path = () => [pick(FIELDS), ...many(0, 2, () => pick(['a', 'b', 'c', '0', '1'])).slice(0, below(3))].join('.');

  function condition(depth = 0) {
    switch (below(8)) {
      case 0:
        return { [pick(['$in', '$nin'])]: many(0, 3, () => value(2)) };
      case 1:
        return { $exists: random() < 0.5 };
      case 2:
        return { $type: pick(TYPES) };
      case 3:
        return pick([{ $size: below(4) }, { $mod: [2, below(2)] }, { $all: many(1, 2, () => value(2)) }]);
      case 4:
        return { $elemMatch: depth > 1 || random() < 0.5 ? { [pick(COMPARISONS)]: pick(COMMON) } : query(depth + 1) };
      case 5:
        return { $not: depth > 1 ? { $gt: 1 } : condition(depth + 1) };
      case 6:
        return { $regex: pick(['^a', 'b', 'B']), $options: pick(['', 'i']) };
      default:
        return { [pick(COMPARISONS)]: random() < 0.7 ? pick(COMMON) : value(1) };
    }
  }
  function query(depth = 0) {
    const parts = many(1, 2, () => {
      if (depth < 2 && random() < 0.15) return [pick(['$and', '$or', '$nor']), [query(depth + 1), query(depth + 1)]];
      return [path(), random() < 0.4 ? value(1) : condition(depth)];
    });
    return Object.fromEntries(parts);
  }
  function projection() {
    const include = below(2);
    const part = () => {
      const kind = random();
      if (kind < 0.12) return { $slice: pick([1, -1, [1, 1]]) };
      return kind < 0.2 ? { $elemMatch: { [pick(COMPARISONS)]: pick(COMMON) } } : include;
    };
    const parts = many(1, 4, () => [path(), part()]);
    return Object.fromEntries(random() < 0.3 ? [...parts, ['_id', 0]] : parts);
  }
  function update() {
    const changes = {
      $set: () => value(1),
      $unset: () => '',
      $inc: () => pick([1, -1, 1.5, 'x']),
      $mul: () => pick([2, 1.5]),
      $min: () => pick(COMMON),
      $max: () => pick(COMMON),
      $rename: () => path(),
      $push: () =>
        random() < 0.5 ? value(1) : { $each: many(0, 3, () => pick(COMMON)), $slice: pick([2, -2]), $sort: 1 },
      $addToSet: () => (random() < 0.5 ? value(1) : { $each: many(0, 3, () => pick(COMMON)) }),
      $pop: () => pick([1, -1]),
      $pull: () => (random() < 0.5 ? pick(COMMON) : { [pick(COMPARISONS)]: pick(COMMON) }),
      $pullAll: () => many(0, 3, () => pick(COMMON)),
      $setOnInsert: () => pick(COMMON),
      $bit: () => ({ [pick(['and', 'or', 'xor'])]: below(8) }),
    };
    const names = Object.keys(changes);
    const parts = many(1, 2, () => pick(names)).map((name) => [name, { [path()]: changes[name]() }]);
    return { filter: random() < 0.6 ? {} : query(), update: Object.fromEntries(parts), upsert: random() < 0.25 };
  }
  const sort = () => ({ [path()]: pick([1, -1]), _id: 1 });
  const expression = (depth = 0) => {
    if (depth > 2 || random() < 0.3) return random() < 0.6 ? `$${path()}` : { $literal: pick(COMMON) };
    const one = () => expression(depth + 1);
    return pick([
      () => ({ [pick(['$add', '$multiply', '$concat', '$setUnion', '$concatArrays', '$and', '$or'])]: [one(), one()] }),
      () => ({ [pick(['$subtract', '$divide', '$mod', '$eq', '$gt', '$lte', '$cmp', '$in'])]: [one(), one()] }),
      () => ({
        [pick(['$type', '$isArray', '$not', '$toString', '$abs', '$size', '$toBool', '$reverseArray'])]: one(),
      }),
      () => ({ $ifNull: [one(), one()] }),
      () => ({ $cond: [one(), one(), one()] }),
      () => ({ $map: { input: one(), in: { $ifNull: ['$$this', one()] } } }),
      () => ({ $filter: { input: one(), cond: { $gt: ['$$this', pick(COMMON)] } } }),
    ])();
  };
  function pipeline() {
    const stages = [
      () => ({ $match: query() }),
      () => ({ $project: { r: expression() } }),
      () => ({ $set: { [pick(FIELDS)]: expression() } }),
      () => ({ $unwind: { path: `$${pick(FIELDS)}`, preserveNullAndEmptyArrays: random() < 0.5 } }),
      () => ({ $limit: 1 + below(20) }),
    ];
    const accumulators = ['$sum', '$avg', '$min', '$max', '$first', '$last'];
    const group = {
      $group: { _id: expression(1), n: { $sum: 1 }, v: { [pick(accumulators)]: `$${pick(FIELDS)}` } },
    };
    const parts = many(1, 2, () => pick(stages)());
    return random() < 0.4
      ? [...parts, { $sort: { _id: 1 } }, group, { $sort: { _id: 1 } }]
      : [...parts, { $sort: { _id: 1 } }];
  }
  return { document, query, projection, update, sort, pipeline };
}
