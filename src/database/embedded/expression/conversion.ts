import { Binary, Decimal128, ObjectId, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { isDocument } from '../values/document.ts';
import { isInt32 } from '../values/encode.ts';
import { inInt64 } from '../values/number.ts';
import { double, isNullish, isNumeric, type Numeric, TYPE_BY_NUMBER, toNumber, typeName } from '../values/types.ts';
import { asDate } from './calendar.ts';
import { parseDate } from './date-parse.ts';
import { namedArguments, nullable, type Operator, type Operators } from './operator.ts';
import { numberText } from './texts.ts';

const CONVERSION_FAILURE = 241;
const SUFFIX = 'in $convert with no onError value';

function failure(message: string): CommandError {
  return new CommandError(CONVERSION_FAILURE, message);
}

function unsupported(value: unknown, to: string): CommandError {
  return failure(`Unsupported conversion from ${typeName(value)} to ${to} ${SUFFIX}`);
}

function toText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return String(value);
  }
  if (isNumeric(value)) {
    return numberText(value);
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (value instanceof ObjectId) {
    return value.toHexString();
  }
  if (value instanceof Binary && value.sub_type === Binary.SUBTYPE_UUID) {
    return value.toUUID().toHexString();
  }
  throw unsupported(value, 'string');
}

function toBoolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : !isNumeric(value) || toNumber(value) !== 0;
}

function toInt(value: unknown): number {
  const whole = toWhole(value, 'int');
  if (!isInt32(Number(whole))) {
    throw typeof value === 'string' ? unparsable(value, 'Overflow') : overflow(value);
  }
  return Number(whole);
}

function toLong(value: unknown): bigint {
  if (value instanceof Date) {
    return BigInt(value.getTime());
  }
  const whole = toWhole(value, 'long');
  if (!inInt64(whole)) {
    throw typeof value === 'string' ? unparsable(value, 'Overflow') : overflow(value);
  }
  return whole;
}

function overflow(value: unknown): CommandError {
  return failure(`Conversion would overflow target type ${SUFFIX}: ${String(value)}`);
}

function unparsable(text: string, why: string): CommandError {
  return failure(`Failed to parse number '${text}' ${SUFFIX}: ${why}`);
}

function toWhole(value: unknown, to: string): bigint {
  if (typeof value === 'boolean') {
    return value ? 1n : 0n;
  }
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) {
      throw unparsable(value, /^[+-]?\d/.test(value) ? 'Did not consume whole string.' : 'Did not consume any digits.');
    }
    return BigInt(value.replace(/^\+/, ''));
  }
  if (!isNumeric(value)) {
    throw unsupported(value, to);
  }
  return typeof value === 'bigint' ? value : truncatedNumber(value);
}

function truncatedNumber(value: Numeric): bigint {
  const number = toNumber(value);
  if (!Number.isFinite(number)) {
    throw failure(`Attempt to convert ${Number.isNaN(number) ? 'NaN' : 'infinity'} value to integer type ${SUFFIX}`);
  }
  if (value instanceof Decimal128 && /^-?\d+$/.test(value.toString())) {
    return BigInt(value.toString());
  }
  return BigInt(Math.trunc(number));
}

function toDouble(value: unknown): unknown {
  if (typeof value === 'string') {
    return double(parseDouble(value));
  }
  if (typeof value === 'boolean' || value instanceof Date) {
    return double(Number(value));
  }
  if (!isNumeric(value)) {
    throw unsupported(value, 'double');
  }
  return double(toNumber(value));
}

function parseDouble(text: string): number {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) {
    return Number(text);
  }
  const special = /^([+-]?)(?:inf(?:inity)?|(nan))$/i.exec(text);
  if (special) {
    return special[2] ? Number.NaN : special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  throw unparsable(text, /^[+-]?\d/.test(text) ? 'Did not consume whole string.' : 'Did not consume any digits.');
}

/** Digits that a double keeps when it becomes a decimal. */
const DOUBLE_DIGITS = 15;

