import type { Grant, Limits } from './course.ts';
import type { WorkContents } from './files.ts';
import type { StepRun } from './steps.ts';

export const DEFAULT_LIMITS: Limits = {
  time: 10_000,
  output: 1024 * 1024,
  heap: 256 * 1024 * 1024,
  memory: 512 * 1024 * 1024,
  processes: 64,
  fileSize: 256 * 1024 * 1024,
  disk: 1024 * 1024 * 1024,
};

/** Caps on what a submission may consist of. */
export const SUBMISSION_LIMITS = { files: 5_000, bytes: 64 * 1024 * 1024, depth: 32 } as const;

/** What a launch needs before its arguments are known. */
export interface LaunchSpec {
  /** Entry file, relative to the work folder, `/` between its parts. */
  entry: string;
  nodeArgs: readonly string[];
  env: Readonly<Record<string, string>>;
  limits: Limits;
  grants: readonly Grant[];
  /** Packages may be loaded before its files, arguments and variables are there. */
  mayBeWarm?: true;
  /** Folder in which they are loaded then, below the work folder, where it is not that itself. */
  warmIn?: string;
}

/** Whether node is started for its prompt and reads its lines from stdin. */
export function isInteractive(nodeArgs: readonly string[]): boolean {
  return nodeArgs.includes('-i') || nodeArgs.includes('--interactive');
}

/** What makes the blocked child go on. */
export interface Go {
  args: readonly string[];
  stdin?: string;
  /** What `process.version` and `process.versions.node` tell instead of the truth, without the `v`. */
  nodeVersion?: string;
  env: Readonly<Record<string, string>>;
  contents?: WorkContents;
  /** Ports of this machine that it may connect to besides its own. */
  ports?: readonly number[];
  /** Where a connection to MongoDB's usual port is led. */
  databasePort?: number;
  /** Steps to go through instead of the entry; the run is ended when they are done. */
  module?: StepRun;
  /** Its peak memory matters: it is looked at often. */
  watchesMemory?: true;
}

/** How a run came to its end. The limit that it ran into is named; `left` means that it stayed alive when it was no longer needed and was ended by the grader. */
export type Ended = 'exit' | 'left' | 'time' | Excess;

/** What a run had too much of. */
export type Excess = 'output' | 'memory' | 'processes' | 'disk' | 'descriptors';

/** One finished run. Sizes in bytes, times in milliseconds. */
export interface Outcome {
  ended: Ended;
  exitCode: number | null;
  signal: string | null;
  stdout: Captured;
  stderr: Captured;
  milliseconds: number;
  /** Peak resident memory, as far as it could be seen; 0 when it could not. Seen from outside where the system shows it. */
  peakMemory: number;
  /** The child's own words, to be used for explanations only. */
  reports: readonly Report[];
  /** Processes that outlived the run and were killed. */
  leftovers: number;
}

/** Captured output. `text` replaces what is not UTF-8 by U+FFFD and says so. */
export interface Captured {
  text: string;
  invalidUtf8: boolean;
  truncated: boolean;
}

/** One JSON line of the child on the report channel. Untrusted. */
export type Report =
  | { type: 'ready'; maxRss: number }
  | { type: 'listening'; requested: string; port: number }
  | { type: 'step'; token: string; index: number; answer: unknown }
  | { type: 'done'; token: string }
  | { type: 'exit'; code: number; maxRss: number; handles: readonly string[] }
  | { type: 'alive'; handles: readonly string[] }
  | { type: 'settled'; serves: boolean };

/** A child that is up and blocked until `go`. */
export interface PreparedRun {
  /** Absolute work folder: a fresh copy of the submission, this run's own. */
  readonly work: string;
  go(go: Go): RunningProgram;
  /** Saves files in its work folder while it runs. */
  put(contents: WorkContents): void;
  /** Ends a child that is not needed after all. */
  discard(): Promise<void>;
}

/** A port that a program listens on, and the one that it asked for. */
export interface Listener {
  port: number;
  requested: string;
}

/** What a process is to a run: the first one of it, one that it has started, or none of its own. */
export type Kin = 'first' | 'started' | 'foreign';

/** A program that was told to go. */
export interface RunningProgram {
  readonly outcome: Promise<Outcome>;
  /** The first port it listens on, or the outcome if it ends before it listens. */
  readonly listening: Promise<Listener | Outcome>;
  /** All ports that it has listened on so far. */
  listeners(): readonly Listener[];
  /** Output so far. */
  output(): { stdout: string; stderr: string };
  /**
   * Resolves when it has finished the turn of its event loop that it was in, and all that it printed in it is there.
   * False when that says nothing: it has ended, or it is not its first process alone that serves.
   */
  settled(): Promise<boolean>;
  /** Resolves when it has printed more, or has ended. */
  more(): Promise<void>;
  /** How many processes it has started that still run. */
  started(): number;
  /** Ends one process that it has started, by the id that the program knows it by; resolves when that is gone. */
  kill(id: number): Promise<Kin>;
  /** Ends it with everything it started; its `outcome` then says `left`. */
  stop(): Promise<Outcome>;
}

/** A submission's sandbox, held for one verdict. */
export interface Sandbox {
  /** Runs load packages before they are told to go on, and so must be started with all that packages may look at then. */
  readonly loadsAhead: boolean;
  /** Copies the submission into a fresh work folder and starts a child there that waits for `go`. */
  prepare(spec: LaunchSpec): Promise<PreparedRun>;
  /** Ends every run that is left and removes every work folder. */
  close(): Promise<void>;
}
