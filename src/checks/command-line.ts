import type { ProgramInput } from '../model/context.ts';

/** The command that a learner types to repeat a run; quoted for a POSIX shell, which PowerShell reads alike. */
export function commandLine(entry: string, { args, env, nodeVersion }: ProgramInput): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  const comment = nodeVersion === undefined ? [] : [`# as Node.js v${nodeVersion}`];
  return [...variables, 'node', quote(entry), ...args.map(quote), ...comment].join(' ');
}

/** A word as a shell needs it written. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
