import type { CheckContext, PartOutcome, Ran } from '../../model/context.ts';
import type {
  ExpectedRequest,
  ReceivedRequest,
  RequestsSpec,
  ServiceRecord,
  ServiceRequests,
} from '../../model/services.ts';
import type { Difference, Failure } from '../../model/verdict.ts';
import { commandLine } from '../command-line.ts';
import { jsonDifference } from '../json.ts';
import { matchText } from '../match-text.ts';
import { runToLookAt } from '../own-run.ts';
import { messages } from './messages.ts';
import { expectedLine, receivedLine } from './request-text.ts';

/** The `requests` kind: looks at what the exercise's services got since the check began. */
export async function evaluateRequests(spec: RequestsSpec, context: CheckContext, before?: Ran): Promise<PartOutcome> {
  const found = await runToLookAt(before, context);
  if ('outcome' in found) return found.outcome;
  const { ran } = found;
  const records = context.services();
  for (const [name, expected] of Object.entries(spec)) {
    const record = records.find((each) => each.name === name);
    if (record === undefined) throw new Error(`The exercise has no service ${name}.`);
    const difference =
      linesDifference(expected, record, context) ?? (await detailDifference(expected, record, context));
    if (difference) return { status: 'failed', failure: explain(difference, { record, ran, context }) };
  }
  return { status: 'passed', ran };
}

/** Whether just these requests came, by method, path and query. */
function linesDifference(
  { list, order }: ServiceRequests,
  { name, requests }: ServiceRecord,
  { render, language }: CheckContext,
): Difference | undefined {
  const say = messages(language);
  const inOrder = (lines: string[]) => (order ? lines : lines.sort()).join('\n');
  const expected = inOrder(list.map((request) => expectedLine(request, render)));
  const got = inOrder(requests.map(receivedLine));
  if (expected === got) return undefined;
  const told = (lines: string) => (lines === '' ? say('none') : lines);
  return { what: say('what', { name }), relation: 'equals', expected: told(expected), got: told(got) };
}

/** Headers and bodies, of requests that are the same by method, path and query. */
async function detailDifference(
  { list, order }: ServiceRequests,
  { requests }: ServiceRecord,
  context: CheckContext,
): Promise<Difference | undefined> {
  const left = [...requests];
  for (const expected of list) {
    const line = expectedLine(expected, context.render);
    let first: Difference | undefined;
    let matched: ReceivedRequest | undefined;
    for (const received of left.filter((request) => receivedLine(request) === line)) {
      const difference = await requestDifference(expected, received, context);
      if (difference === undefined) matched = received;
      first ??= difference;
      if (matched !== undefined || order) break;
    }
    if (matched === undefined) return first;
    left.splice(left.indexOf(matched), 1);
  }
  return undefined;
}

async function requestDifference(
  expected: ExpectedRequest,
  received: ReceivedRequest,
  { render, language }: CheckContext,
): Promise<Difference | undefined> {
  const say = messages(language);
  const request = receivedLine(received);
  for (const [header, matcher] of Object.entries(expected.headers)) {
    const got = received.headers[header.toLowerCase()] ?? '';
    const difference = await matchText(matcher, { what: say('what.header', { header, request }), got }, render);
    if (difference) return difference;
  }
  const { json, jsonHas, body } = expected;
  const what = say('what.body', { request });
  const got = received.body;
  return (
    (json === undefined ? undefined : jsonDifference(what, render(json), { got })) ??
    (jsonHas === undefined ? undefined : jsonDifference(what, render(jsonHas), { got, partly: true })) ??
    (body && (await matchText(body, { what, got }, render)))
  );
}

function explain(
  difference: Difference,
  { record, ran, context }: { record: ServiceRecord; ran: Ran; context: CheckContext },
): Failure {
  const say = messages(context.language);
  const tried = { kind: 'command', line: commandLine(context.entry, ran.input) } as const;
  const base = { summary: say('differs'), tried, differences: [difference] };
  if (record.requests.length === 0) {
    const cause = { name: 'no-request', text: say('cause.no-request') };
    return { ...base, observed: [], cause, next: say('cause.no-request.next') };
  }
  const isDetail = difference.what !== say('what', { name: record.name });
  return { ...base, observed: [], next: say(isDetail ? 'next.detail' : 'next.differs') };
}
