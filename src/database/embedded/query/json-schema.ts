import { equals } from '../values/compare.ts';
import { type Document, isDocument } from '../values/document.ts';
import { identity } from '../values/identity.ts';
import { toRegExp } from '../values/regex.ts';
import { isNumeric, toNumber, typeName } from '../values/types.ts';

/** A schema as `$jsonSchema` takes it: JSON Schema draft 4 with `bsonType`. */
export type JsonSchema = Document;

/** A rule that a value broke, in the shape of the server's `errInfo.details.schemaRulesNotSatisfied`. */
export type SchemaFault = Record<string, unknown>;

/**
 * The rules of a schema that a value breaks; none when it is valid.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/
 */
export function schemaFaults(schema: JsonSchema, value: unknown): SchemaFault[] {
  const typeFaults = ofType(schema, value);
  if (typeFaults.length > 0) {
    return typeFaults;
  }
  return [
    ...ofEnum(schema, value),
    ...(isNumeric(value) ? ofNumber(schema, toNumber(value), value) : []),
    ...(typeof value === 'string' ? ofText(schema, value) : []),
    ...(Array.isArray(value) ? ofArray(schema, value) : []),
    ...(isDocument(value) ? ofDocument(schema, value) : []),
    ...combined(schema, value),
  ];
}

function valid(schema: unknown, value: unknown): boolean {
  return !isDocument(schema) || schemaFaults(schema, value).length === 0;
}

function fault(schema: JsonSchema, operator: string, rest: SchemaFault): SchemaFault {
  return { operatorName: operator, specifiedAs: { [operator]: schema[operator] }, ...rest };
}

const JSON_TYPES: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>([
  ['object', isDocument],
  ['array', Array.isArray],
  ['string', (value) => typeof value === 'string'],
  ['number', isNumeric],
  ['boolean', (value) => typeof value === 'boolean'],
  ['null', (value) => value === null],
]);

