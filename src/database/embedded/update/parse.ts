import { badValue, CommandError } from '../errors.ts';
import { compileQuery } from '../query/match.ts';
import type { Collation } from '../values/collation.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { isPosition } from '../values/path.ts';
import { show } from '../values/show.ts';
import { isNumeric, typeName } from '../values/types.ts';
import { isFieldOperator } from './operators.ts';

/** One change that an update asks for. */
export interface Change {
  operator: string;
  /** As written, for messages. */
  name: string;
  path: readonly string[];
  argument: unknown;
}

/** An update with operators, read once and applied to each document that matches. */
export interface ParsedUpdate {
  changes: readonly Change[];
  /** Conditions of `arrayFilters` by identifier. */
  filters: ReadonlyMap<string, (element: unknown) => boolean>;
}

/** Whether an update is made of operators, and not a document that replaces. */
export function isOperatorUpdate(update: unknown): update is Document {
  return isDocument(update) && Object.keys(update).some((name) => name.startsWith('$'));
}

/**
 * Reads an update with operators. The server applies paths in their order, whatever their operators.
 *
 * @throws CommandError 9 for an unknown operator, 40 for two changes of one path, 2, 14, 52, 56 for wrong paths
 * @see https://www.mongodb.com/docs/manual/reference/operator/update/
 */
export function parseUpdate(
  update: Document,
  { arrayFilters, collation }: { arrayFilters?: unknown; collation: Collation },
): ParsedUpdate {
  const filters = parseArrayFilters(arrayFilters, collation);
  const changes = Object.keys(update).flatMap((operator) => changesOf(operator, update[operator]));
  refuseConflicts(changes);
  const used = new Set(changes.flatMap(({ path }) => path.map(identifierOf)));
  for (const change of changes) {
    refuseUnknownIdentifiers(change, filters);
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw new CommandError(9, `The array filter for identifier '${name}' was not used in the update ${show(update)}`);
    }
  }
  return { changes: changes.sort((left, right) => comparePaths(targetOf(left), targetOf(right))), filters };
}

function changesOf(operator: string, fields: unknown): Change[] {
  if (!isFieldOperator(operator)) {
    throw new CommandError(
      9,
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDocument(fields)) {
    throw new CommandError(
      9,
      `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
    );
  }
  return Object.keys(fields).map((name) => {
    const change = { operator, name, path: pathOf(name), argument: fields[name] };
    refuseArgument(change);
    return change;
  });
}

/** Arguments that are wrong whatever the document is. */
function refuseArgument({ operator, name, path, argument }: Change): void {
  if ((operator === '$inc' || operator === '$mul') && !isNumeric(argument)) {
    const verb = operator === '$inc' ? 'increment' : 'multiply';
    throw new CommandError(14, `Cannot ${verb} with non-numeric argument: {${name}: ${show(argument)}}`);
  }
  if (operator === '$rename' && path.some((part) => part === '$' || identifierOf(part) !== undefined)) {
    throw badValue(`The source field for $rename may not be dynamic: ${name}`);
  }
}

function pathOf(name: string): string[] {
  if (name === '') {
    throw new CommandError(56, 'An empty update path is not valid.');
  }
  const path = name.split('.');
  if (path.includes('')) {
    throw new CommandError(56, `The update path '${name}' contains an empty field name, which is not allowed.`);
  }
  if (path[0] === '$' || identifierOf(path[0] ?? '') !== undefined) {
    throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${name}'`);
  }
  return path;
}

/** The identifier of `$[name]`, an empty text for `$[]`, undefined for an ordinary part. */
export function identifierOf(part: string): string | undefined {
  return /^\$\[(.*)\]$/.exec(part)?.[1];
}

function refuseUnknownIdentifiers({ path, name }: Change, filters: ParsedUpdate['filters']): void {
  for (const part of path) {
    const identifier = identifierOf(part);
    if (identifier && !filters.has(identifier)) {
      throw badValue(`No array filter found for identifier '${identifier}' in path '${name}'`);
    }
  }
}

function refuseConflicts(changes: readonly Change[]): void {
  const seen: string[] = [];
  const claim = (path: string) => {
    for (const other of seen) {
      if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
        const shorter = other.length < path.length ? other : path;
        throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${shorter}'`);
      }
    }
    seen.push(path);
  };
  for (const { operator, name, argument } of changes) {
    claim(name);
    if (operator === '$rename') {
      claim(renameTarget(name, argument));
    }
  }
}

function renameTarget(name: string, argument: unknown): string {
  if (typeof argument !== 'string') {
    throw badValue(`The 'to' field for $rename must be a string: ${name}: ${show(argument)}`);
  }
  if (argument === name) {
    throw badValue(`The source and target field for $rename must differ: ${name}: ${show(argument)}`);
  }
  pathOf(argument);
  return argument;
}

function parseArrayFilters(value: unknown, collation: Collation): Map<string, (element: unknown) => boolean> {
  const filters = new Map<string, (element: unknown) => boolean>();
  for (const filter of Array.isArray(value) ? value : []) {
    if (!isDocument(filter)) {
      throw new CommandError(14, 'Each array filter must be an object');
    }
    const name = filterName(filter);
    if (filters.has(name)) {
      throw new CommandError(9, `Found multiple array filters with the same top-level field name ${name}`);
    }
    const matches = compileQuery(filter, { collation });
    filters.set(name, (element) => matches(document([[name, element]])));
  }
  return filters;
}

function filterName(filter: Document): string {
  const names = [...new Set(topLevelNames(filter))];
  const [name, second] = names;
  if (name === undefined) {
    throw new CommandError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
  }
  if (second !== undefined) {
    throw new CommandError(
      9,
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${second}'`,
    );
  }
  return name;
}

function topLevelNames(filter: Document): string[] {
  return Object.keys(filter).flatMap((name) => {
    const value = filter[name];
    if (!name.startsWith('$')) {
      return [name.split('.')[0] as string];
    }
    return Array.isArray(value) ? value.filter(isDocument).flatMap(topLevelNames) : [];
  });
}

/** Where a change writes. */
function targetOf({ operator, path, argument }: Change): readonly string[] {
  return operator === '$rename' ? String(argument).split('.') : path;
}

function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [a, b] = [left[index] as string, right[index] as string];
    if (a !== b) {
      return isPosition(a) && isPosition(b) ? Number(a) - Number(b) : a < b ? -1 : 1;
    }
  }
  return left.length - right.length;
}
