import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import type { Encoded } from '../../../model/steps.ts';

const { apply, getPrototypeOf, ownKeys } = Reflect;
const { getOwnPropertyDescriptor } = Object;
const functionText = Function.prototype.toString;
const dateTime = Date.prototype.getTime;
const regexpText = RegExp.prototype.toString;
const asText = String;

/** Caps on one description: values in it, members of one object, characters of one text, levels. */
const MOST = { values: 3_000, members: 1_000, text: 20_000, depth: 30, stack: 3_000 } as const;

interface Walk {
  left: number;
  above: object[];
}

/** Describes a value as data. Never throws and never ends in a loop, whatever the value does when it is looked at. */
export function encode(value: unknown): Encoded {
  return describe(value, { left: MOST.values, above: [] });
}

function describe(value: unknown, walk: Walk): Encoded {
  if (--walk.left < 0) return { t: 'cut' };
  switch (typeof value) {
    case 'string':
      return cutText(value);
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { t: 'number', v: numberText(value) };
    case 'boolean':
      return value;
    case 'undefined':
      return { t: 'undefined' };
    case 'bigint':
      return { t: 'bigint', v: cutText(`${value}`) };
    case 'symbol':
      return { t: 'symbol', v: asText(value) };
    case 'function':
      return attempt(() => describeFunction(value, walk));
    case 'object':
      return value === null ? null : attempt(() => describeObject(value, walk));
    default:
      return { t: 'cut' };
  }
}

/** Looking at a value runs the learner's code where it has traps or getters. */
function attempt(look: () => Encoded): Encoded {
  try {
    return look();
  } catch (error) {
    return { t: 'threw', v: errorText(error) };
  }
}

function errorText(error: unknown): string {
  try {
    return cutText(asText(error));
  } catch {
    return 'an error that cannot be read';
  }
}

function cutText(text: string): string {
  return text.length > MOST.text ? `${text.slice(0, MOST.text)}…` : text;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : `${value}`;
}

function describeFunction(value: object, walk: Walk): Encoded {
  const text: string = apply(functionText, value, []);
  const name = getOwnPropertyDescriptor(value, 'name')?.value;
  const isClass = /^class\b/.test(text);
  const v = members(value, walk, ['length', 'name', 'prototype', 'arguments', 'caller']);
  return {
    t: 'function',
    name: typeof name === 'string' ? cutText(name) : '',
    isClass,
    constructs: isClass || getOwnPropertyDescriptor(value, 'prototype') !== undefined,
    ...(v.length > 0 ? { v } : {}),
  };
}

function describeObject(value: object, walk: Walk): Encoded {
  const up = walk.above.lastIndexOf(value);
  if (up !== -1) return { t: 'cycle', up: walk.above.length - up };
  if (walk.above.length >= MOST.depth) return { t: 'cut' };
  walk.above.push(value);
  try {
    return describeKind(value, walk);
  } finally {
    walk.above.pop();
  }
}

function describeKind(value: object, walk: Walk): Encoded {
  if (types.isProxy(value)) return plain(value, walk);
  if (Array.isArray(value)) return { t: 'array', v: list(value, walk) };
  if (types.isPromise(value)) return { t: 'promise' };
  if (types.isDate(value)) {
    const time: number = apply(dateTime, value, []);
    return { t: 'date', v: Number.isNaN(time) ? null : time };
  }
  if (types.isRegExp(value)) return { t: 'regexp', v: cutText(apply(regexpText, value, [])) };
  if (types.isMap(value)) {
    return { t: 'map', v: first(value.entries()).map(([key, each]) => [describe(key, walk), describe(each, walk)]) };
  }
  if (types.isSet(value)) return { t: 'set', v: first(value.values()).map((each) => describe(each, walk)) };
  if (types.isWeakMap(value) || types.isWeakSet(value)) return { t: 'weak' };
  if (ArrayBuffer.isView(value)) return bytes(value);
  if (types.isNativeError(value) || value instanceof Error) return describeError(value, walk);
  return plain(value, walk);
}

function first<Item>(items: Iterable<Item>): Item[] {
  const found: Item[] = [];
  for (const item of items) {
    if (found.length >= MOST.members) break;
    found.push(item);
  }
  return found;
}

function list(value: readonly unknown[], walk: Walk): Encoded[] {
  const found: Encoded[] = [];
  const length = Math.min(value.length, MOST.members);
  for (let index = 0; index < length; index++) found.push(read(value, `${index}`, walk));
  if (value.length > length) found.push({ t: 'cut' });
  return found;
}

function bytes(value: ArrayBufferView): Encoded {
  const whole = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (whole.length > MOST.text) return { t: 'cut' };
  return { t: 'bytes', c: className(value) ?? 'Uint8Array', v: whole.toString('hex') };
}

function describeError(value: Error, walk: Walk): Encoded {
  const text = (key: 'name' | 'message' | 'stack') => {
    const found: unknown = value[key];
    return typeof found === 'string' ? found : '';
  };
  return {
    t: 'error',
    c: className(value) ?? 'Error',
    name: cutText(text('name')),
    message: cutText(text('message')),
    stack: text('stack').slice(0, MOST.stack),
    v: members(value, walk, ['stack', 'message', 'name']),
  };
}

function plain(value: object, walk: Walk): Encoded {
  const isModule = types.isModuleNamespaceObject(value);
  return {
    t: 'object',
    c: isModule ? null : className(value),
    v: members(value, walk, []),
    ...(isModule ? { module: true } : {}),
    ...(!isModule && value instanceof EventEmitter ? { emitter: true } : {}),
  };
}

/** Enumerable own members by name; an error's are told apart from what every error has. */
function members(value: object, walk: Walk, without: readonly string[]): [string, Encoded][] {
  const found: [string, Encoded][] = [];
  for (const key of ownKeys(value)) {
    if (typeof key !== 'string' || without.includes(key)) continue;
    if (getOwnPropertyDescriptor(value, key)?.enumerable !== true) continue;
    if (found.length >= MOST.members || walk.left <= 0) {
      found.push(['…', { t: 'cut' }]);
      break;
    }
    found.push([cutText(key), read(value, key, walk)]);
  }
  return found;
}

function read(value: object, key: string, walk: Walk): Encoded {
  return attempt(() => describe(Reflect.get(value, key), walk));
}

/** Name of an object's class; null for an object without a prototype. */
function className(value: object): string | null {
  for (let proto = getPrototypeOf(value); proto !== null; proto = getPrototypeOf(proto)) {
    const made: unknown = getOwnPropertyDescriptor(proto, 'constructor')?.value;
    const name = typeof made === 'function' ? getOwnPropertyDescriptor(made, 'name')?.value : undefined;
    if (typeof name === 'string' && name !== '') return cutText(name);
  }
  return null;
}
