import type { CheckContext } from '../../model/context.ts';
import type { ToolCall, ToolResult } from '../../model/tools.ts';
import type { CheckSay } from '../messages.ts';
import { type Found, found } from './found.ts';

/** What mongosh writes in front of an answer: its database, or the dots of a line that goes on. */
const PROMPTS = /^(?:(?:[\w-]+>|\.\.\.) )*/;

/** Why a session in mongosh went wrong: a line that it refused, or one that never ended. */
export function shellCause(
  { call, result: { stdout } }: { call: ToolCall | undefined; result: ToolResult },
  { exercise }: Pick<CheckContext, 'exercise'>,
  say: CheckSay,
): Found | undefined {
  if (call?.tool !== 'mongosh') return undefined;
  const [file = ''] = call.args;
  const lines = stdout
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.replace(PROMPTS, ''));
  const at = lines.findIndex((line) => /^Uncaught(?::\s*$| \w*(?:Error|Exception)\b)/.test(line));
  if (at !== -1) {
    const own = (lines[at] ?? '').replace(/^Uncaught:?\s*/, '');
    const message = own === '' ? (lines[at + 1] ?? '') : own;
    return found('shell-error', say('cause.shell-error', { message }), {
      next: say('cause.shell-error.next', { file }),
    });
  }
  const database = exercise.database?.name ?? 'test';
  if (database !== 'test' && !stdout.includes(`${database}> `)) {
    return found('shell-no-use', say('cause.shell-no-use', { database }), {
      next: say('cause.shell-no-use.next', { database }),
    });
  }
  if (!/(?:^|[\r\n])(?:[\w-]+> )*(?:\.\.\. ?)+$/.test(stdout)) return undefined;
  return found('shell-unfinished', say('cause.shell-unfinished', { file }), {
    next: say('cause.shell-unfinished.next'),
  });
}
