import { MinKey } from 'bson';
import { compare, type TextOrder } from '../values/compare.ts';
import { type Operator, type Operators, positional } from './operator.ts';

/** Orders two values as expressions do: a missing field is below null, which queries take for equal. */
export function compareInExpression(left: unknown, right: unknown, texts?: TextOrder): number {
  if (left === undefined || right === undefined) {
    return missingRank(left) - missingRank(right) || 0;
  }
  return compare(left, right, texts);
}

/** The order of a value in a comparison where one side is missing: MinKey, missing, all else. */
function missingRank(value: unknown): number {
  if (value instanceof MinKey) {
    return 0;
  }
  return value === undefined ? 1 : 2;
}

function comparison(result: (order: number) => unknown): Operator {
  return (argument, name, compilation) => {
    const texts = compilation.collation.order;
    const evaluate = positional([2, 2], ([left, right]) => result(Math.sign(compareInExpression(left, right, texts))));
    return evaluate(argument, name, compilation);
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#comparison-expression-operators */
export const COMPARISON: Operators = new Map<string, Operator>([
  ['$eq', comparison((order) => order === 0)],
  ['$ne', comparison((order) => order !== 0)],
  ['$gt', comparison((order) => order > 0)],
  ['$gte', comparison((order) => order >= 0)],
  ['$lt', comparison((order) => order < 0)],
  ['$lte', comparison((order) => order <= 0)],
  ['$cmp', comparison((order) => order)],
]);
