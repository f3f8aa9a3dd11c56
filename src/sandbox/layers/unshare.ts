import { type Access, ATTACK_CLASSES, type Command, type Layer } from '../../model/layer.ts';
import { withLimits } from '../limits.ts';
import { findTool } from '../tools.ts';
import { isRoot, programOwner } from '../user.ts';
import { permissionFlags } from './guard.ts';
import { probeProfile } from './probe.ts';

/**
 * Runs as the first process of the namespaces, with rights in them that the program does not get: brings the loopback up, hides
 * folders, makes all but the run's own folders read-only. Takes: 1 for a network of its own, the work and temporary folders, how
 * many folders to hide, those, then the command. Standard error of the shell itself, which tells of killed children, goes nowhere.
 */
const PRELUDE = `
network=$1 work=$2 temp=$3 hidden=$4
shift 4
[ "$network" = 0 ] || ip link set lo up || exit 70
while [ "$hidden" -gt 0 ]; do
  mount -t tmpfs -o size=4k,mode=555 none "$1" || exit 71
  shift
  hidden=$((hidden - 1))
done
mount --bind "$work" "$work" && mount --bind "$temp" "$temp" || exit 72
while read -r _ _ _ _ point _; do
  point=$(printf '%b' "$point")
  case $point in "$work" | "$temp" | /proc | /proc/* | /sys | /sys/* | /dev | /dev/pts) ;; *) mount -o remount,bind,ro "$point" ;; esac
done < /proc/self/mountinfo 2> /dev/null
cd -- "$PWD" || exit 73
exec 4>&2 2> /dev/null
"$@" 2>&4 4>&-
exit $?
`;

/** Programs that it takes, and the packages of them. */
const TOOLS = { unshare: 'util-linux', setpriv: 'util-linux', mount: 'mount', prlimit: 'util-linux', ip: 'iproute2' };

/** Without rights, and with no way to get any. */
const POWERLESS = ['--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all'];

/**
 * The namespaces of util-linux where there is no bubblewrap: processes, network and kernel objects of its own, even for
 * children. Files are held by the guard, by hidden folders and by read-only mounts: a child can read what its user may.
 */
export const unshare: Layer = {
  name: 'unshare',
  stops: { ungranted: ATTACK_CLASSES, granted: ATTACK_CLASSES.filter((name) => name !== 'secrets') },
  probe: () => probeProfile({ name: 'unshare', tools: TOOLS, wrap }),
  wrap,
  contains: () => true,
};

function wrap(command: Command, access: Access): Command {
  const guarded = { ...command, args: [...permissionFlags(access), ...command.args] };
  const limited = withLimits(guarded, access, { countProcesses: false });
  const user = programOwner(access.read);
  const become = user === undefined ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const { hide, work, temp, networkIsPrivate } = access;
  return {
    ...limited,
    file: findTool('unshare') ?? 'unshare',
    args: [
      ...(isRoot() ? [] : ['--user', '--map-current-user', '--keep-caps']),
      ...['--pid', '--fork', '--kill-child', '--mount-proc', '--ipc', '--uts'],
      ...(networkIsPrivate ? [] : ['--net']),
      ...['/bin/sh', '-c', PRELUDE, 'sh', networkIsPrivate ? '0' : '1', work, temp, String(hide.length), ...hide],
      ...[findTool('setpriv') ?? 'setpriv', ...become, ...POWERLESS, limited.file, ...limited.args],
    ],
  };
}
