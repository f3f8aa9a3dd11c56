import { BSONRegExp } from 'bson';
import { CommandError } from '../errors.ts';
import { type Document, document } from '../values/document.ts';
import { toRegExp } from '../values/regex.ts';
import { isNullish, typeName } from '../values/types.ts';
import { named, type Operator, type Operators } from './operator.ts';

const PARAMETERS = {
  required: ['input', 'regex'],
  optional: ['options'],
  codes: [51103, 31024, [31022, 31023]],
} as const;

/** `$regexMatch` and its like; `none` is their value when the text or the pattern is null. */
function search(none: unknown, find: (text: string, pattern: RegExp) => unknown): Operator {
  return named(PARAMETERS, (values, name) => {
    const pattern = patternOf(values, name);
    if (!isNullish(values.input) && typeof values.input !== 'string') {
      throw new CommandError(51104, `${name} needs 'input' to be of type string`);
    }
    return isNullish(values.input) || !pattern ? none : find(values.input as string, pattern);
  });
}

function patternOf({ regex, options }: Document, name: string): RegExp | undefined {
  if (!isNullish(options) && typeof options !== 'string') {
    throw new CommandError(51106, `${name} needs 'options' to be of type string`);
  }
  if (isNullish(regex)) {
    return undefined;
  }
  if (regex instanceof BSONRegExp) {
    if (regex.options !== '' && options) {
      throw new CommandError(51107, `${name} found regex option(s) specified in both 'regex' and 'option' fields`);
    }
    return toRegExp(regex.pattern, regex.options || String(options ?? ''));
  }
  if (typeof regex !== 'string') {
    throw new CommandError(51105, `${name} needs 'regex' to be of type string or regex, found ${typeName(regex)}`);
  }
  return toRegExp(regex, String(options ?? ''));
}

function hit(text: string, found: RegExpExecArray): Document {
  return document([
    ['match', found[0]],
    ['idx', [...text.slice(0, found.index)].length],
    ['captures', found.slice(1).map((capture) => capture ?? null)],
  ]);
}

function firstHit(text: string, pattern: RegExp): Document | null {
  const found = pattern.exec(text);
  return found && hit(text, found);
}

function allHits(text: string, pattern: RegExp): Document[] {
  return [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map((found) => hit(text, found));
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/regexFind/ */
export const REGEX: Operators = new Map<string, Operator>([
  ['$regexMatch', search(false, (text, pattern) => pattern.test(text))],
  ['$regexFind', search(null, firstHit)],
  ['$regexFindAll', search([], allHits)],
]);
