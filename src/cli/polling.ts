import type { CommandContext } from './context.ts';

/** Whether files are to be looked at in intervals, whatever their file system can do: `--poll`, or NODE_TUTOR_POLL. */
export function wantsPolling({ options, io }: Pick<CommandContext, 'options' | 'io'>): boolean {
  const { NODE_TUTOR_POLL: wanted } = io.env;
  return options.poll === true || (wanted !== undefined && wanted !== '' && wanted !== '0');
}
