import { CommandError } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { isNullish } from '../values/types.ts';

/** Variables of the user and of the system by their name without `$$`. */
export type Variables = ReadonlyMap<string, unknown>;

/** A compiled expression: its value for a document (`$$CURRENT`), `undefined` where a field is missing. */
export type Expression = (root: unknown, variables: Variables) => unknown;

/** What an operator needs to compile its arguments. */
export interface Compilation {
  collation: Collation;
  compile(spec: unknown): Expression;
}

/** Compiles an operator with its argument; what is wrong with the argument's form is found here. */
export type Operator = (argument: unknown, name: string, compilation: Compilation) => Expression;

/** Operators by name, `$` included. */
export type Operators = ReadonlyMap<string, Operator>;

/** The value of an operator for the values of its arguments. */
export type Evaluate = (values: readonly unknown[], name: string) => unknown;

/** The operators of several tables as one. */
export function merged(...tables: readonly Operators[]): Operators {
  return new Map(tables.flatMap((table) => [...table]));
}

/**
 * An operator whose arguments are all evaluated first: `{ $op: [a, b] }`, or `{ $op: a }` for one.
 *
 * @param count least and most arguments
 * @throws CommandError 16020 or 28667 for another number of arguments
 */
export function positional(count: readonly [number, number], evaluate: Evaluate): Operator {
  return (argument, name, { compile }) => {
    const list = Array.isArray(argument) ? argument : [argument];
    checkCount(list.length, name, count);
    const compiled = list.map(compile);
    const [only] = compiled;
    if (only && compiled.length === 1) {
      return (root, variables) => evaluate([only(root, variables)], name);
    }
    return (root, variables) =>
      evaluate(
        compiled.map((each) => each(root, variables)),
        name,
      );
  };
}

function checkCount(given: number, name: string, [least, most]: readonly [number, number]): void {
  if (given >= least && given <= most) {
    return;
  }
  if (least === most) {
    throw new CommandError(16020, `Expression ${name} takes exactly ${least} arguments. ${given} were passed in.`);
  }
  throw new CommandError(
    28667,
    `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${given} were passed in.`,
  );
}

/** Any number of arguments. */
export const ANY: readonly [number, number] = [0, Number.POSITIVE_INFINITY];

/** An operator that is null when one of its arguments is null or missing. */
export function nullable(count: readonly [number, number], evaluate: Evaluate): Operator {
  return positional(count, (values, name) => (values.some(isNullish) ? null : evaluate(values, name)));
}

const FAILED_TO_PARSE = 9;

/** Names of the arguments of an operator, and the codes of what can be wrong with them. */
export interface Parameters {
  required: readonly string[];
  optional?: readonly string[];
  /** Codes for: no document, an unknown argument, a missing one (one for all, or in the order of `required`). */
  codes: readonly [object: number, unknown: number, missing: number | readonly number[]];
}

/**
 * Checks the document of named arguments that an operator got.
 *
 * @throws CommandError with the operator's own codes
 */
export function namedArguments(argument: unknown, name: string, parameters: Parameters): Document {
  const [noObject, unknown, missing] = parameters.codes;
  if (!isDocument(argument)) {
    throw new CommandError(noObject, `${name} only supports an object as its argument`);
  }
  const known = [...parameters.required, ...(parameters.optional ?? [])];
  const other = Object.keys(argument).find((key) => !known.includes(key));
  if (other !== undefined) {
    throw new CommandError(unknown, `Unrecognized argument to ${name}: ${other}`);
  }
  for (const [index, key] of parameters.required.entries()) {
    if (!(key in argument)) {
      const code = typeof missing === 'number' ? missing : missing[index];
      throw new CommandError(code ?? FAILED_TO_PARSE, `Missing '${key}' parameter to ${name}`);
    }
  }
  return argument;
}

/** The value of an operator for its named arguments; an argument that was not given has no field. */
export type EvaluateNamed = (values: Document, name: string) => unknown;

/** An operator with named arguments that are all evaluated first: `{ $op: { input: a, chars: b } }`. */
export function named(parameters: Parameters, evaluate: EvaluateNamed): Operator {
  return (argument, name, { compile }) => {
    const given = namedArguments(argument, name, parameters);
    const compiled = Object.keys(given).map((key) => [key, compile(given[key])] as const);
    return (root, variables) => {
      const values = document();
      for (const [key, each] of compiled) {
        values[key] = each(root, variables);
      }
      return evaluate(values, name);
    };
  };
}
