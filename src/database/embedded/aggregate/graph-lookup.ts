import { CommandError } from '../errors.ts';
import type { Expression } from '../expression/compile.ts';
import { fieldPath } from '../expression/field-path.ts';
import { compileQuery, type Predicate } from '../query/match.ts';
import { type Document, document, isDocument } from '../values/document.ts';
import { identity, type TextFold } from '../values/identity.ts';
import { leavesOf, withValueAt } from '../values/path.ts';
import { show } from '../values/show.ts';
import { isNumeric, toNumber } from '../values/types.ts';
import { namespaceOf } from './namespace.ts';
import {
  type CompileStage,
  documentArgument,
  type Namespace,
  onlyOptions,
  type StageCompilation,
  type Stages,
  textOption,
} from './stage.ts';

const REQUIRED = ['from', 'as', 'startWith', 'connectFromField', 'connectToField'];
const OPTIONAL = ['maxDepth', 'depthField', 'restrictSearchWithMatch'];

interface Search {
  from: Namespace;
  as: string;
  start: Expression;
  connectFrom: readonly string[];
  connectTo: readonly string[];
  maxDepth: number;
  depthField: string | undefined;
  restriction: Document | undefined;
}

function search(spec: unknown, { expression }: StageCompilation): Search {
  const given = documentArgument(spec, 9, 'the $graphLookup stage specification must be an object, but found ');
  onlyOptions(given, [...REQUIRED, ...OPTIONAL], [40104, 'Unknown argument to $graphLookup: ']);
  const absent = REQUIRED.find((name) => !(name in given));
  if (absent !== undefined) {
    throw new CommandError(
      40105,
      `$graphLookup requires '${REQUIRED.join("', '")}' to be specified; missing ${absent}`,
    );
  }
  const path = (name: string): string =>
    textOption(given[name], 40103, `expected string as argument for ${name}, found: `);
  return {
    from: namespaceOf(given.from, '$graphLookup from'),
    as: fieldPath(path('as')).join('.'),
    start: expression(given.startWith),
    connectFrom: fieldPath(path('connectFromField')),
    connectTo: fieldPath(path('connectToField')),
    maxDepth: 'maxDepth' in given ? depthOf(given.maxDepth) : Number.POSITIVE_INFINITY,
    depthField: 'depthField' in given ? fieldPath(path('depthField')).join('.') : undefined,
    restriction: restrictionOf(given.restrictSearchWithMatch),
  };
}

function depthOf(value: unknown): number {
  if (!isNumeric(value)) {
    throw new CommandError(40100, `maxDepth requires a numeric argument, found: ${show(value)}`);
  }
  const depth = toNumber(value);
  if (depth < 0) {
    throw new CommandError(40101, `maxDepth requires a nonnegative argument, found: ${show(value)}`);
  }
  if (!Number.isInteger(depth)) {
    throw new CommandError(40102, `maxDepth could not be represented as a long long: ${show(value)}`);
  }
  return depth;
}

function restrictionOf(value: unknown): Document | undefined {
  if (value !== undefined && !isDocument(value)) {
    throw new CommandError(40185, `restrictSearchWithMatch must be an object, found: ${show(value)}`);
  }
  return value;
}

function valuesAt(from: Document, path: readonly string[]): unknown[] {
  return leavesOf(from, path).flatMap(({ value }) =>
    Array.isArray(value) ? value : value === undefined ? [] : [value],
  );
}

/** Documents of a collection by their values at a path. */
function byValue(
  documents: Iterable<Document>,
  path: readonly string[],
  fold: TextFold | undefined,
): Map<string, Document[]> {
  const index = new Map<string, Document[]>();
  for (const found of documents) {
    for (const value of valuesAt(found, path)) {
      const key = identity(value, fold);
      const there = index.get(key) ?? [];
      there.push(found);
      index.set(key, there);
    }
  }
  return index;
}

/** A walk through the documents that are connected, breadth first, each once. */
class Walk {
  readonly #search: Search;
  readonly #index: ReadonlyMap<string, readonly Document[]>;
  readonly #fold: TextFold | undefined;
  readonly #found = new Map<Document, number>();

  constructor(search: Search, index: ReadonlyMap<string, readonly Document[]>, fold: TextFold | undefined) {
    this.#search = search;
    this.#index = index;
    this.#fold = fold;
  }

  from(values: readonly unknown[], tick: () => void): Document[] {
    let keys = this.#keys(values);
    for (let depth = 0; keys.size > 0 && depth <= this.#search.maxDepth; depth++) {
      tick();
      const next = [...keys].flatMap((key) => this.#visit(key, depth));
      keys = this.#keys(next.flatMap((found) => valuesAt(found, this.#search.connectFrom)));
    }
    return [...this.#found].map(([found, depth]) => this.#shown(found, depth));
  }

  #keys(values: readonly unknown[]): Set<string> {
    return new Set(values.map((value) => identity(value, this.#fold)));
  }

  #visit(key: string, depth: number): Document[] {
    const fresh = (this.#index.get(key) ?? []).filter((found) => !this.#found.has(found));
    for (const found of fresh) {
      this.#found.set(found, depth);
    }
    return fresh;
  }

  #shown(found: Document, depth: number): Document {
    const { depthField } = this.#search;
    return depthField === undefined ? found : withValueAt(found, depthField, BigInt(depth));
  }
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/graphLookup/ */
const graphLookup: CompileStage = (spec, _, compilation) => {
  const wanted = search(spec, compilation);
  const { collation } = compilation;
  compileQuery(wanted.restriction ?? document(), { collation });
  return function* (documents, context) {
    const allowed: Predicate = compileQuery(wanted.restriction ?? document(), {
      collation,
      variables: context.variables,
    });
    const others = [...context.read(wanted.from)].filter((found) => allowed(found));
    const index = byValue(others, wanted.connectTo, collation.fold);
    for (const from of documents) {
      const start = wanted.start(from, context.variables) ?? null;
      const walk = new Walk(wanted, index, collation.fold);
      yield withValueAt(from, wanted.as, walk.from(Array.isArray(start) ? start : [start], context.tick));
    }
  };
};

export const GRAPH_STAGES: Stages = new Map([['$graphLookup', { compile: graphLookup }]]);
