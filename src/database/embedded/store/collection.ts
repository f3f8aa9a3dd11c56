import { ObjectId } from 'bson';
import { CommandError } from '../errors.ts';
import { schemaFaults } from '../query/json-schema.ts';
import { compileQuery } from '../query/match.ts';
import { type Document, document, fieldsOf, firstName, isDocument } from '../values/document.ts';
import { sizeOf } from '../values/encode.ts';
import { identity } from '../values/identity.ts';
import type { RawDocument } from '../values/raw.ts';
import { isNumeric, toNumber } from '../values/types.ts';
import { Documents } from './documents.ts';
import { duplicateKey, SecondaryIndex } from './secondary-index.ts';

/** The largest document that MongoDB stores. */
export const MAX_DOCUMENT = 16 * 1024 * 1024;

const ID_INDEX = fieldsOf({ v: 2, key: fieldsOf({ _id: 1 }), name: '_id_' });

/** A collection or a view: its documents in the order of insertion, its indexes and its options. */
export class Collection {
  readonly database: string;
  readonly name: string;
  readonly uuid = new ObjectId();
  options: Document;
  indexes: SecondaryIndex[] = [];
  readonly #documents = new Documents();

  constructor(place: { database: string; name: string }, options: Document) {
    this.database = place.database;
    this.name = place.name;
    this.options = options;
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
  }

  /** The collection that a view looks at; undefined for a collection. */
  get viewOn(): string | undefined {
    return typeof this.options.viewOn === 'string' ? this.options.viewOn : undefined;
  }

  get documents(): Pick<Documents, 'size' | 'get' | 'values' | typeof Symbol.iterator> {
    return this.#documents;
  }

  /** Descriptions of all indexes, the one of `_id` first. */
  get indexSpecs(): Document[] {
    return [ID_INDEX, ...this.indexes.map((index) => index.spec)];
  }

  /** @throws CommandError 166 for a view */
  refuseView(): void {
    if (this.viewOn !== undefined) {
      throw new CommandError(166, `Namespace ${this.namespace} is a view, not a collection`);
    }
  }

  /**
   * Stores a new document; whoever read it from a message has seen to its size.
   *
   * @throws CommandError 11000, 121
   */
  insert(added: Document): void {
    const id = identity(added._id);
    if (this.#documents.has(id)) {
      throw duplicateKey(this.namespace, ID_INDEX, [added._id]);
    }
    this.#refuse(added, undefined);
    this.#documents.set(id, added);
    for (const index of this.indexes) {
      index.add(added, id);
    }
    this.#dropOldest();
  }

  /**
   * Stores a new document without reading it, where nothing asks for its fields.
   *
   * @returns whether it could
   * @throws CommandError 11000
   */
  insertRaw(added: RawDocument): boolean {
    if (this.indexes.length > 0 || this.options.validator !== undefined || this.options.capped === true) {
      return false;
    }
    const id = `i${added.objectId}`;
    if (this.#documents.has(id)) {
      throw duplicateKey(this.namespace, ID_INDEX, [ObjectId.createFromHexString(added.objectId)]);
    }
    this.#documents.set(id, added);
    return true;
  }

  /**
   * Puts a changed document in the place of the one with its `_id`.
   *
   * @throws CommandError 11000, 121, 17419
   */
  put(changed: Document): void {
    const id = identity(changed._id);
    const before = this.#documents.get(id);
    if (sizeOf(changed) > MAX_DOCUMENT) {
      throw new CommandError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT}`);
    }
    this.#refuse(changed, id);
    for (const index of this.indexes) {
      if (before) {
        index.remove(before, id);
      }
      index.add(changed, id);
    }
    this.#documents.set(id, changed);
  }

  remove(removed: Document): void {
    const id = identity(removed._id);
    if (this.#documents.delete(id)) {
      for (const index of this.indexes) {
        index.remove(removed, id);
      }
    }
  }

  /** @throws CommandError 11000 when the documents already break it */
  addIndex(spec: Document): void {
    const index = new SecondaryIndex(spec, this.namespace);
    for (const [id, stored] of this.#documents) {
      index.refuseDuplicate(stored, id);
      index.add(stored, id);
    }
    this.indexes.push(index);
  }

  /** A document as it came from a snapshot: it was valid when it was written. */
  restore(stored: Document): void {
    const id = identity(stored._id);
    this.#documents.set(id, stored);
    for (const index of this.indexes) {
      index.add(stored, id);
    }
  }

  #refuse(candidate: Document, id: string | undefined): void {
    this.#validate(candidate);
    for (const index of this.indexes) {
      index.refuseDuplicate(candidate, id);
    }
  }

  #validate(candidate: Document): void {
    const { validator, validationLevel, validationAction } = this.options;
    if (!isDocument(validator) || validationLevel === 'off' || validationAction === 'warn') {
      return;
    }
    const details = schemaDetails(validator, candidate) ?? ruleDetails(validator, candidate);
    if (details) {
      throw new CommandError(121, 'Document failed validation', {
        errInfo: { failingDocumentId: candidate._id, details },
      });
    }
  }

  #dropOldest(): void {
    const { capped, max } = this.options;
    if (capped !== true || !isNumeric(max)) {
      return;
    }
    for (const oldest of this.#documents.values()) {
      if (this.#documents.size <= toNumber(max)) {
        return;
      }
      this.remove(oldest);
    }
  }
}

function schemaDetails(validator: Document, candidate: Document): object | undefined {
  const schema = validator.$jsonSchema;
  if (!isDocument(schema)) {
    return undefined;
  }
  const faults = schemaFaults(schema, candidate);
  const title = schema.title === undefined ? {} : { title: schema.title };
  return faults.length > 0 ? { operatorName: '$jsonSchema', ...title, schemaRulesNotSatisfied: faults } : undefined;
}

function ruleDetails(validator: Document, candidate: Document): object | undefined {
  const rules = document(Object.entries(validator).filter(([name]) => name !== '$jsonSchema'));
  return compileQuery(rules)(candidate)
    ? undefined
    : { operatorName: firstName(rules), specifiedAs: rules, reason: 'comparison failed' };
}
