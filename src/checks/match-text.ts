import type { CheckContext } from '../model/context.ts';
import type { TextMatcher, Value } from '../model/course.ts';
import type { Difference } from '../model/verdict.ts';
import { jsonDifference } from './json.ts';

/** What a matcher is applied to: the text, its name for the learner, and the reference's text where the matcher says `from: solution`. */
interface Subject {
  what: string;
  got: string;
  fromSolution?: string;
}

type Render = CheckContext['render'];

/**
 * Compares a text with a matcher, tolerating what does not matter: CRLF, blanks at the ends of lines, newlines at the end,
 * a byte order mark, and the order of keys in JSON.
 * @returns the first difference, or undefined when all holds
 */
export async function matchText(
  matcher: TextMatcher,
  subject: Subject,
  render: Render,
): Promise<Difference | undefined> {
  const got = normalize(subject.got);
  return (
    wholeText(matcher, { ...subject, got }, render) ??
    pieces(matcher, { ...subject, got }, render) ??
    (await pattern(matcher, { ...subject, got })) ??
    (matcher.json === undefined ? undefined : jsonDifference(subject.what, render(matcher.json), { got })) ??
    (await jsonLine(matcher, { ...subject, got }, render))
  );
}

/** The text without what does not matter. */
export function normalize(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n+$/, '');
}

/** A rendered template as the text that a program would print for it: lists a line each, maps as JSON. */
export function valueText(value: Value): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join('\n');
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function wholeText(matcher: TextMatcher, { what, got, fromSolution }: Subject, render: Render): Difference | undefined {
  const expected = matcher.empty
    ? ''
    : matcher.from === 'solution'
      ? fromSolution
      : matcher.equals === undefined
        ? undefined
        : valueText(render(matcher.equals));
  if (expected === undefined || normalize(expected) === got) return undefined;
  return { what, relation: 'equals', expected: normalize(expected), got };
}

function pieces(matcher: TextMatcher, { what, got }: Subject, render: Render): Difference | undefined {
  for (const template of matcher.contains ?? []) {
    const expected = normalize(valueText(render(template)));
    if (!containsPiece(got, expected)) return { what, relation: 'contains', expected, got };
  }
  for (const template of matcher.lacks ?? []) {
    const unwanted = normalize(valueText(render(template)));
    if (got.includes(unwanted)) return { what, relation: 'lacks', expected: unwanted, got };
  }
  return undefined;
}

/** Whether a piece occurs; a number at its edge must not be part of a longer number (`5` is not found in `15` or `5.2`). */
export function containsPiece(text: string, piece: string): boolean {
  if (piece === '') return true;
  const digitFirst = /^[\d-]?\d/.test(piece);
  const digitLast = /\d$/.test(piece);
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) {
    const longerBefore = digitFirst && /(?:\d|\d\.)$/.test(text.slice(Math.max(0, at - 2), at));
    const longerAfter = digitLast && /^(?:\d|\.\d)/.test(text.slice(at + piece.length, at + piece.length + 2));
    if (!longerBefore && !longerAfter) return true;
  }
  return false;
}

async function jsonLine(
  { jsonLine }: TextMatcher,
  { what, got }: Subject,
  render: Render,
): Promise<Difference | undefined> {
  return jsonLine && (await import('./json-line.ts')).jsonLineDifference(what, jsonLine, { got, render });
}

async function pattern(matcher: TextMatcher, { what, got }: Subject): Promise<Difference | undefined> {
  if (matcher.matches === undefined) return undefined;
  const { matchesWithin } = await import('./pattern.ts');
  if (matchesWithin(matcher.matches, got)) return undefined;
  return { what, relation: 'matches', expected: matcher.matches, got };
}
