import type { CheckSay } from '../messages.ts';
import type { FailedProgram } from '../program.ts';
import { type Found, found } from './found.ts';

/** Why a session at node's prompt went wrong: a line that threw, or one that never ended. */
export function replCause({ input, outcome }: FailedProgram, say: CheckSay): Found | undefined {
  const file = input.stdinFile ?? 'stdin';
  const lines = outcome.stdout.text.split(/\r?\n/);
  const at = lines.findIndex((line) => /^(?:> |\.\.\. |\| )*(?:Uncaught\b|Thrown:)/.test(line));
  if (at !== -1) {
    const message = errorText(lines.slice(at));
    return found('repl-error', say('cause.repl-error', { message }), { next: say('cause.repl-error.next', { file }) });
  }
  const last = lines.findLast((line) => line.trim() !== '') ?? '';
  if (!/(?:\.\.\.|\|) ?$/.test(last)) return undefined;
  return found('repl-unfinished', say('cause.repl-unfinished', { file }), {
    next: say('cause.repl-unfinished.next'),
  });
}

/** The error in one line; Node.js writes a syntax error below the line that it is in. */
function errorText(lines: readonly string[]): string {
  const own = (lines[0] ?? '').replace(/^(?:> |\.\.\. |\| )*(?:Uncaught:?|Thrown:)\s*/, '');
  return own === '' ? (lines.find((line) => /^[A-Z]\w*Error\b/.test(line)) ?? '') : own;
}
