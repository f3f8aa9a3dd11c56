import { CommandError } from '../errors.ts';
import { type Document, firstName } from '../values/document.ts';
import { type CommandContext, type ServerState, ticker } from './context.ts';
import { noTransactions } from './diagnostics.ts';
import { COMMANDS } from './table.ts';

/** A command with where it came from. */
export interface Request {
  body: Document;
  connectionId: number;
  messageLength: number;
}

/**
 * Answers a command. What goes wrong becomes a reply, as drivers expect it: also a fault of ours (code 1), and a
 * document that is nested too deeply for the stack (code 15).
 */
export function answer(request: Request, server: ServerState): object {
  const { body } = request;
  const name = firstName(body);
  server.counters.set(name, (server.counters.get(name) ?? 0) + 1);
  try {
    const command = COMMANDS.get(name.toLowerCase());
    if (!command) {
      throw new CommandError(59, `no such command: '${name}'`);
    }
    if (typeof body.$db !== 'string') {
      throw new CommandError(40571, 'OP_MSG requests require a $db argument');
    }
    if (body.autocommit === false) {
      noTransactions();
    }
    const context: CommandContext = { ...request, database: body.$db, server, tick: ticker(body) };
    return { ...command(context), ok: 1 };
  } catch (error) {
    return failure(error);
  }
}

/** The reply to a command that failed. */
export function failure(error: unknown): object {
  const known = error instanceof CommandError ? error : unexpected(error);
  return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.fields };
}

function unexpected(error: unknown): CommandError {
  if (error instanceof RangeError) {
    return new CommandError(15, `The command is too large for this server: ${error.message}`);
  }
  return new CommandError(1, error instanceof Error ? error.message : String(error));
}
