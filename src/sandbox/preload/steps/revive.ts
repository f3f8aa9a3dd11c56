import type { WireValue } from '../../../model/steps.ts';

/** What an argument may refer to. */
export interface Reviver {
  /** What an earlier step has named. */
  handle(path: readonly string[]): unknown;
  /** A function that records its calls under a name. */
  callback(name: string, answer: (args: readonly unknown[]) => unknown): unknown;
}

/** Makes a real value of its description. */
export function revive(value: WireValue, reviver: Reviver): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => revive(item, reviver));
  const keys = Object.keys(value);
  const tag = keys.find((key) => key.startsWith('$'));
  if (tag !== undefined) return reviveTagged(tag, value, reviver);
  return Object.fromEntries(keys.map((key) => [key, revive(value[key] ?? null, reviver)]));
}

function reviveTagged(tag: string, value: { readonly [key: string]: WireValue }, reviver: Reviver): unknown {
  const inner = value[tag] ?? null;
  const text = String(inner);
  switch (tag) {
    case '$undefined':
      return undefined;
    case '$number':
      return Number(text);
    case '$bigint':
      return BigInt(text);
    case '$date':
      return new Date(text);
    case '$regexp':
      return new RegExp(text.slice(1, text.lastIndexOf('/')), text.slice(text.lastIndexOf('/') + 1));
    case '$map':
      return new Map(pairs(revive(inner, reviver)));
    case '$set':
      return new Set(items(revive(inner, reviver)));
    case '$buffer':
      return Buffer.from(text);
    case '$bytes':
      return new Uint8Array(Buffer.from(text, 'hex'));
    case '$error':
      return reviveError(revive(inner, reviver));
    case '$ref':
      return reviver.handle(text.split('.'));
    case '$callback':
      return reviver.callback(text, () => {
        if ('throws' in value) throw new Error(String(value.throws));
        return 'returns' in value ? revive(value.returns ?? null, reviver) : undefined;
      });
    default:
      throw new Error(`no value is written ${tag}`);
  }
}

function reviveError(given: unknown): Error {
  const { name = 'Error', message = '', ...rest } = Object(given) as Record<string, unknown>;
  const made = Reflect.get(globalThis, String(name));
  const error: Error = typeof made === 'function' ? new made(message) : new Error(String(message));
  if (error.name !== name) error.name = String(name);
  return Object.assign(error, rest);
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function pairs(value: unknown): [unknown, unknown][] {
  return items(value).map((pair) => [items(pair)[0], items(pair)[1]]);
}
