import { CommandError } from '../errors.ts';
import { compileExpression, type Variables } from '../expression/compile.ts';
import { type Document, document, fieldsOf, firstName, isDocument } from '../values/document.ts';
import { withValueAt } from '../values/path.ts';
import { isNumeric, isTruthy, toNumber } from '../values/types.ts';
import { compileQuery, type Match } from './match.ts';
import { elementCondition } from './operators.ts';

/** Makes of a document what the client asked for. */
export type Projector = (from: Document, match: Match) => Document;

/** The fields of a projection by name: `true` where one ends. */
type Tree = Map<string, Tree | true>;

/** A step that changes what inclusion or exclusion left. */
type Refinement = (made: Document, context: { from: Document; match: Match }) => Document;

interface Parsed {
  mode: 'include' | 'exclude' | undefined;
  id: boolean | undefined;
  tree: Tree;
  refinements: Refinement[];
  /** All paths that are spoken of, each of which may be only once. */
  claimed: Tree;
  /** Paths of arrays that are cut: they belong to an inclusion. */
  sliced: string[];
  /** Something was asked for that makes an inclusion of a projection without plain fields. */
  computed: boolean;
}

/**
 * The projection of `find` and `findAndModify`: inclusion, exclusion, `$slice`, `$elemMatch`, positional `a.$` and
 * expressions. Undefined for an empty one.
 *
 * @throws CommandError 31249, 31253, 31254, 31275 for projections that contradict themselves
 * @see https://www.mongodb.com/docs/manual/reference/operator/projection/
 */
export function projector(spec: unknown, variables: Variables = new Map()): Projector | undefined {
  if (!isDocument(spec) || firstName(spec) === '') {
    return undefined;
  }
  const parsed: Parsed = {
    mode: undefined,
    id: undefined,
    tree: new Map(),
    claimed: new Map(),
    refinements: [],
    sliced: [],
    computed: false,
  };
  for (const [path, value] of flattened(spec)) {
    readField(parsed, { path, value, variables });
  }
  const computes = parsed.computed && parsed.sliced.length === 0;
  const include = parsed.mode === 'include' || (parsed.mode === undefined && (parsed.id === true || computes));
  for (const path of include ? parsed.sliced : []) {
    addPath(parsed.tree, path);
  }
  return (from, match) => {
    const plain = include ? included(from, parsed) : excluded(from, parsed);
    return parsed.refinements.reduce((made, refine) => refine(made, { from, match }), plain);
  };
}

function flattened(spec: Document, prefix = ''): [string, unknown][] {
  return Object.keys(spec).flatMap((name): [string, unknown][] => {
    const value = spec[name];
    const nested = isDocument(value) && firstName(value) !== '' && !firstName(value).startsWith('$');
    return nested ? flattened(value, `${prefix}${name}.`) : [[prefix + name, value]];
  });
}

interface Field {
  path: string;
  value: unknown;
  variables: Variables;
}

function readField(parsed: Parsed, field: Field): void {
  const { path, value } = field;
  const flag = typeof value === 'boolean' || isNumeric(value);
  if (path === '_id' && flag) {
    parsed.id = isTruthy(value);
  } else if (path.endsWith('.$')) {
    positional(parsed, path.slice(0, -2));
  } else if (flag) {
    setMode(parsed, isTruthy(value) ? 'include' : 'exclude', path);
    addPath(parsed.claimed, path);
    addPath(parsed.tree, path);
  } else if (!readOperator(parsed, field)) {
    setMode(parsed, 'include', path);
    const expression = compileExpression(value);
    parsed.refinements.push((made, { from }) => withValueAt(made, path, expression(from, field.variables)));
  }
}

function readOperator(parsed: Parsed, { path, value }: Field): boolean {
  const operator = isDocument(value) ? firstName(value) : '';
  const argument = isDocument(value) ? value[operator] : undefined;
  if (operator === '$slice' && !(Array.isArray(argument) && !isNumeric(argument[0]))) {
    parsed.refinements.push((made) => editArrays(made, path.split('.'), slicer(argument)));
    addPath(parsed.claimed, path);
    parsed.sliced.push(path);
    return true;
  }
  if (operator === '$elemMatch') {
    elementMatch(parsed, path, argument);
    return true;
  }
  return operator === '$meta';
}

