import { visible } from '../model/escape.ts';
import type { Failure, Result, SkipReason } from '../model/verdict.ts';

/** A failure in plain lines, for formats that hold text: what was tried, expected and got, seen, the cause and the next step. */
export function failureLines(result: Result): string[] {
  const { failure } = result;
  if (failure === undefined) return [];
  const { tried } = failure;
  const lines = attemptLines(failure);
  for (const { what, relation, expected, got } of failure.differences) {
    lines.push(
      `${what}: ${relation === 'equals' ? 'expected' : `expected (${relation})`} ${expected}`,
      `${what}: got ${got}`,
    );
  }
  for (const { what, text } of failure.observed) lines.push(`${what}: ${text}`);
  if (failure.cause !== undefined) {
    const { location, text } = failure.cause;
    lines.push(
      location === undefined ? text : `${text} (${location.file}:${location.line}: ${location.source.trim()})`,
    );
  }
  if (failure.next !== undefined) lines.push(`Next: ${failure.next}`);
  if (tried.kind === 'request') lines.push(`Again: ${tried.curl}`);
  return lines.map(visible);
}

function attemptLines({ tried }: Failure): string[] {
  switch (tried.kind) {
    case 'command':
      return [tried.line];
    case 'code':
      return tried.code.split('\n');
    case 'request':
      return [`${tried.method} ${tried.target}`];
  }
}

/** Why a check was not looked at. */
export function skipText(reason: SkipReason): string {
  return reason.kind === 'after' ? `needs: ${reason.title}` : reason.message;
}
