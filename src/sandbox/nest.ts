import type { Command } from '../model/layer.ts';
import { findTool } from './tools.ts';
import { isRoot } from './user.ts';

/**
 * Wraps the command that starts the grader's worker: it and the runs that it starts share a loopback of their own, with no way out.
 * The worker dies at once when the wrapper does, so ask it to end by its own channel.
 */
export function inPrivateNetwork(command: Command): Command {
  const namespaces = [...(isRoot() ? [] : ['--unshare-user']), '--unshare-net'];
  return {
    ...command,
    file: findTool('bwrap') ?? 'bwrap',
    args: [...namespaces, '--die-with-parent', '--dev-bind', '/', '/', '--', command.file, ...command.args],
  };
}
