import type { CheckContext, PartOutcome, Ran, RunningServer } from '../model/context.ts';
import type { HttpExpectation, HttpStep, Template } from '../model/course.ts';
import type { Attempt, Difference, Failure } from '../model/verdict.ts';
import { quote } from './command-line.ts';
import { matchText, valueText } from './match-text.ts';
import { messages } from './messages.ts';
import { ANSWER_LIMITS, type Answer, type Exchange, send, settle, type WireRequest } from './request.ts';

type Up = Extract<RunningServer, { up: true }>;

/** The `http` kind: sends requests to the exercise's server and looks at the answers, one after the other. */
export async function evaluateHttp(steps: readonly HttpStep[], context: CheckContext): Promise<PartOutcome> {
  let ran: Ran | undefined;
  for (const step of steps) {
    const server = await context.server();
    const failure = server.up ? await evaluateStep(step, server, context) : await notStarted(step, server, context);
    if (failure) return { status: 'failed', failure };
    if (server.up) ran = { work: server.work, input: { args: [], env: {} } };
  }
  return { status: 'passed', ...(ran && { ran }) };
}

/** One request with what came of it. */
export interface FailedExchange {
  request: Omit<WireRequest, 'port'>;
  exchange: Exchange;
  differences: readonly Difference[];
  /** What the server printed on stderr since the request was sent. */
  stderr: string;
  server: RunningServer;
}

async function evaluateStep(step: HttpStep, server: Up, context: CheckContext): Promise<Failure | undefined> {
  const request = wireRequest(step, context.render);
  const before = server.program.output().stderr.length;
  const exchange = await send({ ...request, port: server.port });
  if (exchange.kind === 'answer') await settle(server.port);
  const stderr = server.program.output().stderr.slice(before);
  const differences = exchange.kind === 'answer' ? await answerDifferences(step.expect, exchange.answer, context) : [];
  if (exchange.kind === 'answer' && differences.length === 0 && !stderr.includes('ERR_HTTP_HEADERS_SENT'))
    return undefined;
  return explain({ request, exchange, differences, stderr, server }, context);
}

async function notStarted(step: HttpStep, server: RunningServer, context: CheckContext): Promise<Failure> {
  const request = wireRequest(step, context.render);
  const stderr = server.up ? '' : server.outcome.stderr.text;
  return explain({ request, exchange: { kind: 'closed' }, differences: [], stderr, server }, context);
}

function wireRequest(step: HttpStep, render: CheckContext['render']): Omit<WireRequest, 'port'> {
  const fields = (map: Readonly<Record<string, Template>>) =>
    Object.entries(map).map(([name, template]): [string, string] => [name, valueText(render(template))]);
  const query = new URLSearchParams(fields(step.query ?? {})).toString();
  const path = valueText(render(step.path));
  const { body, type } = requestBody(step, render);
  return {
    method: step.method,
    target:
      encodeURI(path).replace(/%25([0-9A-Fa-f]{2})/g, '%$1') + (query && `${path.includes('?') ? '&' : '?'}${query}`),
    headers: {
      ...(type ? { 'content-type': type } : {}),
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...Object.fromEntries(fields(step.headers ?? {})),
    },
    ...(body === undefined ? {} : { body }),
  };
}

