/**
 * A BSON document in memory: own fields in their order, on a prototype that is empty and frozen. So a field called
 * `__proto__` or `constructor` is a field like any other, a field that is not there reads as `undefined`, and nothing
 * that a client sends can reach `Object.prototype`. One constructor keeps V8's fast property maps, which
 * `Object.create(null)` would lose.
 */
export interface Document {
  [field: string]: unknown;
}

const Fields = function Fields() {} as unknown as new () => Document;
Fields.prototype = Object.freeze(Object.create(null));

/** A document of these fields, in this order. */
export function document(fields: Iterable<readonly [string, unknown]> = []): Document {
  const made = new Fields();
  for (const [name, value] of fields) {
    made[name] = value;
  }
  return made;
}

/** A document of the fields of a literal, or of several, the later ones winning. */
export function fieldsOf(...parts: readonly object[]): Document {
  const made = new Fields();
  for (const part of parts) {
    for (const name of Object.keys(part)) {
      made[name] = (part as Document)[name];
    }
  }
  return made;
}

/** Whether a value is an embedded document: no array, no date, none of BSON's other object-like types. */
export function isDocument(value: unknown): value is Document {
  return value instanceof Fields;
}

/** A deep copy of documents and arrays; the other values are never changed in place, so they are shared. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(copy) as T;
  }
  if (!isDocument(value)) {
    return value;
  }
  const made = new Fields();
  for (const name of Object.keys(value)) {
    made[name] = copy(value[name]);
  }
  return made as T;
}

/** The first field's name, or an empty text. */
export function firstName(value: Document): string {
  for (const name in value) {
    return name;
  }
  return '';
}
