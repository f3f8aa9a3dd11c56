import path from 'node:path';
import type { Access, Command, Layer, Probe } from '../../model/layer.ts';
import { withLimits } from '../limits.ts';
import { asOrdinaryUser } from '../user.ts';
import { guard, permissionFlags } from './guard.ts';
import { probeProfile } from './probe.ts';

const TOOL = '/usr/bin/sandbox-exec';
/** What `node` and small tools need of a system. */
const SYSTEM_FOLDERS = [
  '/usr/lib',
  '/usr/bin',
  '/bin',
  '/usr/share',
  '/System',
  '/Library/Apple',
  '/private/var/db/timezone',
];
const DEVICES = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom', '/dev/tty', '/dev/dtracehelper'];

/** The kernel's own sandbox on macOS: files by path, no network but the loopback, signals only within; the guard beside it. */
export const sandboxExec: Layer = {
  name: 'sandbox-exec',
  stops: guard.stops,
  probe,
  wrap,
  contains: () => false,
};

function probe(): Promise<Probe> {
  if (process.platform === 'darwin') return probeProfile({ name: 'sandbox-exec', tools: {}, wrap });
  return Promise.resolve({ available: false, reason: 'sandbox-exec is a tool of macOS' });
}

function wrap(command: Command, access: Access): Command {
  const guarded = { ...command, args: [...permissionFlags(access), ...command.args] };
  const limited = asOrdinaryUser(withLimits(guarded, access, { countProcesses: false }), access);
  return { ...limited, file: TOOL, args: ['-p', profileOf(access), limited.file, ...limited.args] };
}

/** The profile of a run, in the kernel's language: everything is denied, the last rule that fits decides. */
export function profileOf(access: Access): string {
  const linked = path.join(path.dirname(access.work), 'node_modules');
  const read = [...access.read, ...(access.view === undefined ? [] : [access.view]), linked, access.work, access.temp];
  const write = [access.work, access.temp];
  const above = [...new Set(read.flatMap(parents))];
  return [
    '(version 1)',
    '(deny default)',
    '(allow process-fork)',
    '(allow process-exec (subpath "/usr/bin") (subpath "/bin"))',
    rule('allow process-exec', 'subpath', read),
    '(allow signal (target same-sandbox))',
    '(allow sysctl-read)',
    '(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))',
    '(allow ipc-posix-sem)',
    rule('allow file-read*', 'subpath', [...SYSTEM_FOLDERS, ...read]),
    rule('allow file-read-metadata', 'literal', above),
    rule('allow file-read* file-write* file-ioctl', 'literal', DEVICES),
    ...(access.hide.length === 0 ? [] : [rule('deny file-read* file-write*', 'subpath', access.hide)]),
    rule('allow file-write*', 'subpath', write),
    '(allow network-bind (local ip "localhost:*"))',
    '(allow network-inbound (local ip "localhost:*"))',
    '(allow network-outbound (remote ip "localhost:*"))',
    '',
  ].join('\n');
}

function rule(what: string, how: 'subpath' | 'literal', files: readonly string[]): string {
  return `(${what} ${files.map((file) => `(${how} ${quoted(file)})`).join(' ')})`;
}

/** A string of the profile's language, which knows two escapes. */
function quoted(file: string): string {
  return `"${file.replace(/[\\"]/g, '\\$&')}"`;
}

/** The folders above a path, which a program must be able to look at on its way. */
function parents(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [...parents(folder), folder];
}
