import { describeError, EXIT, type ExitCode, TutorError } from '../model/error.ts';
import { visible } from '../model/escape.ts';
import type { Io } from './context.ts';
import { asTyped } from './invocation.ts';

/** How errors are to be shown. */
export interface ErrorStyle {
  json: boolean;
  debug: boolean;
}

/** Tells an error to people on stderr, or to programs as `{"error":{…}}` on stdout, and says the exit code. */
export async function reportError(error: unknown, io: Io, { json, debug }: ErrorStyle): Promise<ExitCode> {
  const exitCode = error instanceof TutorError ? error.exitCode : EXIT.tutorFailed;
  const message = asTyped(describeError(error), io.env);
  const next = error instanceof TutorError && error.next !== undefined ? asTyped(error.next, io.env) : undefined;
  const diagnostics = error instanceof TutorError ? error.diagnostics : [];
  const stack = debug && error instanceof Error ? withCauses(error) : undefined;
  if (json) {
    io.print(`${JSON.stringify({ error: { message, next, exitCode, diagnostics, stack } })}\n`);
    return exitCode;
  }
  const lines = [visible(error instanceof TutorError ? message : `The tutor failed, which is our fault: ${message}`)];
  if (diagnostics.length > 0) {
    const { formatDiagnostic } = await import('../course/diagnostics.ts');
    for (const diagnostic of diagnostics) lines.push('', formatDiagnostic(diagnostic));
    lines.push('');
  }
  if (next !== undefined) lines.push(visible(next));
  else if (!(error instanceof TutorError) && !debug) lines.push('Where it happened: the same command with --debug');
  if (stack !== undefined) lines.push(visible(stack));
  io.tell(lines.join('\n'));
  return exitCode;
}

function withCauses(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${withCauses(error.cause)}` : stack;
}
