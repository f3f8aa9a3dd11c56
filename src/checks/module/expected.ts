import { inspect } from 'node:util';
import type { CheckContext } from '../../model/context.ts';
import type { TextMatcher, Value } from '../../model/course.ts';
import { TutorError } from '../../model/error.ts';
import { matchText } from '../match-text.ts';
import { type Decoded, Shown } from './decode.ts';
import { isOfType } from './types.ts';

/** Numbers nearer than this part of them are equal to `$near`. */
const NEAR = 1e-9;

/** A matcher that stands where a value is expected. */
class Matcher extends Shown {
  readonly accepts: (got: unknown, comparison: Comparison) => boolean | Promise<boolean>;
  constructor(text: string, accepts: Matcher['accepts']) {
    super(text);
    this.accepts = accepts;
  }
}

/** What a comparison knows besides the two values. */
interface Comparison extends Pick<Decoded, 'nature'> {
  render: CheckContext['render'];
}

type TaggedMap = { readonly [key: string]: Value };

/** Makes real values and matchers of an expected value, its templates filled in already. @throws TutorError for an unknown `$` key */
export function realize(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(realize);
  const tag = Object.keys(value).find((key) => key.startsWith('$'));
  if (tag === undefined) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, realize(each)]));
  return realizeTagged(tag, value);
}

function realizeTagged(tag: string, value: TaggedMap): unknown {
  const inner = value[tag] ?? null;
  const text = String(inner);
  const make = VALUES[tag] ?? MATCHERS[tag];
  if (make !== undefined) return make(inner, { text, map: value });
  throw new TutorError(`No value is written ${tag}.`, {
    next: `There are these: ${[...Object.keys(VALUES), ...Object.keys(MATCHERS)].join(', ')}.`,
  });
}

type Make = (inner: Value, written: { text: string; map: TaggedMap }) => unknown;

const VALUES: Readonly<Record<string, Make>> = {
  $undefined: () => undefined,
  $number: (_, { text }) => (text === '-0' ? new Matcher('-0', (got) => Object.is(got, -0)) : Number(text)),
  $bigint: (_, { text }) => BigInt(text),
  $date: (_, { text }) => new Date(text),
  $regexp: (_, { text }) => new RegExp(text.slice(1, text.lastIndexOf('/')), text.slice(text.lastIndexOf('/') + 1)),
  $map: (inner) => new Map(list(realize(inner)).map((pair) => [list(pair)[0], list(pair)[1]])),
  $set: (inner) => new Set(list(realize(inner))),
  $buffer: (_, { text }) => Buffer.from(text),
  $bytes: (_, { text }) => new Uint8Array(Buffer.from(text, 'hex')),
  $error: (inner) => errorMatcher(realize(inner)),
  $callback: (_, { text }) => new Shown(text),
  $ref: (_, { text }) => new Shown(text),
};

const MATCHERS: Readonly<Record<string, Make>> = {
  $any: () => new Matcher('<anything>', () => true),
  $type: (_, { text }) =>
    new Matcher(`<${text}>`, (got, { nature }) => isOfType(got, { type: text, nature: nature(got) })),
  $near: (inner, { text }) => new Matcher(`<about ${text}>`, (got) => isNear(got, Number(inner))),
  $text: (inner) =>
    new Matcher(`<text: ${inspect(inner, { breakLength: Number.POSITIVE_INFINITY })}>`, async (got, { render }) => {
      if (typeof got !== 'string') return false;
      const matcher = typeof inner === 'object' ? (inner as TextMatcher) : { equals: inner };
      return (await matchText(matcher, { what: '', got }, render)) === undefined;
    }),
  $has: (inner) => hasMatcher(realize(inner)),
  $class: (inner, { text, map }) => {
    const has = map.has === undefined ? undefined : realize(map.has);
    return new Matcher(has === undefined ? `<${text}>` : `<${text} with ${show(has)}>`, async (got, comparison) => {
      return classOf(got) === String(inner) && (has === undefined || hasMembers(has, got, comparison));
    });
  },
};

function isNear(got: unknown, wanted: number): boolean {
  return typeof got === 'number' && Math.abs(got - wanted) <= NEAR * Math.max(1, Math.abs(wanted));
}

function hasMatcher(wanted: unknown): Matcher {
  return new Matcher(`<with ${show(wanted)}>`, (got, comparison) => hasMembers(wanted, got, comparison));
}

