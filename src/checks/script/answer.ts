import { printJson } from '../json.ts';

/** What a program of the course says of a run. */
export type ScriptAnswer =
  | { passed: true }
  | { passed: false; message: string; expected?: string; got?: string; next?: string };

const LONGEST = 20_000;

/** Reads the one JSON object that stands on stdout; undefined when it is anything else. */
export function readAnswer(stdout: string): ScriptAnswer | undefined {
  let data: unknown;
  try {
    data = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null || !('passed' in data)) return undefined;
  if (data.passed === true) return { passed: true };
  const message = 'message' in data ? data.message : undefined;
  if (data.passed !== false || typeof message !== 'string' || message.trim() === '') return undefined;
  const next = textAt(data, 'next');
  const expected = textAt(data, 'expected');
  const got = textAt(data, 'got');
  return {
    passed: false,
    message: cut(message),
    ...(expected !== undefined && { expected }),
    ...(got !== undefined && { got }),
    ...(next !== undefined && { next }),
  };
}

/** A member as text; data is shown as JSON. */
function textAt(data: object, key: string): string | undefined {
  const value: unknown = Object.hasOwn(data, key) ? Reflect.get(data, key) : undefined;
  if (value === undefined || value === null) return undefined;
  return cut(typeof value === 'string' ? value : printJson(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