function ofType(schema: JsonSchema, value: unknown): SchemaFault[] {
  const rules: [string, (wanted: unknown) => boolean][] = [
    ['bsonType', (wanted) => wanted === typeName(value) || (wanted === 'number' && isNumeric(value))],
    ['type', (wanted) => JSON_TYPES.get(String(wanted))?.(value) === true],
  ];
  const broken = rules.find(([name, fits]) => schema[name] !== undefined && !listed(schema[name]).some(fits));
  return broken
    ? [
        fault(schema, broken[0], {
          reason: 'type did not match',
          consideredValue: value,
          consideredType: typeName(value),
        }),
      ]
    : [];
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function ofEnum(schema: JsonSchema, value: unknown): SchemaFault[] {
  return Array.isArray(schema.enum) && !schema.enum.some((wanted) => equals(wanted, value))
    ? [fault(schema, 'enum', { reason: 'value was not found in enum', consideredValue: value })]
    : [];
}

function ofNumber(schema: JsonSchema, number: number, value: unknown): SchemaFault[] {
  const { minimum, maximum, multipleOf } = schema;
  const tooSmall = schema.exclusiveMinimum === true ? number <= toNumber(minimum) : number < toNumber(minimum);
  const tooLarge = schema.exclusiveMaximum === true ? number >= toNumber(maximum) : number > toNumber(maximum);
  return [
    ...(tooSmall ? [fault(schema, 'minimum', { reason: 'comparison failed', consideredValue: value })] : []),
    ...(tooLarge ? [fault(schema, 'maximum', { reason: 'comparison failed', consideredValue: value })] : []),
    ...(multipleOf !== undefined && number % toNumber(multipleOf) !== 0
      ? [
          fault(schema, 'multipleOf', {
            reason: 'considered value is not a multiple of the specified value',
            consideredValue: value,
          }),
        ]
      : []),
  ];
}

function ofText(schema: JsonSchema, value: string): SchemaFault[] {
  const length = [...value].length;
  const rest = { consideredValue: value };
  return [
    ...sized(schema, ['minLength', 'maxLength'], {
      size: length,
      reason: 'specified string length was not satisfied',
      ...rest,
    }),
    ...(typeof schema.pattern === 'string' && !toRegExp(schema.pattern).test(value)
      ? [fault(schema, 'pattern', { reason: 'regular expression did not match', ...rest })]
      : []),
  ];
}

function sized(
  schema: JsonSchema,
  [least, most]: readonly [string, string],
  { size, ...rest }: { size: number } & SchemaFault,
): SchemaFault[] {
  return [
    ...(size < toNumber(schema[least]) ? [fault(schema, least, rest)] : []),
    ...(size > toNumber(schema[most]) ? [fault(schema, most, rest)] : []),
  ];
}

function ofArray(schema: JsonSchema, value: readonly unknown[]): SchemaFault[] {
  const rest = { consideredValue: value };
  const { items } = schema;
  const wrong = isDocument(items) ? value.findIndex((item) => !valid(items, item)) : -1;
  return [
    ...sized(schema, ['minItems', 'maxItems'], {
      size: value.length,
      reason: 'array did not match specified length',
      ...rest,
    }),
    ...(schema.uniqueItems === true && new Set(value.map((item) => identity(item))).size !== value.length
      ? [fault(schema, 'uniqueItems', { reason: 'found a duplicate item', ...rest })]
      : []),
    ...(wrong >= 0
      ? [
          {
            operatorName: 'items',
            reason: 'At least one item did not match the sub-schema',
            itemIndex: wrong,
            details: schemaFaults(items as JsonSchema, value[wrong]),
          },
        ]
      : []),
  ];
}

function ofDocument(schema: JsonSchema, value: Document): SchemaFault[] {
  return [
    ...ofRequired(schema, value),
    ...ofProperties(schema, value),
    ...ofAdditional(schema, value),
    ...sized(schema, ['minProperties', 'maxProperties'], {
      size: Object.keys(value).length,
      reason: 'specified number of properties was not satisfied',
    }),
    ...ofDependencies(schema, value),
  ];
}

function ofRequired(schema: JsonSchema, value: Document): SchemaFault[] {
  const missing = Array.isArray(schema.required)
    ? schema.required.filter((name) => value[String(name)] === undefined)
    : [];
  return missing.length > 0 ? [fault(schema, 'required', { missingProperties: missing })] : [];
}

function ofProperties({ properties }: JsonSchema, value: Document): SchemaFault[] {
  if (!isDocument(properties)) {
    return [];
  }
  const wrong = Object.keys(properties).flatMap((name) => {
    const rule = properties[name];
    const details = isDocument(rule) && value[name] !== undefined ? schemaFaults(rule, value[name]) : [];
    const description = isDocument(rule) && rule.description !== undefined ? { description: rule.description } : {};
    return details.length > 0 ? [{ propertyName: name, ...description, details }] : [];
  });
  return wrong.length > 0 ? [{ operatorName: 'properties', propertiesNotSatisfied: wrong }] : [];
}

function ofAdditional(schema: JsonSchema, value: Document): SchemaFault[] {
  const rule = schema.additionalProperties;
  if (rule === undefined || rule === true) {
    return [];
  }
  const named = isDocument(schema.properties) ? schema.properties : {};
  const patterns = isDocument(schema.patternProperties)
    ? Object.keys(schema.patternProperties).map((pattern) => toRegExp(pattern))
    : [];
  const others = Object.keys(value).filter(
    (name) => !Object.hasOwn(named, name) && !patterns.some((pattern) => pattern.test(name)),
  );
  const wrong = rule === false ? others : others.filter((name) => !valid(rule, value[name]));
  return wrong.length > 0 ? [fault(schema, 'additionalProperties', { additionalProperties: wrong })] : [];
}

function ofDependencies(schema: JsonSchema, value: Document): SchemaFault[] {
  const { dependencies } = schema;
  if (!isDocument(dependencies)) {
    return [];
  }
  const broken = Object.keys(dependencies).some((name) => {
    const rule = dependencies[name];
    if (value[name] === undefined) {
      return false;
    }
    return Array.isArray(rule) ? rule.some((other) => value[String(other)] === undefined) : !valid(rule, value);
  });
  return broken ? [fault(schema, 'dependencies', {})] : [];
}

function combined(schema: JsonSchema, value: unknown): SchemaFault[] {
  const fitting = (rules: unknown) => (Array.isArray(rules) ? rules.filter((rule) => valid(rule, value)).length : 0);
  const count = (rules: unknown) => (Array.isArray(rules) ? rules.length : 0);
  return [
    ...(fitting(schema.allOf) < count(schema.allOf) ? [fault(schema, 'allOf', {})] : []),
    ...(schema.anyOf !== undefined && fitting(schema.anyOf) === 0 ? [fault(schema, 'anyOf', {})] : []),
    ...(schema.oneOf !== undefined && fitting(schema.oneOf) !== 1 ? [fault(schema, 'oneOf', {})] : []),
    ...(schema.not !== undefined && valid(schema.not, value)
      ? [fault(schema, 'not', { reason: 'child expression matched' })]
      : []),
  ];
}
