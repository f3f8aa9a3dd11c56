import { CommandError } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isNullish, isTruthy, typeName } from '../values/types.ts';
import {
  type Compilation,
  type Expression,
  namedArguments,
  type Operator,
  type Operators,
  positional,
} from './operator.ts';

/** `$and`, `$or`: the arguments in their order, no further than needed. */
function connective(decisive: boolean): Operator {
  return (argument, _, { compile }) => {
    const parts = (Array.isArray(argument) ? argument : [argument]).map(compile);
    return (root, variables) => {
      for (const part of parts) {
        if (isTruthy(part(root, variables)) === decisive) {
          return decisive;
        }
      }
      return !decisive;
    };
  };
}

const CONDITION = {
  required: ['if', 'then', 'else'],
  codes: [16020, 17083, [17080, 17081, 17082]],
} as const;

const condition: Operator = (argument, name, { compile }) => {
  const [test, yes, no] = conditionParts(argument, name).map(compile) as [Expression, Expression, Expression];
  return (root, variables) => (isTruthy(test(root, variables)) ? yes(root, variables) : no(root, variables));
};

function conditionParts(argument: unknown, name: string): unknown[] {
  if (isDocument(argument)) {
    const given = namedArguments(argument, name, CONDITION);
    return [given.if, given.then, given.else];
  }
  const list = Array.isArray(argument) ? argument : [argument];
  if (list.length !== 3) {
    throw new CommandError(16020, `Expression $cond takes exactly 3 arguments. ${list.length} were passed in.`);
  }
  return list;
}

const firstPresent: Operator = (argument, _, { compile }) => {
  const list = Array.isArray(argument) ? argument : [argument];
  if (list.length < 2) {
    throw new CommandError(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
  }
  const parts = list.map(compile);
  return (root, variables) => {
    let value: unknown;
    for (const part of parts) {
      value = part(root, variables);
      if (!isNullish(value)) {
        return value;
      }
    }
    return value;
  };
};

const choice: Operator = (argument, name, compilation) => {
  const given = namedArguments(argument, name, {
    required: [],
    optional: ['branches', 'default'],
    codes: [40060, 40067, 40068],
  });
  const branches = branchesOf(given.branches, compilation);
  const otherwise = 'default' in given ? compilation.compile(given.default) : noBranch;
  return (root, variables) => {
    for (const { when, result } of branches) {
      if (isTruthy(when(root, variables))) {
        return result(root, variables);
      }
    }
    return otherwise(root, variables);
  };
};

function noBranch(): never {
  throw new CommandError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
}

interface Branch {
  when: Expression;
  result: Expression;
}

function branchesOf(given: unknown, { compile }: Compilation): Branch[] {
  if (given !== undefined && !Array.isArray(given)) {
    throw new CommandError(40061, `$switch expected an array for 'branches', found: ${typeName(given)}`);
  }
  const branches = (given ?? []) as unknown[];
  if (branches.length === 0) {
    throw new CommandError(40068, '$switch requires at least one branch.');
  }
  return branches.map(checkedBranch).map((branch) => ({ when: compile(branch.case), result: compile(branch.then) }));
}

function checkedBranch(branch: unknown): Document {
  if (!isDocument(branch)) {
    throw new CommandError(40062, `$switch expected each branch to be an object, found: ${typeName(branch)}`);
  }
  return namedArguments(branch, '$switch', {
    required: ['case', 'then'],
    codes: [40062, 40063, [40064, 40065]],
  });
}

/**
 * Boolean and conditional expressions.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#conditional-expression-operators
 */
export const CONDITIONAL: Operators = new Map<string, Operator>([
  ['$and', connective(false)],
  ['$or', connective(true)],
  ['$not', positional([1, 1], ([value]) => !isTruthy(value))],
  ['$cond', condition],
  ['$ifNull', firstPresent],
  ['$switch', choice],
]);
