import { CommandError } from '../errors.ts';
import { byBytes } from '../values/compare.ts';
import type { Document } from '../values/document.ts';
import { isNullish } from '../values/types.ts';
import { coercedText, textArgument } from './arguments.ts';
import { checkItemCount, checkTextLength } from './limits.ts';
import { ANY, type Evaluate, named, nullable, type Operator, type Operators, positional } from './operator.ts';
import { SUBSTRINGS } from './substrings.ts';
import { asciiLower, asciiUpper } from './texts.ts';

const concat: Evaluate = (values) => {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) {
      return null;
    }
    text += textArgument(value, [16702, '$concat only supports strings, not ']);
    checkTextLength(text.length);
  }
  return text;
};

const split: Evaluate = ([text, separator], name) => {
  const input = textArgument(text, [
    40085,
    `${name} requires an expression that evaluates to a string as a first argument, found: `,
  ]);
  const between = textArgument(separator, [
    40086,
    `${name} requires an expression that evaluates to a string as a second argument, found: `,
  ]);
  if (between === '') {
    throw new CommandError(40087, '$split requires a non-empty separator');
  }
  const parts = input.split(between);
  checkItemCount(parts.length, name);
  return parts;
};

const compareWithoutCase: Evaluate = ([left, right]) =>
  byBytes(asciiUpper(coercedText(left)), asciiUpper(coercedText(right)));

/** What `$trim` takes away without `chars`. */
const BLANKS: ReadonlySet<string> = new Set(
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);

function trim(sides: { left: boolean; right: boolean }): Operator {
  return named({ required: ['input'], optional: ['chars'], codes: [50696, 50694, 50695] }, (values, name) => {
    if (isNullish(values.input) || ('chars' in values && isNullish(values.chars))) {
      return null;
    }
    const points = [...textArgument(values.input, [50699, `${name} requires its input to be a string, got `])];
    const blanks = 'chars' in values ? new Set(trimmed(values, name)) : BLANKS;
    let start = 0;
    let end = points.length;
    while (sides.left && start < end && blanks.has(points[start] as string)) {
      start++;
    }
    while (sides.right && end > start && blanks.has(points[end - 1] as string)) {
      end--;
    }
    return points.slice(start, end).join('');
  });
}

function trimmed({ chars }: Document, name: string): string {
  return textArgument(chars, [50700, `${name} requires 'chars' to be a string, got `]);
}

function replace(all: boolean): Operator {
  const parameters = {
    required: ['input', 'find', 'replacement'],
    codes: [51751, 51750, [51749, 51748, 51747]],
  } as const;
  return named(parameters, (values, name) => {
    const [input, find, replacement] = [
      replaced(values.input, [51746, `${name} requires that 'input' be a string, found: `]),
      replaced(values.find, [51745, `${name} requires that 'find' be a string, found: `]),
      replaced(values.replacement, [51744, `${name} requires that 'replacement' be a string, found: `]),
    ];
    if (input === null || find === null || replacement === null) {
      return null;
    }
    return all ? replaceAll(input, find, replacement) : input.replace(find, () => replacement);
  });
}

function replaced(value: unknown, complaint: readonly [number, string]): string | null {
  return isNullish(value) ? null : textArgument(value, complaint);
}

/** An empty text is found before each character and at the end. */
function replaceAll(input: string, find: string, replacement: string): string {
  const parts = find === '' ? ['', ...input, ''] : input.split(find);
  checkTextLength(input.length + (parts.length - 1) * (replacement.length - find.length));
  return parts.join(replacement);
}

const lengthInPoints: Evaluate = ([value]) =>
  [...textArgument(value, [34471, '$strLenCP requires a string argument, found: '])].length;

const lengthInBytes: Evaluate = ([value]) =>
  Buffer.byteLength(textArgument(value, [34473, '$strLenBytes requires a string argument, found: ']));

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/#string-expression-operators */
export const STRINGS: Operators = new Map<string, Operator>([
  ['$concat', positional(ANY, concat)],
  ['$split', nullable([2, 2], split)],
  ['$toUpper', positional([1, 1], ([value]) => asciiUpper(coercedText(value)))],
  ['$toLower', positional([1, 1], ([value]) => asciiLower(coercedText(value)))],
  ['$strcasecmp', positional([2, 2], compareWithoutCase)],
  ['$strLenCP', positional([1, 1], lengthInPoints)],
  ['$strLenBytes', positional([1, 1], lengthInBytes)],
  ['$trim', trim({ left: true, right: true })],
  ['$ltrim', trim({ left: true, right: false })],
  ['$rtrim', trim({ left: false, right: true })],
  ['$replaceOne', replace(false)],
  ['$replaceAll', replace(true)],
  ...SUBSTRINGS,
]);
