import type { CheckSay } from '../../messages.ts';
import { type Found, found } from '../found.ts';
import type { ParsedSource } from '../source.ts';
import { wordIn } from './driver-calls.ts';

/** Options that older versions took, and that learners copy from older texts. */
const OLD = [
  'useNewUrlParser',
  'useUnifiedTopology',
  'useCreateIndex',
  'useFindAndModify',
  'keepAlive',
  'poolSize',
  'autoReconnect',
  'reconnectTries',
  'reconnectInterval',
];

/** Options of older versions, which the driver refuses when it connects. */
export function oldOptions(printed: string, files: readonly ParsedSource[], say: CheckSay): Found | undefined {
  // The driver tells it in small letters.
  const told = /\boptions? (\w+)(?:, \w+)* (?:is|are) not supported/i.exec(printed)?.[1]?.toLowerCase();
  const option = OLD.find((name) => name.toLowerCase() === told);
  if (option === undefined) return undefined;
  return found('old-options', say('cause.old-options', { option }), {
    next: say('cause.old-options.next'),
    location: wordIn(files, option)?.location,
  });
}
