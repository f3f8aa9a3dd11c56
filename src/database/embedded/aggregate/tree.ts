import { CommandError } from '../errors.ts';
import type { Expression, Variables } from '../expression/compile.ts';
import { fieldPath } from '../expression/field-path.ts';
import { type Document, document, fieldsOf, firstName, isDocument } from '../values/document.ts';

/** What becomes of a field: it is named, or it gets the value of an expression. */
export type Leaf = 'named' | Expression;

/** Fields of a specification such as `{ 'a.b': 1, c: { d: '$x' } }` by their parts, in their order. */
export type Tree = Map<string, Tree | Leaf>;

/** A field of a specification with its full path. */
export interface SpecField {
  path: string;
  value: unknown;
}

/**
 * The fields of a specification; a document that is no operator is one of further fields.
 *
 * @param emptyCode what an empty document in it fails with
 */
export function specFields(spec: Document, emptyCode: number): SpecField[] {
  const fields: SpecField[] = [];
  const collect = (part: Document, prefix: string): void => {
    for (const name of Object.keys(part)) {
      const [path, value] = [`${prefix}${name}`, part[name]];
      if (!isDocument(value) || firstName(value).startsWith('$')) {
        fields.push({ path, value });
      } else if (Object.keys(value).length === 0) {
        throw new CommandError(
          emptyCode,
          `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
        );
      } else {
        collect(value, `${path}.`);
      }
    }
  };
  collect(spec, '');
  return fields;
}

/**
 * Enters a field into a tree.
 *
 * @throws CommandError 31249 or 31250 (or another code) when it is named already, or a part or a parent of it is
 */
export function plant(tree: Tree, { path, leaf }: { path: string; leaf: Leaf }, code?: number): void {
  const parts = fieldPath(path);
  let branch = tree;
  for (const [index, part] of parts.entries()) {
    const there = branch.get(part);
    const last = index === parts.length - 1;
    if (there !== undefined && (last || !(there instanceof Map))) {
      const rest = last ? '' : ` remaining portion ${parts.slice(index + 1).join('.')}`;
      throw new CommandError(code ?? (last ? 31250 : 31249), `Path collision at ${path}${rest}`);
    }
    if (last) {
      branch.set(part, leaf);
    } else {
      const next: Tree = there instanceof Map ? there : new Map();
      branch.set(part, next);
      branch = next;
    }
  }
}

/** Only the named fields, in the document's order. */
export function included(from: Document, tree: Tree): Document {
  const made = document();
  for (const name of Object.keys(from)) {
    const leaf = tree.get(name);
    const value = leaf === 'named' ? from[name] : leaf instanceof Map ? includedWithin(from[name], leaf) : undefined;
    if (value !== undefined) {
      made[name] = value;
    }
  }
  return made;
}

function includedWithin(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => includedWithin(item, tree)).filter((item) => item !== undefined);
  }
  return isDocument(value) ? included(value, tree) : undefined;
}

/** All but the named fields. */
export function excluded(from: Document, tree: Tree): Document {
  const made = document();
  for (const name of Object.keys(from)) {
    const leaf = tree.get(name);
    if (leaf !== 'named') {
      made[name] = leaf instanceof Map ? excludedWithin(from[name], leaf) : from[name];
    }
  }
  return made;
}

function excludedWithin(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => excludedWithin(item, tree));
  }
  return isDocument(value) ? excluded(value, tree) : value;
}

/** What the expressions of a tree are evaluated with. */
export interface Evaluation {
  root: Document;
  variables: Variables;
}

/** The fields of a tree that get a value, with the expressions that give it. */
export type Computation = readonly (readonly [name: string, value: Expression | Computation])[];

/** The part of a tree that has expressions. */
export function computationOf(tree: Tree): Computation {
  return [...tree].flatMap(([name, leaf]) => {
    if (leaf === 'named') {
      return [];
    }
    const value = leaf instanceof Map ? computationOf(leaf) : leaf;
    return value.length === 0 && leaf instanceof Map ? [] : [[name, value] as const];
  });
}

/**
 * Gives the fields with an expression their values: a field that is there keeps its place, a new one comes last, a
 * missing value takes the field away. Documents on the way are made, in arrays for each element.
 */
export function computed(from: Document, computation: Computation, evaluation: Evaluation): Document {
  if (computation.length === 0) {
    return from;
  }
  const made = fieldsOf(from);
  for (const [name, compute] of computation) {
    const value =
      typeof compute === 'function'
        ? compute(evaluation.root, evaluation.variables)
        : computedWithin(made[name], compute, evaluation);
    if (value === undefined) {
      delete made[name];
    } else {
      made[name] = value;
    }
  }
  return made;
}

function computedWithin(value: unknown, computation: Computation, evaluation: Evaluation): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => computedWithin(item, computation, evaluation));
  }
  return computed(isDocument(value) ? value : document(), computation, evaluation);
}
