import type { OpenDatabase } from '../../database/session.ts';
import type { ToolsInput, ToolsOutcome } from '../../model/context.ts';
import type { Limits } from '../../model/course.ts';
import type { Sandbox } from '../../model/run.ts';
import { runTools, type ShellStart } from './run.ts';

/** The commands of a session. */
export interface Commands {
  run(input: ToolsInput): Promise<ToolsOutcome>;
  /** To be called when something else has used the database. */
  forget(): void;
}

/**
 * Runs commands, on the database of the session where it has one.
 *
 * @param options.sandbox makes one whose runs may read npm and these folders
 * @param options.reset makes the database ready for a run
 */
export function openCommands(options: {
  sandbox: (folders: readonly string[]) => Promise<Sandbox>;
  database: OpenDatabase | undefined;
  reset: () => Promise<void> | undefined;
  limits: Partial<Limits>;
}): Commands {
  /** mongosh takes a second to start. The same lines on the same documents need not be typed again. */
  let typed: { key: string; outcome: ToolsOutcome } | undefined;
  return {
    async run(input) {
      const key = JSON.stringify(input);
      if (typed?.key === key) return typed.outcome;
      const shell = await shellFor(input, options.database);
      const sandbox = await options.sandbox(shell ? [shell.folder] : []);
      await options.reset();
      const outcome = await runTools(sandbox, { ...input, shell: shell?.start }, options.limits);
      typed = shell && { key, outcome };
      return outcome;
    },
    forget() {
      typed = undefined;
    },
  };
}

/** How commands start mongosh on the database of the session; undefined where none does, or there is no mongosh. */
async function shellFor(
  { calls }: ToolsInput,
  database: OpenDatabase | undefined,
): Promise<{ start: ShellStart; folder: string } | undefined> {
  if (database === undefined || calls.every(({ tool }) => tool !== 'mongosh')) return undefined;
  const { findMongosh } = await import('../mongosh.ts');
  const shell = findMongosh();
  if (shell === undefined) return undefined;
  const { file, args, folder } = shell;
  return { start: { file, args, uri: `mongodb://127.0.0.1:${database.port}/test` }, folder };
}
