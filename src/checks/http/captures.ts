import type { Template, Value } from '../../model/course.ts';
import type { Capture } from '../../model/http.ts';
import type { Difference } from '../../model/verdict.ts';
import { valueText } from '../match-text.ts';
import { firstMatch } from '../pattern.ts';
import { valueAt } from '../values.ts';
import { readSetCookie } from './cookies.ts';
import type { Answer } from './request.ts';

/** What was captured, or what the answer lacks. */
export type Captured = { values: Record<string, Value> } | { missing: Difference };

/** Takes values out of an answer, for the steps after it. */
export function captureFrom(
  captures: Readonly<Record<string, Capture>>,
  answer: Answer,
  render: (template: Template) => Value,
): Captured {
  const values: Record<string, Value> = {};
  for (const [name, capture] of Object.entries(captures)) {
    const value = captureOne(capture, answer, render);
    if (value === undefined) return { missing: lacking(capture, answer) };
    values[name] = value;
  }
  return { values };
}

function captureOne(capture: Capture, answer: Answer, render: (template: Template) => Value): Value | undefined {
  switch (capture.from) {
    case 'json':
      return toValue(valueAt(parse(answer.body), valueText(render(capture.path))));
    case 'header':
      return within(answer.headers[capture.name.toLowerCase()], capture.matches);
    case 'cookie':
      return within(
        answer.setCookie.map(readSetCookie).find(({ name }) => name === capture.name)?.value,
        capture.matches,
      );
    case 'body':
      return firstMatch(capture.matches, answer.body);
  }
}

function within(text: string | undefined, pattern: string | undefined): string | undefined {
  return text === undefined || pattern === undefined ? text : firstMatch(pattern, text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What JSON.parse gives, as the templates take it. */
function toValue(data: unknown): Value | undefined {
  return data === undefined ? undefined : (data as Value);
}

function lacking(capture: Capture, { body, headers }: Answer): Difference {
  switch (capture.from) {
    case 'json':
      return { what: 'body', relation: 'contains', expected: `JSON with ${capture.path}`, got: body };
    case 'header': {
      const got = headers[capture.name.toLowerCase()] ?? 'none';
      return { what: `header ${capture.name}`, relation: 'matches', expected: capture.matches ?? '.', got };
    }
    case 'cookie':
      return { what: `cookie ${capture.name}`, relation: 'matches', expected: capture.matches ?? '.', got: 'none' };
    case 'body':
      return { what: 'body', relation: 'matches', expected: capture.matches, got: body };
  }
}
