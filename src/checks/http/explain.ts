import type { CheckContext, RunningServer } from '../../model/context.ts';
import type { Attempt, Difference, Failure, Observation } from '../../model/verdict.ts';
import { quote } from '../command-line.ts';
import { messages } from '../messages.ts';
import { shownContents } from '../work-contents.ts';
import { type Exchanged, wentDown } from './exchange.ts';
import { ANSWER_LIMITS } from './request.ts';
import type { FormPart, Wire } from './wire.ts';

/** A request that did not bring what the exercise asks for. */
export interface FailedExchange extends Omit<Exchanged, 'printed'> {
  differences: readonly Difference[];
}

/** The failure that a learner is shown for an exchange. `history`: requests before it with their answers. */
export async function explainExchange(
  failed: FailedExchange,
  context: CheckContext,
  history: readonly string[] = [],
): Promise<Failure> {
  const { findHttpCause } = await import('../causes/http/find.ts');
  const say = messages(context.language);
  const found = await findHttpCause(failed, context);
  const { exchange, request, server, stderr, differences } = failed;
  return {
    summary: summarize(failed, context.language),
    tried: attempt(request, server),
    differences,
    observed: [
      ...startObserved(context),
      ...(history.length > 0 ? [{ what: say('http.before'), text: history.join('\n') }] : []),
      ...(exchange.kind === 'answer' && differences.length > 0
        ? [{ what: say('http.answer'), text: `${exchange.answer.status} ${exchange.answer.statusText}` }]
        : []),
      ...(stderr.trim() === '' ? [] : [{ what: 'stderr', text: stderr.trim() }]),
    ],
    ...(found ? { cause: found.cause, next: found.next } : { next: say('next.request') }),
  };
}

/** How the server was started, where the check says so. */
function startObserved({ startedWith, entry, language }: CheckContext): Observation[] {
  if (startedWith === undefined) return [];
  const { cwd } = startedWith;
  const up = cwd?.split('/').map(() => '..');
  const command = up === undefined ? [] : [`cd ${cwd} && node ${[...up, entry].join('/')}`];
  return [
    ...shownContents(startedWith),
    ...command.map((text) => ({ what: messages(language)('http.started'), text })),
  ];
}

function summarize(failed: FailedExchange, language: string): string {
  const { exchange, differences, server } = failed;
  const say = messages(language);
  if (!server.up) {
    const hasListened = server.outcome.reports.some(({ type }) => type === 'listening');
    return say(hasListened ? 'http.ended-early' : 'http.not-started');
  }
  switch (exchange.kind) {
    case 'no-answer':
      return say('http.no-answer', { seconds: ANSWER_LIMITS.milliseconds / 1000 });
    case 'unfinished':
      return say('http.unfinished', { seconds: ANSWER_LIMITS.milliseconds / 1000 });
    case 'closed':
      return say('http.closed');
    case 'broken':
      if (server.ca !== undefined) return say('http.no-tls');
      return say('http.broken', { message: exchange.message });
    case 'too-big':
      return say('http.too-big', { megabytes: ANSWER_LIMITS.bytes / 1024 / 1024 });
    case 'answer':
      return differences.length === 0
        ? say(wentDown(failed) ? 'http.down' : 'http.sent-twice')
        : say('http.differs', { what: differences.map(({ what }) => what).join(', ') });
  }
}

/** The port that the learner's code asked for, or a usual one. */
function ownPort(server: RunningServer): number {
  const requested = server.up ? Number(server.requested) : Number.NaN;
  return Number.isInteger(requested) && requested > 0 ? requested : 3000;
}

function attempt(request: Wire, server: RunningServer): Attempt {
  const { method, target, headers, body, parts } = request;
  const words = ['curl', '-i'];
  if (method !== 'GET' && !(method === 'POST' && body !== undefined)) words.push('-X', method);
  for (const [name, value] of Object.entries(headers)) {
    const isOfForm = value === 'application/x-www-form-urlencoded' || parts !== undefined;
    if (name !== 'content-length' && !(name === 'content-type' && isOfForm))
      words.push('-H', quote(`${name}: ${value}`));
  }
  for (const part of parts ?? []) words.push('-F', quote(formArgument(part)));
  const shown = parts?.map(partText).join('\n') ?? (body === undefined ? undefined : printable(body));
  if (body !== undefined && parts === undefined) words.push(...bodyArguments(body));
  const isTls = server.up && server.ca !== undefined;
  if (isTls) words.push('--cacert', 'cert.pem');
  words.push(quote(`${isTls ? 'https' : 'http'}://localhost:${ownPort(server)}${target}`));
  return { kind: 'request', method, target, curl: words.join(' '), ...(shown === undefined ? {} : { body: shown }) };
}

/** How long a file may be that stands in the line itself, in bytes. */
const INLINE_BYTES = 200;

/** A part as curl's -F takes it: a short text as it stands, else by the name of a file. */
function formArgument({ name, content, file }: FormPart): string {
  const isShort = content.length <= INLINE_BYTES;
  const text = `"${content.toString('utf8').replace(/["\\]/g, '\\$&')}"`;
  if (file === undefined) return `${name}=${text}`;
  const rest = isShort ? `;filename=${file.name}` : '';
  return `${name}=${isShort ? text : `@${file.name}`}${rest};type=${file.type}`;
}

function partText({ name, content, file }: FormPart): string {
  if (file === undefined) return `${name}=${printable(content)}`;
  const bytes = new Intl.NumberFormat('en').format(content.length);
  return `${name}: ${file.name} (${file.type}, ${bytes} bytes)`;
}

const MOST_BYTES = 2_000;
const BEGINNING = 120;

/** A body as it can be shown: cut, where it is long. */
function printable(body: Buffer | string): string {
  if (!isLong(body)) return String(body);
  const bytes = new Intl.NumberFormat('en').format(Buffer.byteLength(body));
  return `${body.toString().slice(0, BEGINNING)}… (${bytes} bytes in all)`;
}

function bodyArguments(body: Buffer | string): string[] {
  return isLong(body) ? ['--data-binary', '@body.txt'] : ['-d', quote(printable(body))];
}

function isLong(body: Buffer | string): boolean {
  return body.length > MOST_BYTES;
}
