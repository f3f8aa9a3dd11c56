import type { ProgramInput } from '../model/context.ts';

/** The command that a learner types to repeat a run; quoted for a POSIX shell, which PowerShell reads alike. */
export function commandLine(entry: string, { args, env }: Pick<ProgramInput, 'args' | 'env'>): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  return [...variables, 'node', quote(entry), ...args.map(quote)].join(' ');
}

/** A word as a shell needs it written. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
