import path from 'node:path';
import type { ProgramInput } from '../model/context.ts';
import { isInteractive } from '../model/run.ts';

/** The command that a learner types to repeat a run; quoted for a POSIX shell, which PowerShell reads alike. */
export function commandLine(
  entry: string,
  { args, env, nodeVersion, contents, nodeArgs = [], stdinFile }: ProgramInput,
): string {
  const shown = Object.entries(env)
    .filter(([name]) => name !== 'NODE_REPL_HISTORY')
    .map(([name, value]) => `${name}=${quote(value)}`);
  const comment = nodeVersion === undefined ? [] : [`# as Node.js v${nodeVersion}`];
  const folder = contents?.cwd;
  const file = folder === undefined ? entry : path.posix.relative(folder, entry);
  const started = isInteractive(nodeArgs) ? [] : [quote(file), ...args.map(quote)];
  const fed = stdinFile === undefined ? [] : ['<', quote(stdinFile)];
  const line = [...shown, 'node', ...nodeArgs, ...started, ...fed, ...comment].join(' ');
  return folder === undefined ? line : `cd ${quote(folder)} && ${line}`;
}

/** A word as a shell needs it written. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
