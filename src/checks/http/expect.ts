import type { Template, Value } from '../../model/course.ts';
import type { HttpExpectation, StatusSpec } from '../../model/http.ts';
import type { Difference } from '../../model/verdict.ts';
import { jsonDifference } from '../json.ts';
import { matchText, valueText } from '../match-text.ts';
import { valueAt, valueDifference } from '../values.ts';
import { readSetCookie } from './cookies.ts';
import type { Answer } from './request.ts';
import { resolveTarget, withoutOrigin } from './target.ts';

type Render = (template: Template) => Value;

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', json: 'application/json', text: 'text/plain' };
/** Everything in which an answer is not as the exercise asks, the most telling first. */
export async function answerDifferences(
  expect: HttpExpectation,
  { answer, target }: { answer: Answer; target: string },
  render: Render,
): Promise<Difference[]> {
  const texts: [string, Parameters<typeof matchText>[0], string][] = [
    ...Object.entries(expect.headers ?? {}).map(([name, matcher]): [string, typeof matcher, string] => [
      `header ${name}`,
      matcher,
      answer.headers[name.toLowerCase()] ?? '',
    ]),
    ...Object.entries(expect.cookies ?? {}).map(([name, matcher]): [string, typeof matcher, string] => [
      `cookie ${name}`,
      matcher,
      answer.setCookie.map(readSetCookie).findLast((cookie) => cookie.name === name)?.line ?? '',
    ]),
    ...(expect.body ? [['body', expect.body, answer.body] satisfies [string, typeof expect.body, string]] : []),
  ];
  const differences = [
    expect.status === undefined ? undefined : statusDifference(expect.status, answer),
    redirectDifference(expect.redirect, { answer, target }, render),
    typeDifference(expect, answer),
  ];
  for (const [what, matcher, got] of texts) differences.push(await matchText(matcher, { what, got }, render));
  return [...differences, ...jsonDifferences(expect, answer, render)].filter((difference) => difference !== undefined);
}

/** How an answer's status differs from what is asked for. */
export function statusDifference(wanted: StatusSpec, answer: Answer): Difference | undefined {
  const all = [wanted].flat().map(String);
  const got = String(answer.status);
  const matches = all.some((one) => (/^[1-5]xx$/i.test(one) ? one[0] === got[0] : one === got));
  if (matches) return undefined;
  const expected = all.join(' or ');
  return { what: 'status', relation: 'equals', expected, got: `${got} ${answer.statusText}`.trim() };
}

/** The target counts by path and query; a relative one, and one of the learner's own hard-coded host, are as good. */
function redirectDifference(
  redirect: Template | undefined,
  { answer: { headers, status }, target }: { answer: Answer; target: string },
  render: Render,
): Difference | undefined {
  if (redirect === undefined) return undefined;
  const expected = valueText(render(redirect));
  const { location } = headers;
  const got = location === undefined ? `none (status ${status})` : withoutOrigin(location);
  const leads = location === undefined ? [] : [got, resolveTarget({ target }, location)];
  if (status >= 300 && status < 400 && leads.includes(expected)) return undefined;
  return { what: 'redirect', relation: 'equals', expected, got };
}

function typeDifference({ type }: HttpExpectation, { headers }: Answer): Difference | undefined {
  if (type === undefined) return undefined;
  const expected = TYPES[type] ?? type;
  const got = headers['content-type'] ?? 'none';
  const isSame = got.split(';')[0]?.trim().toLowerCase() === expected;
  return isSame ? undefined : { what: 'content type', relation: 'equals', expected, got };
}

function jsonDifferences(
  { json, jsonHas, at }: HttpExpectation,
  { body }: Answer,
  render: Render,
): (Difference | undefined)[] {
  const whole = json === undefined ? undefined : jsonDifference('body', render(json), { got: body });
  const part = jsonHas === undefined ? undefined : jsonDifference('body', render(jsonHas), { got: body, partly: true });
  if (at === undefined) return [whole, part];
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch (error) {
    const note = error instanceof Error ? `not JSON: ${error.message}` : 'not JSON';
    return [whole, part, { what: 'body', relation: 'equals', expected: 'JSON', got: body, note }];
  }
  const values = Object.entries(at).map(([path, matcher]) => {
    const rendered = valueText(render(path));
    return valueDifference(`body: ${rendered}`, matcher, { got: valueAt(data, rendered), render });
  });
  return [whole, part, ...values];
}