function errorMatcher(wanted: unknown): Matcher {
  const { name, message, ...rest } = Object(wanted) as Record<string, unknown>;
  const text = `${name ?? 'Error'}${message === undefined ? '' : `: ${typeof message === 'string' ? message : show(message)}`}`;
  return new Matcher(`[${text}]`, async (got, comparison) => {
    if (!(got instanceof Error)) return false;
    const named = name === undefined || got.name === name || classOf(got) === name;
    return (
      named &&
      (message === undefined || (await equals(message, got.message, comparison))) &&
      hasMembers(rest, got, comparison)
    );
  });
}

/** Name of the class of a decoded value. */
export function classOf(value: unknown): string | undefined {
  if (value instanceof Error) return String(Reflect.get(value, Symbol.for('class')));
  if (typeof value !== 'object' || value === null) return undefined;
  const made: unknown = Reflect.get(value, 'constructor');
  return typeof made === 'function' ? made.name : undefined;
}

async function hasMembers(wanted: unknown, got: unknown, comparison: Comparison): Promise<boolean> {
  if (got === null || (typeof got !== 'object' && typeof got !== 'function')) return false;
  for (const [key, value] of Object.entries(Object(wanted))) {
    if (!Object.hasOwn(got, key) || !(await equals(value, Reflect.get(got, key), comparison))) return false;
  }
  return true;
}

/**
 * Deep equality with types. Not told apart: an object of a class and a plain one with the same members,
 * a member that is undefined and one that is absent, 0 and -0.
 */
export async function equals(wanted: unknown, got: unknown, comparison: Comparison): Promise<boolean> {
  if (wanted instanceof Matcher) return wanted.accepts(got, comparison);
  if (wanted === got || (Number.isNaN(wanted) && Number.isNaN(got))) return true;
  if (typeof wanted !== 'object' || typeof got !== 'object' || wanted === null || got === null) return false;
  if (got instanceof Shown) return false;
  if (wanted instanceof Date) return got instanceof Date && wanted.getTime() === got.getTime();
  if (wanted instanceof RegExp) return got instanceof RegExp && String(wanted) === String(got);
  if (ArrayBuffer.isView(wanted)) return sameBytes(wanted, got);
  if (wanted instanceof Map) return got instanceof Map && sameList([...wanted], [...got], comparison);
  if (wanted instanceof Set) return got instanceof Set && sameSet(wanted, got, comparison);
  if (Array.isArray(wanted)) return Array.isArray(got) && sameList(wanted, got, comparison);
  return isPlain(got) && sameMembers(wanted, got, comparison);
}

function isPlain(value: object): boolean {
  const others = [Array, Date, RegExp, Map, Set, Promise, Error];
  return !others.some((each) => value instanceof each) && !ArrayBuffer.isView(value);
}

/** A Buffer is as good as a Uint8Array with the same bytes. */
function sameBytes(wanted: ArrayBufferView, got: object): boolean {
  if (!ArrayBuffer.isView(got)) return false;
  const view = (array: ArrayBufferView) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return wanted instanceof Uint8Array === got instanceof Uint8Array && view(wanted).equals(view(got));
}

async function sameList(wanted: readonly unknown[], got: readonly unknown[], comparison: Comparison): Promise<boolean> {
  if (wanted.length !== got.length) return false;
  for (const [index, each] of wanted.entries()) if (!(await equals(each, got[index], comparison))) return false;
  return true;
}

async function sameSet(wanted: Set<unknown>, got: Set<unknown>, comparison: Comparison): Promise<boolean> {
  if (wanted.size !== got.size) return false;
  const left = [...got];
  for (const each of wanted) {
    let at = -1;
    for (let index = 0; at === -1 && index < left.length; index++) {
      if (await equals(each, left[index], comparison)) at = index;
    }
    if (at === -1) return false;
    left.splice(at, 1);
  }
  return true;
}

async function sameMembers(wanted: object, got: object, comparison: Comparison): Promise<boolean> {
  const keys = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  for (const key of keys) {
    const here = Object.hasOwn(wanted, key) ? Reflect.get(wanted, key) : undefined;
    const there = Object.hasOwn(got, key) ? Reflect.get(got, key) : undefined;
    if (!(await equals(here, there, comparison))) return false;
  }
  return true;
}

/** A value as Node.js prints it. */
export function show(value: unknown): string {
  return inspect(value, { depth: 8, maxArrayLength: 60, maxStringLength: 1_000, sorted: true, breakLength: 60 });
}

/** A value on one line, for a line of code. */
export function showInline(value: unknown): string {
  const options = { depth: 4, maxArrayLength: 20, maxStringLength: 200, breakLength: Number.POSITIVE_INFINITY };
  return inspect(value, { ...options, compact: 10 });
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
