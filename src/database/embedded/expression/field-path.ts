import { CommandError } from '../errors.ts';
import { isDocument } from '../values/document.ts';
import type { Expression } from './operator.ts';

/**
 * Compiles a field path such as `$address.city`, or a variable such as `$$this.price`.
 *
 * @throws CommandError 16872 for `$` alone, 9 for a name that no variable can have, 17276 for an unknown one
 * @see https://www.mongodb.com/docs/manual/core/aggregation-pipeline/#field-paths
 */
export function compileFieldPath(path: string): Expression {
  if (path === '$') {
    throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  }
  if (!path.startsWith('$$')) {
    const parts = fieldPath(path.slice(1));
    const [only] = parts;
    return only !== undefined && parts.length === 1
      ? (root) => (isDocument(root) ? root[only] : follow(root, parts))
      : (root) => follow(root, parts);
  }
  const [name = '', ...rest] = path.slice(2).split('.');
  checkReadable(name);
  return variable(name, rest.length > 0 ? fieldPath(rest.join('.')) : []);
}

function variable(name: string, rest: readonly string[]): Expression {
  switch (name) {
    case 'ROOT':
      return (root, variables) => follow(variables.has('ROOT') ? variables.get('ROOT') : root, rest);
    case 'CURRENT':
      return (root) => follow(root, rest);
    case 'REMOVE':
      return () => undefined;
    case 'NOW':
      return (_, variables) => follow(variables.get('NOW') ?? new Date(), rest);
    case 'KEEP':
    case 'PRUNE':
    case 'DESCEND':
      return () => name.toLowerCase();
    default:
      return (_, variables) => {
        if (!variables.has(name)) {
          throw new CommandError(17276, `Use of undefined variable: ${name}`);
        }
        return follow(variables.get(name), rest);
      };
  }
}

/** The value at a path as expressions see it: an array on the way gives the array of what its documents have. */
function follow(from: unknown, path: readonly string[], start = 0): unknown {
  let value = from;
  for (let at = start; at < path.length; at++) {
    if (Array.isArray(value)) {
      return value.flatMap((item) => {
        const found = isDocument(item) ? follow(item, path, at) : undefined;
        return found === undefined ? [] : [found];
      });
    }
    if (!isDocument(value)) {
      return undefined;
    }
    value = value[path[at] as string];
  }
  return value;
}

/**
 * The parts of a dotted path.
 *
 * @throws CommandError 40353 for a dot at its end, else as {@link fieldName}
 */
export function fieldPath(path: string): string[] {
  if (path.endsWith('.')) {
    throw new CommandError(40353, "FieldPath must not end with a '.'.");
  }
  return path.split('.').map(fieldName);
}

/**
 * Checks the name of one field.
 *
 * @throws CommandError 15998 when empty, 16410 with `$` in front, 16411 with a null byte, 16412 with a dot
 */
export function fieldName(name: string): string {
  if (name === '') {
    throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  }
  if (name.startsWith('$')) {
    throw new CommandError(
      16410,
      `FieldPath field names may not start with '$', given '${name}'. Consider using $getField or $setField.`,
    );
  }
  if (name.includes('\0')) {
    throw new CommandError(16411, "FieldPath field names may not contain '\0'.");
  }
  if (name.includes('.')) {
    throw new CommandError(
      16412,
      `FieldPath field names may not contain '.', given '${name}'. Consider using $getField or $setField.`,
    );
  }
  return name;
}

function checkReadable(name: string): void {
  checkName(name, /^[A-Za-z\u0080-\uffff]/);
}

/**
 * Checks the name of a variable that the user sets (`$let`, `$map … as`, `$lookup … let`).
 *
 * @throws CommandError 9 for a name that does not start with a small letter or has other than letters, digits and `_`
 * @see https://www.mongodb.com/docs/manual/reference/aggregation-variables/
 */
export function variableName(name: unknown): string {
  if (typeof name !== 'string') {
    throw new CommandError(9, 'The name of a variable must be a string');
  }
  if (name !== 'CURRENT') {
    checkName(name, /^[a-z\u0080-\uffff]/);
  }
  return name;
}

function checkName(name: string, start: RegExp): void {
  if (name === '') {
    throw new CommandError(9, 'empty variable names are not allowed');
  }
  if (!start.test(name)) {
    throw new CommandError(9, `'${name}' starts with an invalid character for a user variable name`);
  }
  const wrong = /[^A-Za-z0-9_\u0080-\uffff]/.exec(name);
  if (wrong) {
    throw new CommandError(9, `'${name}' contains an invalid character for a variable name: '${wrong[0]}'`);
  }
}
