import type { AnyNode, CallExpression, ObjectExpression } from 'acorn';
import type { SourceLocation } from '../../../model/verdict.ts';
import { calledName, functionsAround, isFunction, pathOf, type Site, sitesOf, stringOf } from '../scopes.ts';
import type { ParsedSource } from '../source.ts';

/** A call that changes documents, or finds them. */
export interface DatabaseCall {
  source: ParsedSource;
  location: SourceLocation;
  start: number;
  /** `Chat.find`. */
  name: string;
  /** What its result is kept as, where it is. */
  variable?: string;
}

/** A field of a schema: the name of its type, where the source says it. */
export interface SchemaField {
  name: string;
  type: string | undefined;
  location: SourceLocation;
}

/** A call that changes documents without loading them, so that rules are looked at only on demand. */
export const UPDATES = /\b(?:(?:update|replace)(?:One|Many)|find(?:ById|One)And(?:Update|Replace))\s*\(/;

const SAVES = /^(?:save|create|insertMany|insertOne)$/;
const CHANGES = /^(?:(?:update|delete|replace)(?:One|Many)|find(?:ById|One)And\w+)$/;
const FINDS = /^(?:find(?:ById|One)?|countDocuments|distinct|exists)$/;
const RUNS = /^(?:then|catch|finally|exec)$/;
const MODEL = /^[A-Z]/;

/** Calls that save documents, and that nothing waits for. */
export function looseSaves(files: readonly ParsedSource[]): Promise<DatabaseCall[]> {
  return looseCalls(files, (name) => SAVES.test(name));
}

/** Queries of a model that change something, and that nothing waits for: they never run. */
export function looseChanges(files: readonly ParsedSource[]): Promise<DatabaseCall[]> {
  return looseCalls(files, (name, object) => CHANGES.test(name) && MODEL.test(object));
}

/** Queries of a model that find something, and whose result is used without waiting for it. */
export async function looseFinds(files: readonly ParsedSource[]): Promise<DatabaseCall[]> {
  const found = await looseCalls(files, (name, object) => FINDS.test(name) && MODEL.test(object));
  return found.filter(({ variable }) => variable !== undefined);
}

/** Calls of `mongoose.connect` that nothing waits for. */
export function looseConnects(files: readonly ParsedSource[]): Promise<DatabaseCall[]> {
  return looseCalls(files, (name, object) => name === 'connect' && object === 'mongoose');
}

/** Calls that are meant, and whose promise nothing takes or waits for. */
export async function looseCalls(
  files: readonly ParsedSource[],
  isMeant: (name: string, object: string) => boolean,
): Promise<DatabaseCall[]> {
  const found: DatabaseCall[] = [];
  for (const source of files) {
    for (const { node, around } of await sitesOf(source.program)) {
      const variable = keptIn(node, around);
      if (node.type !== 'CallExpression' || variable === undefined) continue;
      const chain = chainOf(node);
      const meant = chain.find(({ name, object }) => isMeant(name, object));
      const isRun = chain.some(({ name }) => RUNS.test(name)) || node.arguments.some(isFunction);
      if (meant === undefined || isRun || isWaitedFor(source.text, variable)) continue;
      const name = meant.object === '' ? meant.name : `${meant.object}.${meant.name}`;
      const { start } = node;
      found.push({ source, location: source.locate(node), start, name, ...(variable !== '' && { variable }) });
    }
  }
  return found;
}

/** The variable that a call's result goes into, `''` where it goes nowhere, undefined where something takes it. */
function keptIn(node: AnyNode, around: readonly AnyNode[]): string | undefined {
  const parent = around.at(-2);
  if (parent?.type === 'ExpressionStatement') return '';
  const isInit = parent?.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'Identifier';
  return isInit && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}

function isWaitedFor(text: string, variable: string): boolean {
  if (variable === '') return false;
  return new RegExp(`\\bawait\\s+${variable}\\b|\\b${variable}\\s*\\.\\s*(?:then|catch|exec)\\b`).test(text);
}

/** The calls of `Chat.find({}).sort().exec()`, the outermost first. */
function chainOf(node: CallExpression): { name: string; object: string }[] {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return [];
  const inner = callee.object.type === 'CallExpression' ? chainOf(callee.object) : [];
  return [{ name: callee.property.name, object: pathOf(callee.object) ?? '' }, ...inner];
}

/** The fields of every schema of the source, outermost names only. */
export async function schemaFields(files: readonly ParsedSource[]): Promise<SchemaField[]> {
  const fields: SchemaField[] = [];
  for (const source of files) {
    const sites = await sitesOf(source.program);
    const named = new Map(
      sites.flatMap(({ node }): [string, ObjectExpression][] =>
        node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init?.type === 'ObjectExpression'
          ? [[node.id.name, node.init]]
          : [],
      ),
    );
    for (const { node } of sites) {
      if ((node.type !== 'NewExpression' && node.type !== 'CallExpression') || calledName(node) !== 'Schema') continue;
      const [first] = node.arguments;
      const shape = first?.type === 'Identifier' ? named.get(first.name) : first;
      if (shape?.type === 'ObjectExpression') fields.push(...fieldsIn(shape, source));
    }
  }
  return fields;
}

function fieldsIn({ properties }: ObjectExpression, source: ParsedSource): SchemaField[] {
  return properties.flatMap((property): SchemaField[] => {
    if (property.type !== 'Property') return [];
    const name = keyOf(property.key);
    if (name === undefined) return [];
    return [{ name, type: typeIn(property.value), location: source.locate(property) }];
  });
}

function keyOf(key: AnyNode): string | undefined {
  return key.type === 'Identifier' ? key.name : stringOf(key);
}

/** `String` for `String`, `'string'` and `{ type: String }`. */
function typeIn(node: AnyNode): string | undefined {
  if (node.type === 'ObjectExpression') {
    const type = node.properties.find((each) => each.type === 'Property' && keyOf(each.key) === 'type');
    return type?.type === 'Property' ? typeIn(type.value) : undefined;
  }
  const word = node.type === 'Literal' ? String(node.value) : pathOf(node)?.split('.').at(-1);
  return word && word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Calls that put documents in while the program starts, and not when a request comes. */
export async function savesAtStart(files: readonly ParsedSource[], entry: string): Promise<DatabaseCall[]> {
  const found: DatabaseCall[] = [];
  for (const source of loadedFiles(files, entry)) {
    for (const site of await sitesOf(source.program)) {
      const name = calledName(site.node);
      if (name === undefined || !SAVES.test(name) || site.node.type === 'NewExpression' || isInHandler(site)) continue;
      found.push({ source, location: source.locate(site.node), start: site.node.start, name });
    }
  }
  return found;
}

/** The files that a start of the program reads: not a script beside it that fills the database. */
export function loadedFiles(files: readonly ParsedSource[], entry: string): ParsedSource[] {
  return files.filter((source) => {
    const { file } = source.locate({ start: 0 });
    return file === entry || isLoaded(file, files);
  });
}

/** Whether another file loads this one by its name. */
function isLoaded(file: string, files: readonly ParsedSource[]): boolean {
  const name = file.replace(/(?:\/index)?\.[cm]?js$/, '').replace(/^.*\//, '');
  const load = new RegExp(
    `(?:require\\s*\\(|from|import)\\s*['"\`][^'"\`]*\\b${name.replace(/\W/g, '\\$&')}(?:\\.\\w+)?['"\`]`,
  );
  return files.some(({ text }) => load.test(text));
}

/** In a function that takes a request, or in one that the program can only call later. */
function isInHandler(site: Site): boolean {
  return functionsAround(site).some(({ params }) => params.length > 0);
}

const CONNECT = /^(?:connect|createConnection|openUri)$/;

/** Where the source connects, and the name of the function that does so where nothing calls it. */
export async function connecting(
  files: readonly ParsedSource[],
): Promise<{ connects: boolean; uncalled?: { name: string; location: SourceLocation } }> {
  let uncalled: { name: string; location: SourceLocation } | undefined;
  for (const source of files) {
    for (const site of await sitesOf(source.program)) {
      if (site.node.type !== 'CallExpression' || !CONNECT.test(calledName(site.node) ?? '')) continue;
      const name = functionsAround(site)[0]?.id?.name;
      const uses = name === undefined ? 0 : countUses(files, name);
      if (name === undefined || uses > 1) return { connects: true };
      uncalled = { name, location: source.locate(site.node) };
    }
  }
  return uncalled === undefined ? { connects: false } : { connects: false, uncalled };
}

function countUses(files: readonly ParsedSource[], name: string): number {
  const word = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`, 'g');
  return files.reduce((sum, { text }) => sum + (text.match(word)?.length ?? 0), 0);
}
