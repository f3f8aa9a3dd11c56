import { CommandError } from '../errors.ts';
import { isNullish, isNumeric, toNumber, typeName } from '../values/types.ts';
import { coercedText, int32Argument, textArgument } from './arguments.ts';
import { type Evaluate, type Operator, type Operators, positional } from './operator.ts';

const substringOfPoints: Evaluate = ([value, from, count], name) => {
  const text = coercedText(value);
  const start = int32Argument(
    from,
    [34450, `${name}: starting index must be a numeric type (is BSON type `],
    [34451, `${name}: starting index cannot be represented as a 32-bit integral value: `],
  );
  const length = int32Argument(
    count,
    [34452, `${name}: length must be a numeric type (is BSON type `],
    [34453, `${name}: length cannot be represented as a 32-bit integral value: `],
  );
  if (length < 0) {
    throw new CommandError(34454, `${name}: length must be a nonnegative integer.`);
  }
  if (start < 0) {
    throw new CommandError(34455, `${name}: the starting index must be nonnegative integer.`);
  }
  return [...text].slice(start, start + length).join('');
};

const substringOfBytes: Evaluate = ([value, from, count], name) => {
  const bytes = Buffer.from(coercedText(value));
  if (!isNumeric(from)) {
    throw new CommandError(16034, `${name}: starting index must be a numeric type (is BSON type ${typeName(from)})`);
  }
  if (!isNumeric(count)) {
    throw new CommandError(16035, `${name}: length must be a numeric type (is BSON type ${typeName(count)})`);
  }
  const [start, length] = [Math.trunc(toNumber(from)), Math.trunc(toNumber(count))];
  if (start < 0) {
    throw new CommandError(50752, `${name}: starting index must be non-negative (got: ${start})`);
  }
  const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length);
  if (isContinuation(bytes[start])) {
    throw new CommandError(28656, `${name}: Invalid range, starting index is a UTF-8 continuation byte.`);
  }
  if (isContinuation(bytes[end])) {
    throw new CommandError(28657, `${name}: Invalid range, ending index is in the middle of a UTF-8 character.`);
  }
  return bytes.subarray(start, end).toString();
};

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

interface Search {
  text: string;
  token: string;
  start: number;
  end: number;
}

/** `$indexOfCP`, `$indexOfBytes`: arguments, and the codes of a wrong first and second one. */
function indexOf(codes: readonly [number, number], find: (search: Search) => number): Operator {
  return positional([2, 4], ([value, token, from, to], name) => {
    if (isNullish(value)) {
      return null;
    }
    return find({
      text: textArgument(value, [codes[0], `${name} requires a string as the first argument, found: `]),
      token: textArgument(token, [codes[1], `${name} requires a string as the second argument, found: `]),
      start: bound(from, name, 'starting') ?? 0,
      end: bound(to, name, 'ending') ?? Number.POSITIVE_INFINITY,
    });
  });
}

/** A position where a search starts or ends. */
export function bound(value: unknown, name: string, which: 'starting' | 'ending'): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const message = `${name} requires an integral ${which} index, found a value of type: `;
  const index = int32Argument(value, [40096, message], [40096, message]);
  if (index < 0) {
    throw new CommandError(40097, `${name} requires a nonnegative ${which} index, found: ${index}`);
  }
  return index;
}

function indexInPoints({ text, token, start, end }: Search): number {
  const points = [...text];
  if (start > Math.min(end, points.length)) {
    return -1;
  }
  const found = points.slice(start, end).join('').indexOf(token);
  return found < 0 ? -1 : start + [...points.slice(start).join('').slice(0, found)].length;
}

function indexInBytes({ text, token, start, end }: Search): number {
  const bytes = Buffer.from(text);
  return start > Math.min(end, bytes.length) ? -1 : bytes.subarray(0, end).indexOf(token, start);
}

/** Parts of texts, counted in code points or in bytes of UTF-8. */
export const SUBSTRINGS: Operators = new Map<string, Operator>([
  ['$substrCP', positional([3, 3], substringOfPoints)],
  ['$substrBytes', positional([3, 3], substringOfBytes)],
  ['$substr', positional([3, 3], substringOfBytes)],
  ['$indexOfCP', indexOf([40093, 40094], indexInPoints)],
  ['$indexOfBytes', indexOf([40091, 40092], indexInBytes)],
]);
