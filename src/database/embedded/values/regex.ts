import type { BSONRegExp } from 'bson';
import { CommandError } from '../errors.ts';

const OPTIONS = 'imsxu';

/**
 * The JavaScript expression of a PCRE pattern with its options (`i m s x`). Constructs that only PCRE has are refused
 * as the server refuses a broken pattern.
 *
 * @throws CommandError 51108 for an unknown option, 51091 for a pattern that is none
 */
export function toRegExp(pattern: string, options = ''): RegExp {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const wanted = new Set(options + (inline?.[1] ?? ''));
  for (const option of wanted) {
    if (!OPTIONS.includes(option)) {
      throw new CommandError(51108, `invalid flag in regex options: ${option}`);
    }
  }
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const source = wanted.has('x') ? withoutSpace(body) : body;
  return build(source, [...wanted].filter((option) => 'ims'.includes(option)).join(''));
}

/** Unicode mode first, since PCRE counts code points; without it for patterns that JavaScript's mode is too strict for. */
function build(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      throw new CommandError(51091, `Regular expression is invalid: ${(error as Error).message}`);
    }
  }
}

/** Option `x`: white space and comments outside of classes do not count. */
function withoutSpace(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) => (/^[\\[]/.test(part) ? part : ''));
}

/** The expression of a stored regular expression. */
export function compiled(value: BSONRegExp): RegExp {
  return toRegExp(value.pattern, value.options);
}