function toDecimal(value: unknown): Decimal128 {
  if (value instanceof Decimal128) {
    return value;
  }
  if (typeof value === 'boolean' || value instanceof Date) {
    return Decimal128.fromString(String(Number(value)));
  }
  if (typeof value === 'string') {
    return parseDecimal(value);
  }
  if (!isNumeric(value)) {
    throw unsupported(value, 'decimal');
  }
  const exact = typeName(value) !== 'double';
  return Decimal128.fromString(exact ? String(value) : String(Number(toNumber(value).toPrecision(DOUBLE_DIGITS))));
}

function parseDecimal(text: string): Decimal128 {
  try {
    return Decimal128.fromStringWithRounding(text);
  } catch {
    throw unparsable(text, 'Failed to parse string to decimal');
  }
}

function toDate(value: unknown): Date {
  if (typeof value === 'string') {
    return parseDate(value);
  }
  if (value instanceof Date || value instanceof ObjectId || value instanceof Timestamp) {
    return asDate(value);
  }
  if (!isNumeric(value) || typeName(value) === 'int') {
    throw unsupported(value, 'date');
  }
  const date = new Date(toNumber(value));
  if (Number.isNaN(date.getTime())) {
    throw overflow(value);
  }
  return date;
}

function toObjectId(value: unknown): ObjectId {
  if (value instanceof ObjectId) {
    return value;
  }
  if (typeof value !== 'string') {
    throw unsupported(value, 'objectId');
  }
  if (value.length !== 24) {
    throw failure(
      `Failed to parse objectId '${value}' ${SUFFIX}: Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
    );
  }
  const wrong = /[^0-9a-f]/i.exec(value);
  if (wrong) {
    throw failure(
      `Failed to parse objectId '${value}' ${SUFFIX}: Invalid character found in hex string: '${wrong[0]}'`,
    );
  }
  return new ObjectId(value);
}

const CONVERSIONS: ReadonlyMap<string, (value: unknown) => unknown> = new Map<string, (value: unknown) => unknown>([
  ['string', toText],
  ['bool', toBoolean],
  ['int', toInt],
  ['long', toLong],
  ['double', toDouble],
  ['decimal', toDecimal],
  ['date', toDate],
  ['objectId', toObjectId],
]);

const convert: Operator = (argument, name, { compile }) => {
  const given = namedArguments(argument, name, {
    required: ['input', 'to'],
    optional: ['onError', 'onNull', 'format', 'byteOrder'],
    codes: [9, 9, 9],
  });
  const [input, target] = [compile(given.input), compile(given.to)];
  const onNull = compile('onNull' in given ? given.onNull : null);
  const onError = 'onError' in given ? compile(given.onError) : undefined;
  return (root, variables) => {
    const value = input(root, variables);
    const to = target(root, variables);
    const type = isDocument(to) ? to.type : to;
    if (isNullish(value)) {
      return onNull(root, variables);
    }
    if (isNullish(type)) {
      return null;
    }
    const conversion = conversionTo(type);
    try {
      return conversion(value);
    } catch (error) {
      if (onError && error instanceof CommandError && error.code === CONVERSION_FAILURE) {
        return onError(root, variables);
      }
      throw error;
    }
  };
};

function conversionTo(type: unknown): (value: unknown) => unknown {
  if (!isNumeric(type) && typeof type !== 'string') {
    throw new CommandError(9, `$convert's 'to' argument must be a string or number, but is ${typeName(type)}`);
  }
  const name = isNumeric(type) ? TYPE_BY_NUMBER.get(toNumber(type)) : type;
  const known = [...TYPE_BY_NUMBER.values()].some((each) => each === name);
  if (name === undefined || !known) {
    throw new CommandError(2, `Unknown type name: ${String(type)}`);
  }
  return (
    CONVERSIONS.get(name) ??
    ((value) => {
      throw unsupported(value, name);
    })
  );
}

function conversion(to: string): Operator {
  return nullable([1, 1], ([value]) => conversionTo(to)(value));
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/convert/ */
export const CONVERSION: Operators = new Map<string, Operator>([
  ['$convert', convert],
  ['$toString', conversion('string')],
  ['$toBool', conversion('bool')],
  ['$toInt', conversion('int')],
  ['$toLong', conversion('long')],
  ['$toDouble', conversion('double')],
  ['$toDecimal', conversion('decimal')],
  ['$toDate', conversion('date')],
  ['$toObjectId', conversion('objectId')],
]);