function setMode(parsed: Parsed, mode: 'include' | 'exclude', path: string): void {
  if (parsed.mode !== undefined && parsed.mode !== mode) {
    throw mode === 'include'
      ? new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  parsed.mode = mode;
}

function addPath(tree: Tree, path: string): void {
  const parts = path.split('.');
  let node = tree;
  for (const [index, part] of parts.entries()) {
    const next = node.get(part);
    const last = index === parts.length - 1;
    if (next === true ? !last : last && next !== undefined) {
      throw next === true
        ? new CommandError(31249, `Path collision at ${path} remaining portion ${parts.slice(index + 1).join('.')}`)
        : new CommandError(31250, `Path collision at ${path}`);
    }
    if (last) {
      node.set(part, true);
    } else {
      const child = next instanceof Map ? next : new Map();
      node.set(part, child);
      node = child;
    }
  }
}

function included(from: Document, { tree, id }: Parsed): Document {
  const made = pick(from, tree) as Document;
  return id === false || from._id === undefined ? made : fieldsOf({ _id: from._id }, made);
}

function pick(from: unknown, tree: Tree): unknown {
  if (Array.isArray(from)) {
    return from.filter(isNested).map((item) => pick(item, tree));
  }
  const made = document();
  for (const name of Object.keys(from as Document)) {
    const [wanted, value] = [tree.get(name), (from as Document)[name]];
    if (wanted === true) {
      made[name] = value;
    } else if (wanted && isNested(value)) {
      made[name] = pick(value, wanted);
    }
  }
  return made;
}

function excluded(from: Document, { tree, id }: Parsed): Document {
  const made = omit(from, tree) as Document;
  if (id === false) {
    delete made._id;
  }
  return made;
}

function omit(from: unknown, tree: Tree): unknown {
  if (Array.isArray(from)) {
    return from.map((item) => (isNested(item) ? omit(item, tree) : item));
  }
  const made = document();
  for (const name of Object.keys(from as Document)) {
    const [unwanted, value] = [tree.get(name), (from as Document)[name]];
    if (unwanted !== true) {
      made[name] = unwanted && isNested(value) ? omit(value, unwanted) : value;
    }
  }
  return made;
}

function isNested(value: unknown): boolean {
  return isDocument(value) || Array.isArray(value);
}

/** Changes the arrays at a path; documents on the way are copied. */
function editArrays(from: Document, path: readonly string[], edit: (values: unknown[]) => unknown[]): Document {
  const [name, ...rest] = path as [string, ...string[]];
  const value = from[name];
  if (rest.length === 0) {
    return Array.isArray(value) ? fieldsOf(from, { [name]: edit(value) }) : from;
  }
  const onward = (item: unknown) => (isDocument(item) ? editArrays(item, rest, edit) : item);
  return isNested(value) ? fieldsOf(from, { [name]: Array.isArray(value) ? value.map(onward) : onward(value) }) : from;
}

function slicer(argument: unknown): (values: unknown[]) => unknown[] {
  if (!Array.isArray(argument)) {
    const count = toNumber(argument);
    return (values) => (count < 0 ? values.slice(count) : values.slice(0, count));
  }
  const [skip, count] = argument.map(toNumber) as [number, number];
  return (values) => {
    const start = skip < 0 ? Math.max(0, values.length + skip) : skip;
    return values.slice(start, start + count);
  };
}

function elementMatch(parsed: Parsed, path: string, argument: unknown): void {
  if (path.includes('.')) {
    throw new CommandError(31275, 'Cannot use $elemMatch projection on a nested field.');
  }
  compileQuery(document([['element', document([['$elemMatch', argument]])]]));
  addPath(parsed.claimed, path);
  const matches = elementCondition(argument as Document, {});
  parsed.computed = true;
  parsed.refinements.push((made, { from }) => {
    const value = from[path];
    const index = Array.isArray(value) ? value.findIndex(matches) : -1;
    return withValueAt(made, path, index < 0 ? undefined : [(value as unknown[])[index]]);
  });
}

function positional(parsed: Parsed, path: string): void {
  setMode(parsed, 'include', path);
  addPath(parsed.tree, path);
  parsed.refinements.push((made, { match }) => {
    const { position } = match;
    if (position === undefined) {
      throw new CommandError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    return editArrays(made, path.split('.'), (values) => values.slice(position, position + 1));
  });
}
