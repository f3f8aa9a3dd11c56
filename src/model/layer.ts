import type { Grant, Limits } from './course.ts';
import type { LayerName } from './verdict.ts';

/** What an attack is after. The hostile suite has programs of each; `docs/isolation.md` shows what became of them. */
export const ATTACK_CLASSES = [
  'secrets',
  'files',
  'grader',
  'network',
  'processes',
  'resources',
  'kernel',
  'verdict',
  'submission',
] as const;
export type AttackClass = (typeof ATTACK_CLASSES)[number];

/** What a machine lets a layer do. */
export type Probe = { available: true } | { available: false; reason: string; remedy?: string };

/** A user of the system, by number. */
export interface User {
  uid: number;
  gid: number;
}

/** A child process to start, before a layer wraps it. All paths absolute and real. */
export interface Command {
  file: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Bytes for extra file descriptors, counted from 4 (0–2 are stdio, 3 is the report channel). */
  inherit: readonly Uint8Array[];
  /** Other user to run as, when the grader is root. */
  user?: User;
}

/** What a run may touch. */
export interface Access {
  work: string;
  /** Home and temporary files; writable. */
  temp: string;
  /** Files and folders that may be read: preload, node, packages. */
  read: readonly string[];
  /** Folder of another run that may be read, whoever owns it. */
  view?: string;
  /** Folders that must not be seen although they lie below a readable one: the course. */
  hide: readonly string[];
  grants: readonly Grant[];
  limits: Limits;
  /** True when the grader shares a private network with the run already. */
  networkIsPrivate: boolean;
}

/** A way to hold a submission in. It wraps a launch and changes nothing else. */
export interface Layer {
  readonly name: LayerName;
  /** Classes of attacks of which every one of the hostile suite is stopped; fewer where a program may start workers or children. */
  readonly stops: { readonly ungranted: readonly AttackClass[]; readonly granted: readonly AttackClass[] };
  probe(): Promise<Probe>;
  wrap(command: Command, access: Access): Command;
  /** True when no process of such a run can outlive its first one. */
  contains(access: Access): boolean;
}
