import path from 'node:path';
import type { ProgramInput } from '../model/context.ts';

/** The command that a learner types to repeat a run; quoted for a POSIX shell, which PowerShell reads alike. */
export function commandLine(entry: string, { args, env, nodeVersion, contents }: ProgramInput): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  const comment = nodeVersion === undefined ? [] : [`# as Node.js v${nodeVersion}`];
  const folder = contents?.cwd;
  const file = folder === undefined ? entry : path.posix.relative(folder, entry);
  const line = [...variables, 'node', quote(file), ...args.map(quote), ...comment].join(' ');
  return folder === undefined ? line : `cd ${quote(folder)} && ${line}`;
}

/** A word as a shell needs it written. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
