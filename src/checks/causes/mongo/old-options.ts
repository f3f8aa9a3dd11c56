import type { CheckSay } from '../../messages.ts';
import { type Found, found } from '../found.ts';
import type { ParsedSource } from '../source.ts';
import { wordIn } from './driver-calls.ts';

/** Options of older versions, which the driver refuses when it connects. */
export function oldOptions(printed: string, files: readonly ParsedSource[], say: CheckSay): Found | undefined {
  const told = /\boptions? (\w+)(?:, \w+)* (?:is|are) not supported/i.exec(printed)?.[1];
  if (told === undefined) return undefined;
  // The driver tells it in small letters.
  const { name: option = told, location } = wordIn(files, told) ?? {};
  return found('old-options', say('cause.old-options', { option }), { next: say('cause.old-options.next'), location });
}
