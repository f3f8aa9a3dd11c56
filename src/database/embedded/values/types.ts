import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { isInt32 } from './encode.ts';

/** Any number that the server stores: int32 or fractional double, whole double, int64, decimal. */
export type Numeric = number | Double | bigint | Decimal128;

/** BSON's types by the alias that `$type` knows. `missing` is what expressions see where there is no field. */
export type TypeName =
  | 'minKey'
  | 'missing'
  | 'null'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'string'
  | 'symbol'
  | 'object'
  | 'array'
  | 'binData'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'timestamp'
  | 'regex'
  | 'javascript'
  | 'javascriptWithScope'
  | 'maxKey';

/** Type numbers of the BSON specification with their aliases. */
export const TYPE_BY_NUMBER: ReadonlyMap<number, TypeName | 'undefined' | 'dbPointer'> = new Map([
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [6, 'undefined'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex'],
  [12, 'dbPointer'],
  [13, 'javascript'],
  [14, 'symbol'],
  [15, 'javascriptWithScope'],
  [16, 'int'],
  [17, 'timestamp'],
  [18, 'long'],
  [19, 'decimal'],
  [-1, 'minKey'],
  [127, 'maxKey'],
]);

/** The alias of a value's type. */
export function typeName(value: unknown): TypeName {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return 'string';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'bigint':
      return 'long';
    case 'boolean':
      return 'bool';
    default:
      return value === null ? 'null' : objectTypeName(value as object);
  }
}

const CLASS_NAMES: readonly (readonly [new (...args: never[]) => object, TypeName])[] = [
  [ObjectId, 'objectId'],
  [Date, 'date'],
  [Double, 'double'],
  [Decimal128, 'decimal'],
  [Binary, 'binData'],
  [BSONRegExp, 'regex'],
  [Timestamp, 'timestamp'],
  [BSONSymbol, 'symbol'],
  [MinKey, 'minKey'],
  [MaxKey, 'maxKey'],
];

function objectTypeName(value: object): TypeName {
  if (Array.isArray(value)) {
    return 'array';
  }
  if (value instanceof Code) {
    return value.scope ? 'javascriptWithScope' : 'javascript';
  }
  return CLASS_NAMES.find(([kind]) => value instanceof kind)?.[1] ?? 'object';
}

/** Whether a value is of one of the four numeric types. */
export function isNumeric(value: unknown): value is Numeric {
  return (
    typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal128
  );
}

/** Whether a value is null, or not there. */
export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** The truth of a value in an expression: false, null, missing and zero are false, all else is true. */
export function isTruthy(value: unknown): boolean {
  if (isNullish(value) || value === false) {
    return false;
  }
  return isNumeric(value) ? toNumber(value) !== 0 : true;
}

/** A numeric value as a JavaScript number (an int64 or decimal beyond 2^53 loses its last digits); NaN for others. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  if (value instanceof Double) {
    return value.value;
  }
  return typeof value === 'bigint' || value instanceof Decimal128 ? Number(value.toString()) : Number.NaN;
}

/** A JavaScript number as a double, whole or not. */
export function double(value: number): number | Double {
  return Number.isInteger(value) ? new Double(value) : value;
}
