import type { Command } from '../model/layer.ts';

/** Wraps the command that starts the grader's worker: it and the runs it starts share a loopback of their own, with no way out. */
export function inPrivateNetwork(command: Command): Command {
  return {
    ...command,
    file: 'bwrap',
    args: ['--unshare-net', '--die-with-parent', '--dev-bind', '/', '/', '--', command.file, ...command.args],
  };
}
