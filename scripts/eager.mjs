import { parse } from 'acorn';

/**
 * A minified script whose functions are compiled when the script is: V8 skips a function at first and reads it again when
 * it is called, unless parentheses stand around it. For what calls nearly all of its functions at the start.
 */
export function compiledAtOnce(script) {
  const { body } = parse(script, { ecmaVersion: 'latest' });
  const functions = body.filter(({ type }) => type === 'FunctionDeclaration');
  const [, ...rest] = body.filter((statement) => !functions.includes(statement));
  const isPlain = body[0]?.directive === 'use strict' && functions.every((each) => !each.async && !each.generator);
  if (!isPlain) throw new Error('This script does not begin as those do that esbuild makes of the preload.');
  const text = ({ start, end }) => script.slice(start, end);
  const eager = functions.map(({ id, end }) => `${id.name}=(function${script.slice(id.end, end)})`);
  return `"use strict";var ${eager.join(',')};${rest.map(text).join('\n')}\n`;
}
