import type { Nature } from './decode.ts';

const CLASSES: Readonly<Record<string, abstract new (...args: never[]) => object>> = {
  promise: Promise,
  date: Date,
  regexp: RegExp,
  map: Map,
  set: Set,
  buffer: Uint8Array,
  error: Error,
};

/** Whether a decoded value is of a type of the format. */
export function isOfType(value: unknown, { type, nature }: { type: string; nature: Nature }): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'class':
      return nature.constructs === true;
    case 'function':
      return typeof value === 'function' && nature.isClass !== true;
    case 'emitter':
      return nature.emitter === true;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default: {
      const made = CLASSES[type];
      return made === undefined ? typeof value === type : value instanceof made;
    }
  }
}

/** What a value is, in the words of the format. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  for (const [name, made] of Object.entries(CLASSES)) if (value instanceof made) return name;
  return typeof value;
}
