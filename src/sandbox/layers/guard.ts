import path from 'node:path';
import type { Grant } from '../../model/course.ts';
import { TutorError } from '../../model/error.ts';
import { type Access, ATTACK_CLASSES, type Layer } from '../../model/layer.ts';
import { withLimits } from '../limits.ts';
import { asOrdinaryUser } from '../user.ts';

const GRANT_FLAGS: Readonly<Record<Grant, string>> = {
  workers: '--allow-worker',
  children: '--allow-child-process',
};

/** In a thread, Node prints its warnings about the model before the preload can take them out. */
const QUIET_THREADS = ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning'];

/**
 * Node's permission model for files, threads and children, and the preload's locks on native handles for the rest.
 * A grant of workers or children voids it: what they start may leave the locks behind.
 */
export const guard: Layer = {
  name: 'guard',
  stops: { ungranted: ATTACK_CLASSES, granted: ['resources', 'verdict', 'submission'] },
  probe: () => Promise.resolve({ available: true }),
  wrap(command, access) {
    const guarded = { ...command, args: [...permissionFlags(access), ...command.args] };
    return asOrdinaryUser(withLimits(guarded, access, { countProcesses: false }), access);
  },
  contains: (access) => access.grants.length === 0,
};

/** Flags of Node.js that hold a run to its files, without threads and children unless they are granted. */
export function permissionFlags(access: Access): string[] {
  const linked = path.join(path.dirname(access.work), 'node_modules');
  return [
    ...modelFlags(process.versions.node),
    ...(access.grants.includes('workers') ? QUIET_THREADS : []),
    ...[
      ...access.read,
      ...(access.view === undefined ? [] : [access.view]),
      linked,
      access.work,
      access.temp,
      '/dev/stdin',
    ].map((folder) => `--allow-fs-read=${literal(folder)}`),
    ...[access.work, access.temp].map((folder) => `--allow-fs-write=${literal(folder)}`),
    ...access.grants.map((grant) => GRANT_FLAGS[grant]),
  ];
}

/** The permission model takes an asterisk for anything, and knows no way to write one. */
function literal(folder: string): string {
  if (!folder.includes('*')) return folder;
  throw new TutorError(`The path ${folder} has an asterisk in it, which would let a program see more than it may.`, {
    next: 'Give the folder another name, or set TMPDIR to a folder without one.',
  });
}

/** Flags that turn the model on, which differ from one Node to the next. */
export function modelFlags(version: string): string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const stable = major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return [
    stable ? '--permission' : '--experimental-permission',
    // From there on the network has a permission of its own; the preload decides which part of it.
    ...(major >= 25 ? ['--allow-net'] : []),
    // It opens files past the permission model.
    ...(stable ? ['--no-experimental-sqlite'] : []),
  ];
}
