import { inspect } from 'node:util';

/** Something that is shown as a text of its own: what was left out, or what a matcher stands for. */
export class Shown {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  [inspect.custom](): string {
    return this.text;
  }
}

const DEEPEST = 40;
const TYPED = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

/** Of what kind a decoded value was, where the value made here does not tell. */
export interface Nature {
  emitter?: true;
  module?: true;
  isClass?: true;
  constructs?: true;
}

/** A value made of a description, and what is known of its parts. */
export interface Decoded {
  value: unknown;
  nature(value: unknown): Nature;
}

/**
 * Makes a value of its description by a learner's process: data of any shape at all, so nothing of it is trusted.
 * What is not understood becomes something that equals nothing.
 */
export function decode(encoded: unknown): Decoded {
  const natures = new Map<unknown, Nature>();
  const value = decodeValue(encoded, { above: [], note: (made, nature) => natures.set(made, nature) });
  return { value, nature: (made) => natures.get(made) ?? {} };
}

interface Walk {
  above: readonly object[];
  note(made: unknown, nature: Nature): void;
}

function decodeValue(encoded: unknown, walk: Walk): unknown {
  if (typeof encoded !== 'object' || encoded === null) return encoded;
  if (walk.above.length > DEEPEST) return new Shown('<too deep>');
  const v = member(encoded, 'v');
  const text = typeof v === 'string' ? v : '';
  switch (member(encoded, 't')) {
    case 'undefined':
      return undefined;
    case 'promise':
      return new Promise(() => {});
    case 'number':
      return Number(text);
    case 'bigint':
      return /^-?\d+$/.test(text) ? BigInt(text) : new Shown('<bigint>');
    case 'symbol':
      return Symbol(/^Symbol\((.*)\)$/s.exec(text)?.[1] ?? '');
    case 'regexp':
      return regexp(text);
    case 'date':
      return new Date(typeof v === 'number' ? v : Number.NaN);
    case 'bytes':
      return bytes(String(member(encoded, 'c')), text);
    case 'function':
      return decodeFunction(encoded, walk);
    case 'array':
      return fill<unknown[]>([], walk, (made, inner) => {
        for (const each of items(v)) made.push(decodeValue(each, inner));
      });
    case 'set':
      return fill(new Set<unknown>(), walk, (made, inner) => {
        for (const each of items(v)) made.add(decodeValue(each, inner));
      });
    case 'map':
      return fill(new Map<unknown, unknown>(), walk, (made, inner) => {
        for (const pair of items(v)) made.set(decodeValue(items(pair)[0], inner), decodeValue(items(pair)[1], inner));
      });
    case 'object':
      return decodeObject(encoded, walk);
    case 'error':
      return decodeError(encoded, walk);
    case 'cycle':
      return walk.above.at(-Number(member(encoded, 'up'))) ?? new Shown('<itself>');
    case 'threw':
      return new Shown(`<reading it throws ${text}>`);
    case 'weak':
      return new Shown('<a WeakMap or WeakSet>');
    default:
      return new Shown('<too much to show>');
  }
}

function fill<Made extends object>(made: Made, walk: Walk, put: (made: Made, inner: Walk) => void): Made {
  put(made, { ...walk, above: [...walk.above, made] });
  return made;
}

function putMembers(made: object, entries: unknown, walk: Walk): void {
  for (const entry of items(entries)) {
    const [key, value] = items(entry);
    if (typeof key !== 'string') continue;
    const given = decodeValue(value, walk);
    Object.defineProperty(made, key, { value: given, enumerable: true, configurable: true, writable: true });
  }
}

function decodeObject(encoded: object, walk: Walk): object {
  const name = member(encoded, 'c');
  const made: object = typeof name === 'string' && name !== 'Object' ? Object.create(prototypeOf(name)) : {};
  walk.note(made, {
    ...(member(encoded, 'emitter') === true ? { emitter: true } : {}),
    ...(member(encoded, 'module') === true ? { module: true } : {}),
  });
  return fill(made, walk, (object, inner) => putMembers(object, member(encoded, 'v'), inner));
}

/** A prototype whose class has this name, for `inspect` and for comparisons. */
function prototypeOf(name: string): object {
  const made = class {};
  Object.defineProperty(made, 'name', { value: name });
  return made.prototype;
}

function decodeError(encoded: object, walk: Walk): Error {
  const [name, message, className] = ['name', 'message', 'c'].map((key) => String(member(encoded, key) ?? ''));
  const error = new Error(message);
  const stack = String(member(encoded, 'stack') ?? '');
  const hidden = (value: unknown) => ({ value, enumerable: false, configurable: true, writable: true });
  Object.defineProperty(error, 'name', hidden(name));
  Object.defineProperty(error, 'stack', hidden(`${name}: ${message}`));
  Object.defineProperty(error, Symbol.for('class'), hidden(className));
  Object.defineProperty(error, Symbol.for('stack'), hidden(stack));
  return fill(error, walk, (made, inner) => putMembers(made, member(encoded, 'v'), inner));
}

function decodeFunction(encoded: object, walk: Walk): unknown {
  const isClass = member(encoded, 'isClass') === true;
  const made = isClass ? class {} : () => undefined;
  const name = member(encoded, 'name');
  Object.defineProperty(made, 'name', { value: typeof name === 'string' ? name : '', configurable: true });
  walk.note(made, {
    ...(isClass ? { isClass } : {}),
    ...(member(encoded, 'constructs') === true ? { constructs: true } : {}),
  });
  return fill(made, walk, (inner, deeper) => putMembers(inner, member(encoded, 'v'), deeper));
}

function regexp(text: string): unknown {
  const end = text.lastIndexOf('/');
  try {
    return new RegExp(text.slice(1, end), text.slice(end + 1));
  } catch {
    return new Shown(text);
  }
}

function bytes(name: string, hex: string): unknown {
  const whole = Buffer.from(hex, 'hex');
  if (name === 'Buffer') return whole;
  const typed = TYPED.find((each) => each === name);
  if (typed === undefined) return new Shown(`<${name}>`);
  const copy = new Uint8Array(whole).buffer;
  return new globalThis[typed](copy, 0, Math.floor(copy.byteLength / globalThis[typed].BYTES_PER_ELEMENT));
}

/** A member of data that may be of any shape. */
export function member(data: unknown, key: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  return Object.getOwnPropertyDescriptor(data, key)?.value;
}

/** A list, or nothing where there is none. */
export function items(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}
