import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckContext } from '../../model/context.ts';
import type { CheckSay } from '../messages.ts';
import type { PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { sourceLine } from './source.ts';

/** A package.json beside the program that Node.js cannot read. */
export async function brokenPackage(
  { message }: PrintedError,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const file = /(?:Invalid package config|Error parsing) \S*?[/\\]work[/\\](\S*package\.json)/.exec(message)?.[1];
  return file === undefined ? undefined : invalidPackage(file.replaceAll('\\', '/'), context, say);
}

/** A package.json of the submission that is not JSON, with the place where that begins; undefined when it is JSON. */
export async function invalidPackage(
  file: string,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (file.split('/').includes('..')) return undefined;
  const absolute = path.join(submission, file);
  const text = beforeFault(await readFile(absolute, 'utf8').catch(() => '{}'));
  if (text === undefined) return undefined;
  const before = text.split('\n');
  const source = await sourceLine(absolute, before.length);
  const column = (before.at(-1) ?? '').length + 1;
  return found('package-json', say('cause.package-json', { file }), {
    next: say('cause.package-json.next'),
    ...(source !== undefined && { location: { file, line: before.length, column, source } }),
  });
}

/** The text before the first fault; V8 says where with `at position 12`, unless the text ends too early. */
function beforeFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return text.slice(0, Number(position ?? text.trimEnd().length));
  }
}
