import type { Command } from '../model/layer.ts';
import type { LayerName } from '../model/verdict.ts';
import { findTool } from './tools.ts';
import { isRoot } from './user.ts';

/** True for the layers whose runs have a network of their own, which their grader must be in to reach them. */
export function hasPrivateNetwork(layer: LayerName): boolean {
  return layer === 'bubblewrap' || layer === 'unshare';
}

/**
 * Wraps the command that starts the grader's worker: it and the runs that it starts share a loopback of their own, with no way out.
 * The worker dies at once when the wrapper does, so ask it to end by its own channel.
 */
export function inPrivateNetwork(command: Command, layer: LayerName): Command {
  return layer === 'unshare' ? byUnshare(command) : byBubblewrap(command);
}

function byUnshare(command: Command): Command {
  const user = isRoot() ? [] : ['--user', '--map-current-user', '--keep-caps'];
  const powerless = isRoot() ? [] : [findTool('setpriv') ?? 'setpriv', '--inh-caps=-all', '--ambient-caps=-all'];
  const script = `${findTool('ip') ?? 'ip'} link set lo up && exec "$@"`;
  return {
    ...command,
    file: findTool('setpriv') ?? 'setpriv',
    args: [
      ...['--pdeathsig', 'KILL', findTool('unshare') ?? 'unshare', ...user, '--net', '--fork', '--kill-child'],
      ...['/bin/sh', '-c', script, 'sh', ...powerless, command.file, ...command.args],
    ],
  };
}

function byBubblewrap(command: Command): Command {
  const namespaces = [...(isRoot() ? [] : ['--unshare-user']), '--unshare-net'];
  return {
    ...command,
    file: findTool('bwrap') ?? 'bwrap',
    args: [...namespaces, '--die-with-parent', '--dev-bind', '/', '/', '--', command.file, ...command.args],
  };
}
