import fs from 'node:fs';
import path from 'node:path';
import { type Access, ATTACK_CLASSES, type Command, type Layer, type Probe } from '../../model/layer.ts';
import { withLimits } from '../limits.ts';
import { findTool } from '../tools.ts';
import { isRoot, programUser } from '../user.ts';
import { probeProfile } from './probe.ts';
import { hasSeccompFilter, seccompFilter } from './seccomp.ts';

/** The user that a program believes to be, when its grader is no root. */
const PROGRAM_USER = 'learner';
const FIRST_INHERITED = 4;
const SCRATCH_BYTES = 64 * 1024 * 1024;
/** What the `node` binary and small tools need of a system. */
const SYSTEM_FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/lib32', '/usr/bin', '/nix/store'];
/** Programs that it takes, and the packages of them. */
const TOOLS = { bwrap: 'bubblewrap', prlimit: 'util-linux', setpriv: 'util-linux' };
const SYSTEM_LINKS = ['/lib', '/lib64', '/lib32', '/bin'];
const LINKER_CACHE = '/etc/ld.so.cache';
/** What larger tools need besides, where a program may start any. Each mount takes a hundredth of the start of Node.js. */
const TOOL_FOLDERS = ['/usr/libexec', '/etc/ssl', '/etc/alternatives'];
/** There are no terminals, for which bubblewrap's own /dev has more mounts. */
const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'];
const DEVICE_LINKS = { fd: '', stdin: '/0', stdout: '/1', stderr: '/2' };

/** What a root grader's wrapper keeps until it has become an ordinary user; the last to enter the work folder, which is that user's. */
const CHANGE_OF_USER = ['CAP_SETUID', 'CAP_SETGID', 'CAP_DAC_READ_SEARCH'];

/** Namespaces of its own for everything, an almost empty file system, no capabilities and fewer system calls. */
export const bubblewrap: Layer = {
  name: 'bubblewrap',
  stops: { ungranted: ATTACK_CLASSES, granted: ATTACK_CLASSES },
  probe: () => probe({ tools: TOOLS }),
  wrap,
  contains: () => true,
};

/** Whether strict isolation can be had, which takes a file system in memory beside the layer itself. */
export function probeStrict(): Promise<Probe> {
  return probe({ tools: { ...TOOLS, mount: 'mount' }, strict: true });
}

async function probe(profile: { tools: Readonly<Record<string, string>>; strict?: true }): Promise<Probe> {
  return hasSeccompFilter(process.arch)
    ? probeProfile({ name: 'bubblewrap', wrap, ...profile })
    : { available: false, reason: `there is no system call filter for ${process.arch}` };
}

function wrap(command: Command, access: Access): Command {
  const inside = asInside(withLimits(command, access, { countProcesses: true }));
  const user = isRoot() ? programUser() : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const first = FIRST_INHERITED + command.inherit.length;
  const files = {
    '/etc/passwd': `${PROGRAM_USER}:x:${user.uid}:${user.gid}:${PROGRAM_USER}:${access.temp}:/bin/sh\n`,
    '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
    '/etc/nsswitch.conf': 'passwd: files\nhosts: files\n',
  };
  const options = [
    ...namespaces(access),
    ...fileSystem(access),
    // Files of the root, which is read-only in the end; to mount each would take as long as a namespace.
    ...Object.keys(files).flatMap((file, index) => ['--perms', '0644', '--file', String(first + 2 + index), file]),
    ...['--remount-ro', '/'],
    '--seccomp',
    String(first + 1),
    '--chdir',
    command.cwd,
  ];
  return {
    ...command,
    file: findTool('bwrap') ?? 'bwrap',
    args: ['--args', String(first), '--', inside.file, ...inside.args],
    inherit: [
      ...command.inherit,
      Buffer.from(options.map((option) => `${option}\0`).join('')),
      seccompFilter(process.arch),
      ...Object.values(files).map((text) => Buffer.from(text)),
    ],
  };
}

/** Inside, a root grader's program becomes an ordinary user before its first instruction. */
function asInside(command: Command): Command {
  if (!isRoot()) return command;
  const { uid, gid } = programUser();
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs'];
  return { ...command, file: findTool('setpriv') ?? 'setpriv', args: [...become, command.file, ...command.args] };
}

function namespaces(access: Access): string[] {
  return [
    ...(isRoot() ? [] : ['--unshare-user']),
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(access.networkIsPrivate ? [] : ['--unshare-net']),
    ...['--hostname', 'sandbox', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...(isRoot() ? CHANGE_OF_USER.flatMap((name) => ['--cap-add', name]) : []),
  ];
}

function fileSystem(access: Access): string[] {
  const needed = access.grants.includes('children') ? [...SYSTEM_FOLDERS, ...TOOL_FOLDERS] : SYSTEM_FOLDERS;
  const system = needed.filter((folder) => fs.existsSync(folder));
  const linked = path.join(path.dirname(access.work), 'node_modules');
  const read = [...access.read, ...(access.view === undefined ? [] : [access.view]), linked].filter(
    (file) => fs.existsSync(file) && !system.some((folder) => isBelow(file, folder)),
  );
  const write = [access.work, access.temp];
  const visible = [...system, ...read];
  const hidden = access.hide.filter((folder) => fs.existsSync(folder) && visible.some((seen) => isBelow(folder, seen)));
  return [
    ...parentFolders([...system, LINKER_CACHE, ...DEVICES]),
    ...readOnly(system),
    ...SYSTEM_LINKS.flatMap(linkOrBind),
    ...['--ro-bind-try', LINKER_CACHE, LINKER_CACHE, '--proc', '/proc'],
    ...DEVICES.flatMap((file) => ['--dev-bind', file, file]),
    ...Object.entries(DEVICE_LINKS).flatMap(([name, to]) => ['--symlink', `/proc/self/fd${to}`, `/dev/${name}`]),
    ...['--perms', '1777', '--size', String(SCRATCH_BYTES), '--tmpfs', '/dev/shm'],
    ...['--perms', '1777', '--size', String(SCRATCH_BYTES), '--tmpfs', '/tmp'],
    ...parentFolders([...read, ...write]),
    ...readOnly(read),
    ...hidden.flatMap((folder) => ['--size', '4096', '--tmpfs', folder]),
    ...write.flatMap((folder) => ['--bind', folder, folder]),
  ];
}

function readOnly(files: readonly string[]): string[] {
  return files.flatMap((file) => ['--ro-bind', file, file]);
}

/** `/lib` and the like are links on most systems, folders on some. */
function linkOrBind(file: string): string[] {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  return stat.isSymbolicLink() ? ['--symlink', fs.readlinkSync(file), file] : ['--ro-bind', file, file];
}

/** Bubblewrap makes the folders above a bound path for itself alone; another user must get through them, too. */
function parentFolders(files: readonly string[]): string[] {
  const parents = new Set(files.flatMap(above));
  return [...parents].filter((folder) => folder !== '/tmp').flatMap((folder) => ['--perms', '0755', '--dir', folder]);
}

/** The folders above a path, outermost first, without the root. */
function above(file: string): string[] {
  const folder = path.dirname(file);
  return folder === path.dirname(folder) ? [] : [...above(folder), folder];
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
