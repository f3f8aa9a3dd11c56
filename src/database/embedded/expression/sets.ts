import { compare } from '../values/compare.ts';
import { identity } from '../values/identity.ts';
import { isNullish, isTruthy } from '../values/types.ts';
import { arrayArgument, type Complaint } from './arguments.ts';
import { ANY, type Compilation, type Operator, type Operators, positional } from './operator.ts';

/** Elements by their identity, each once, in the order in which they come first. */
type Elements = ReadonlyMap<string, unknown>;

type Combine = (sets: readonly Elements[], compilation: Compilation) => unknown;

interface SetOperator {
  count: readonly [number, number];
  /** Whether a null argument makes the value null; it is an error otherwise. */
  nullable: boolean;
  /** What is said of an argument that is no array, by its place. */
  complaint(name: string, place: number): Complaint;
  combine: Combine;
}

function setOperator({ count, nullable, complaint, combine }: SetOperator): Operator {
  return (argument, name, compilation) => {
    const { fold } = compilation.collation;
    const elements = (array: readonly unknown[]): Elements => {
      const set = new Map<string, unknown>();
      for (const item of array) {
        const key = identity(item, fold);
        if (!set.has(key)) {
          set.set(key, item);
        }
      }
      return set;
    };
    return positional(count, (values) => {
      if (nullable && values.some(isNullish)) {
        return null;
      }
      const sets = values.map((value, place) => elements(arrayArgument(value, complaint(name, place))));
      return combine(sets, compilation);
    })(argument, name, compilation);
  };
}

function anyOperand(code: number): SetOperator['complaint'] {
  return (name) => [code, `All operands of ${name} must be arrays. One argument is of type: `];
}

function bothOperands(...codes: readonly [number, number]): SetOperator['complaint'] {
  return (name, place) => [
    place === 0 ? codes[0] : codes[1],
    `both operands of ${name} must be arrays. ${place === 0 ? 'First' : 'Second'} argument is of type: `,
  ];
}

function sorted(items: Iterable<unknown>, { collation }: Compilation): unknown[] {
  return [...items].sort((left, right) => compare(left, right, collation.order));
}

const union: Combine = (sets, compilation) => {
  const all = new Map<string, unknown>();
  for (const [key, item] of sets.flatMap((set) => [...set])) {
    if (!all.has(key)) {
      all.set(key, item);
    }
  }
  return sorted(all.values(), compilation);
};

const intersection: Combine = ([first, ...others], compilation) => {
  const common = [...(first ?? [])].filter(([key]) => others.every((set) => set.has(key)));
  return sorted(
    common.map(([, item]) => item),
    compilation,
  );
};

const difference: Combine = ([left, right]) =>
  [...(left ?? [])].filter(([key]) => !right?.has(key)).map(([, item]) => item);

const equal: Combine = ([first, ...others]) =>
  others.every((set) => set.size === first?.size && [...set.keys()].every((key) => first.has(key)));

const subset: Combine = ([part, whole]) => [...(part ?? [])].every(([key]) => whole?.has(key) === true);

const FROM_TWO: readonly [number, number] = [2, Number.POSITIVE_INFINITY];

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#set-expression-operators */
export const SETS: Operators = new Map<string, Operator>([
  ['$setUnion', setOperator({ count: ANY, nullable: true, complaint: anyOperand(17043), combine: union })],
  [
    '$setIntersection',
    setOperator({ count: ANY, nullable: true, complaint: anyOperand(17047), combine: intersection }),
  ],
  [
    '$setDifference',
    setOperator({ count: [2, 2], nullable: true, complaint: bothOperands(17048, 17049), combine: difference }),
  ],
  ['$setEquals', setOperator({ count: FROM_TWO, nullable: false, complaint: anyOperand(17044), combine: equal })],
  [
    '$setIsSubset',
    setOperator({ count: [2, 2], nullable: false, complaint: bothOperands(17046, 17042), combine: subset }),
  ],
  [
    '$anyElementTrue',
    positional([1, 1], ([value], name) =>
      arrayArgument(value, [17041, `${name}'s argument must be an array, but is `]).some(isTruthy),
    ),
  ],
  [
    '$allElementsTrue',
    positional([1, 1], ([value], name) =>
      arrayArgument(value, [17040, `${name}'s argument must be an array, but is `]).every(isTruthy),
    ),
  ],
]);
