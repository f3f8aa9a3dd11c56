import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import { diagnosticAt, type Fault, type Range, type Source } from './source.ts';

/** How deep a value may be nested. */
const MAX_DEPTH = 32;
/** How many syntax faults of one file are reported. */
const MAX_FAULTS = 20;
/** How many values a file may hold once its aliases are resolved. */
const MAX_VALUES = 20_000;

export type Path = readonly PropertyKey[];

/** The data of a YAML text, and where each value stands in it. */
export interface YamlData {
  value: unknown;
  /** The place of the value at a path, or of its key; of the nearest enclosing value when there is none. */
  locate(path: Path, what: 'value' | 'key'): Range;
}

/**
 * Reads the YAML in a source, or in a part of it (front matter). Never throws: whatever is wrong becomes a diagnostic,
 * and `data` is absent when the text as a whole cannot be trusted.
 */
export function parseYaml(source: Source, part?: Range): { data?: YamlData; diagnostics: Diagnostic[] } {
  const base = part?.start ?? 0;
  const text = source.text.slice(base, part?.end);
  const report = (range: Range, fault: Fault) =>
    diagnosticAt(source, { start: range.start + base, end: range.end + base }, fault);
  const whole = { start: 0, end: firstLineEnd(text) };

  let document: Document.Parsed;
  try {
    document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, version: '1.2' });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { diagnostics: [report(whole, TOO_DEEP)] };
  }
  const exhausted = document.errors.find(({ message }) => /call stack/i.test(message));
  if (exhausted !== undefined)
    return { diagnostics: [report({ start: exhausted.pos[0], end: exhausted.pos[0] + 1 }, TOO_DEEP)] };
  const faults = [...document.errors, ...document.warnings]
    .slice(0, MAX_FAULTS)
    .map(({ code, message, pos }) =>
      report({ start: pos[0], end: Math.max(pos[1], pos[0] + 1) }, syntaxFault(code, message)),
    );
  if (document.errors.length > 0) return { diagnostics: faults };
  const survey = new Survey();
  if (isNode(document.contents)) survey.visit(document.contents, 0);
  if (survey.faults.length > 0)
    return { diagnostics: [...faults, ...survey.faults.map(({ range, fault }) => report(range, fault))] };
  const root = isNode(document.contents) ? document.contents : undefined;
  const locate = (path: Path, what: 'value' | 'key') => {
    const range = root === undefined ? whole : locateIn({ document, root, path, what });
    return { start: range.start + base, end: range.end + base };
  };
  return { data: { value: root === undefined ? null : document.toJS(), locate }, diagnostics: faults };
}

const TOO_DEEP: Fault = {
  message: `values are nested more than ${MAX_DEPTH} deep`,
  fix: 'No part of the format needs so many levels.',
};

const SYNTAX_FAULTS: Readonly<Record<string, Fault>> = {
  TAB_AS_INDENT: { message: 'a tab cannot indent YAML', fix: 'Use spaces.' },
  MULTIPLE_DOCS: {
    message: 'a second YAML document begins here',
    fix: 'A file holds one document: take out the `---`.',
  },
  TAG_RESOLVE_FAILED: {
    message: 'YAML tags (`!…`) are not used here',
    fix: 'Write plain text, numbers, lists and maps.',
  },
};

function syntaxFault(code: string, message: string): Fault {
  const plain = message.replace(/\.$/, '');
  return SYNTAX_FAULTS[code] ?? { message: `not valid YAML: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}` };
}

/** Walks all nodes once: depth, size with aliases resolved, duplicate and forbidden keys. */
class Survey {
  readonly faults: { range: Range; fault: Fault }[] = [];
  readonly #anchors = new Map<string, number>();
  #total = 0;
  #full = false;

  /** @returns how many values the node stands for */
  visit(node: Node, depth: number): number {
    if (this.#full) return 0;
    if (depth > MAX_DEPTH) return this.#stop(node, TOO_DEEP);
    if (isAlias(node)) return this.#alias(node, node.source);
    let weight = 1;
    this.#total++;
    if (isMap(node)) {
      this.#keys(node.items);
      for (const pair of node.items) if (isNode(pair.value)) weight += this.visit(pair.value, depth + 1);
    } else if (isSeq(node)) {
      for (const item of node.items) if (isNode(item)) weight += this.visit(item, depth + 1);
    }
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, weight);
    if (this.#total > MAX_VALUES) return this.#stop(node, TOO_LARGE);
    return weight;
  }

  #alias(node: Node, name: string): number {
    const weight = this.#anchors.get(name);
    if (weight === undefined) {
      this.faults.push({
        range: rangeOf(node),
        fault: { message: `the alias \`*${name}\` has no anchor \`&${name}\` before it` },
      });
      return 0;
    }
    this.#total += weight;
    return this.#total > MAX_VALUES ? this.#stop(node, TOO_LARGE) : weight;
  }

  #keys(pairs: readonly Pair[]): void {
    const seen = new Set<string>();
    for (const { key } of pairs) {
      if (!isScalar(key)) {
        const range = isNode(key) ? rangeOf(key) : { start: 0, end: 1 };
        this.faults.push({
          range,
          fault: { message: 'a key must be plain text', fix: 'Put text with braces or brackets in quotes.' },
        });
        continue;
      }
      const name = String(key.value);
      if (name === '__proto__')
        this.faults.push({ range: rangeOf(key), fault: { message: '`__proto__` cannot be a key' } });
      if (seen.has(name)) {
        this.faults.push({
          range: rangeOf(key),
          fault: { message: `the key \`${name}\` stands here a second time`, fix: 'Keep one of the two.' },
        });
      }
      seen.add(name);
    }
  }

  #stop(node: Node, fault: Fault): number {
    if (!this.#full) this.faults.push({ range: rangeOf(node), fault });
    this.#full = true;
    return 0;
  }
}

const TOO_LARGE: Fault = {
  message: `with this, the file grows beyond ${MAX_VALUES.toLocaleString('en')} values`,
  fix: 'Write fewer of them; aliases that repeat aliases multiply.',
};

function locateIn({
  document,
  root,
  path,
  what,
}: {
  document: Document;
  root: Node;
  path: Path;
  what: 'value' | 'key';
}): Range {
  if (path.length === 0) return firstKey(root);
  let node = root;
  let range = rangeOf(root);
  for (const step of path) {
    const found = childOf(isAlias(node) ? node.resolve(document) : node, step);
    if (found === undefined) return range;
    const { key, value } = found;
    const isLast = step === path.at(-1);
    range = rangeOf(key !== undefined && ((isLast && what === 'key') || isEmpty(value)) ? key : value);
    node = value;
  }
  return range;
}

/** The value at a key or index, and the key's own node in a map. */
function childOf(container: Node | undefined, step: PropertyKey): { key?: Node; value: Node } | undefined {
  if (isMap(container)) {
    const pair = container.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    if (pair === undefined || !isNode(pair.key)) return undefined;
    return { key: pair.key, value: isNode(pair.value) ? pair.value : pair.key };
  }
  const item = isSeq(container) ? container.items[Number(step)] : undefined;
  return isNode(item) ? { value: item } : undefined;
}

/** Where to point when a whole map is meant: its first key. */
function firstKey(node: Node): Range {
  const key = isMap(node) ? node.items[0]?.key : undefined;
  return rangeOf(isNode(key) ? key : node);
}

function isEmpty(node: Node): boolean {
  const { start, end } = rangeOf(node);
  return start === end;
}

function rangeOf(node: Node): Range {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
}

function firstLineEnd(text: string): number {
  const end = text.indexOf('\n');
  return end === -1 ? text.length : end;
}