function requestBody(step: HttpStep, render: CheckContext['render']): { body?: string; type?: string } {
  if (step.form) {
    const pairs = Object.entries(step.form).map(([name, template]): [string, string] => [
      name,
      valueText(render(template)),
    ]);
    return { body: new URLSearchParams(pairs).toString(), type: 'application/x-www-form-urlencoded' };
  }
  if (step.json !== undefined) return { body: JSON.stringify(render(step.json)), type: 'application/json' };
  return step.body === undefined ? {} : { body: valueText(render(step.body)) };
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', json: 'application/json', text: 'text/plain' };

async function answerDifferences(
  expect: HttpExpectation,
  answer: Answer,
  { render }: CheckContext,
): Promise<Difference[]> {
  const differences: (Difference | undefined)[] = [];
  if (expect.status !== undefined && !statusMatches(expect.status, answer.status)) {
    const got = `${answer.status} ${answer.statusText}`.trim();
    differences.push({ what: 'status', relation: 'equals', expected: String(expect.status), got });
  }
  if (expect.redirect !== undefined) differences.push(redirectDifference(valueText(render(expect.redirect)), answer));
  if (expect.type !== undefined) {
    const expected = TYPES[expect.type] ?? expect.type;
    const got = answer.headers['content-type'] ?? 'none';
    const isSame = got.split(';')[0]?.trim().toLowerCase() === expected;
    if (!isSame) differences.push({ what: 'content type', relation: 'equals', expected, got });
  }
  for (const [name, matcher] of Object.entries(expect.headers ?? {})) {
    differences.push(
      await matchText(matcher, { what: `header ${name}`, got: answer.headers[name.toLowerCase()] ?? '' }, render),
    );
  }
  if (expect.body) differences.push(await matchText(expect.body, { what: 'body', got: answer.body }, render));
  return differences.filter((difference) => difference !== undefined);
}

function statusMatches(expected: number | string, got: number): boolean {
  const text = String(expected);
  return /^[1-5]xx$/i.test(text) ? text[0] === String(got)[0] : text === String(got);
}

/** The target counts by path and query; an absolute link to the learner's own hard-coded host is as good. */
function redirectDifference(expected: string, { headers, status }: Answer): Difference | undefined {
  const { location } = headers;
  const target =
    location === undefined
      ? `none (status ${status})`
      : location.replace(/^https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?/, '');
  const isRedirect = status >= 300 && status < 400 && target === expected;
  return isRedirect ? undefined : { what: 'redirect', relation: 'equals', expected, got: target };
}

async function explain(failed: FailedExchange, context: CheckContext): Promise<Failure> {
  const { findHttpCause } = await import('./causes/http-causes.ts');
  const say = messages(context.language);
  const found = await findHttpCause(failed, context);
  const { exchange, request, server, stderr, differences } = failed;
  return {
    summary: summarize(failed, context.language),
    tried: attempt(request, server),
    differences,
    observed: [
      ...(exchange.kind === 'answer' && differences.length > 0
        ? [{ what: 'answer', text: `${exchange.answer.status} ${exchange.answer.statusText}` }]
        : []),
      ...(stderr.trim() === '' ? [] : [{ what: 'stderr', text: stderr.trim() }]),
    ],
    ...(found ? { cause: found.cause, next: found.next } : { next: say('next.request') }),
  };
}

function summarize({ exchange, differences, server }: FailedExchange, language: string): string {
  const say = messages(language);
  if (!server.up) return say('http.not-started');
  switch (exchange.kind) {
    case 'no-answer':
      return say('http.no-answer', { seconds: ANSWER_LIMITS.milliseconds / 1000 });
    case 'closed':
      return say('http.closed');
    case 'broken':
      return say('http.broken', { message: exchange.message });
    case 'too-big':
      return say('http.too-big', { megabytes: ANSWER_LIMITS.bytes / 1024 / 1024 });
    case 'answer':
      return differences.length === 0
        ? say('http.sent-twice')
        : say('http.differs', { what: differences.map(({ what }) => what).join(', ') });
  }
}

function attempt(request: Omit<WireRequest, 'port'>, server: RunningServer): Attempt {
  const requested = server.up ? Number(server.requested) : Number.NaN;
  const port = Number.isInteger(requested) && requested > 0 ? requested : 3000;
  const { method, target, headers, body } = request;
  const words = ['curl', '-i'];
  if (method !== 'GET' && !(method === 'POST' && body !== undefined)) words.push('-X', method);
  for (const [name, value] of Object.entries(headers)) {
    if (name !== 'content-length' && value !== 'application/x-www-form-urlencoded')
      words.push('-H', quote(`${name}: ${value}`));
  }
  if (body !== undefined) words.push('-d', quote(body));
  words.push(quote(`http://localhost:${port}${target}`));
  return { kind: 'request', method, target, curl: words.join(' '), ...(body === undefined ? {} : { body }) };
}
