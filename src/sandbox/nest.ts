import os from 'node:os';
import type { Command } from '../model/layer.ts';
import { DEFAULT_LIMITS } from '../model/run.ts';
import type { Isolation, LayerName } from '../model/verdict.ts';
import { MOST_ENTRIES } from './disk.ts';
import { findTool } from './tools.ts';
import { isRoot } from './user.ts';

/** Where strict isolation has its file system in memory: a folder that every Linux has, and that a grader needs for nothing else. */
const IN_MEMORY = '/dev/shm';
/** A run and the one that is made ready meanwhile; each is stopped at its own limit before. */
const SPARE = 1.5;
/** Takes the size in bytes, the most files and the folder of a file system in memory, then the command. */
const MOUNT = 'mount -t tmpfs -o "size=$1,nr_inodes=$2,mode=1777,nosuid,nodev" none "$3" && shift 3 && exec "$@"';
/** For those who are not root, and so keep rights in their own namespace only until they have used them. */
const POWERLESS = ['--inh-caps=-all', '--ambient-caps=-all'];

/** True for the layers whose runs have a network of their own, which their grader must be in to reach them. */
export function hasPrivateNetwork(layer: LayerName): boolean {
  return layer === 'bubblewrap' || layer === 'unshare';
}

/**
 * Wraps the command that starts the grader's worker: it and the runs that it starts share a loopback of their own, with no way out.
 * Strict isolation keeps their files in memory, with a limit that the system holds; they are gone with the worker.
 * The worker dies at once when the wrapper does, so ask it to end by its own channel.
 */
export function inPrivateNetwork(command: Command, { layer, strict }: Pick<Isolation, 'layer' | 'strict'>): Command {
  if (layer === 'unshare') return byUnshare(command);
  return byBubblewrap(strict ? { ...command, env: { ...command.env, TMPDIR: IN_MEMORY } } : command, strict === true);
}

function byUnshare(command: Command): Command {
  const user = isRoot() ? [] : ['--user', '--map-current-user', '--keep-caps'];
  const script = `${findTool('ip') ?? 'ip'} link set lo up && exec "$@"`;
  return {
    ...command,
    file: findTool('setpriv') ?? 'setpriv',
    args: [
      ...['--pdeathsig', 'KILL', findTool('unshare') ?? 'unshare', ...user, '--net', '--fork', '--kill-child'],
      ...['/bin/sh', '-c', script, 'sh', ...withoutRights(command)],
    ],
  };
}

function byBubblewrap(command: Command, strict: boolean): Command {
  const namespaces = [...(isRoot() ? [] : ['--unshare-user']), '--unshare-net'];
  const mayMount = strict && !isRoot() ? ['--cap-add', 'CAP_SYS_ADMIN'] : [];
  const size = Math.floor(Math.min(DEFAULT_LIMITS.disk * SPARE, os.totalmem() / 2));
  const mount = ['/bin/sh', '-c', MOUNT, 'sh', String(size), String(2 * MOST_ENTRIES), IN_MEMORY];
  const started = strict ? [...mount, ...withoutRights(command)] : [command.file, ...command.args];
  return {
    ...command,
    file: findTool('bwrap') ?? 'bwrap',
    args: [...namespaces, ...mayMount, '--die-with-parent', '--dev-bind', '/', '/', '--', ...started],
  };
}

function withoutRights({ file, args }: Command): string[] {
  return isRoot() ? [file, ...args] : [findTool('setpriv') ?? 'setpriv', ...POWERLESS, file, ...args];
}
