import type { CheckContext, Ran } from '../../model/context.ts';
import type { ServiceRecord } from '../../model/services.ts';
import type { Failure } from '../../model/verdict.ts';
import { commandLine } from '../command-line.ts';
import { messages } from './messages.ts';
import { receivedLine } from './request-text.ts';

/** The failure of a check in which a service waited in vain for requests at the same time; undefined when none did. */
export function holdFailure(
  records: readonly ServiceRecord[],
  context: CheckContext,
  ran: Ran | undefined,
): Failure | undefined {
  const record = records.find(({ hold, requests }) => hold !== undefined && !hold.met && requests.length > 0);
  if (record?.hold === undefined) return undefined;
  const say = messages(context.language);
  const { wanted, there } = record.hold;
  return {
    summary: say('hold.summary', { there, wanted, was: say(there === 1 ? 'hold.was' : 'hold.were') }),
    tried: { kind: 'command', line: commandLine(context.entry, ran?.input ?? { args: [], env: {} }) },
    differences: [{ what: say('hold.what'), relation: 'equals', expected: String(wanted), got: String(there) }],
    observed: [{ what: say('received'), text: record.requests.map(receivedLine).join('\n') }],
    cause: { name: 'one-after-the-other', text: say('cause.one-after-the-other', { wanted }) },
    next: say('cause.one-after-the-other.next'),
  };
}
