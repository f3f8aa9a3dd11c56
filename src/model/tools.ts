import type { Template, TextMatcher, ValueMatcher } from './course.ts';
import type { WorkInputs } from './files.ts';

/** The `npm` kind: facts of the learner's package.json, then commands that are run for real, offline, in one work folder. */
export interface NpmSpec extends WorkInputs {
  package?: PackageExpectation;
  commands: readonly ToolCommand[];
}

export interface PackageExpectation {
  /** Values in package.json by path, such as `scripts.start`. */
  at?: Readonly<Record<string, ValueMatcher>>;
  /** Dependencies by name. */
  dependencies?: Readonly<Record<string, DependencyExpectation>>;
}

/** What one dependency of package.json must be. All that are given must hold. */
export interface DependencyExpectation {
  in?: 'dependencies' | 'devDependencies';
  /** Versions that its range allows. */
  allows?: readonly Template[];
  /** Versions that its range refuses. */
  refuses?: readonly Template[];
  absent?: boolean;
}

/** `mongosh` is fed a file of the submission, line by line, on the database of the exercise. */
export type ToolName = 'npm' | 'node' | 'git' | 'mongosh';

export interface ToolCommand {
  tool: ToolName;
  /** For mongosh the one file. */
  args: Template;
  /** Folder that it is started in, below the work folder. */
  cwd?: Template;
  /** What a failure names instead, where the learner would type something else. */
  shown?: string;
  stdout?: TextMatcher;
  stderr?: TextMatcher;
  exitCode: number | 'nonzero' | 'any';
}

/** A command with its templates filled in. */
export interface ToolCall {
  tool: ToolName;
  args: readonly string[];
  cwd?: string;
  shown?: string;
}

/** How a command ended, as its run says. `absent`: there is no such tool. */
export interface ToolResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  absent: boolean;
}

/** The `watch` kind: a command that goes on while its files are changed. */
export interface WatchSpec extends WorkInputs {
  start: { tool: ToolName; args: Template; cwd?: Template };
  steps: readonly WatchStep[];
}

/** Files that are saved, then what must be printed after that. */
export interface WatchStep {
  /** New texts of files, by path. */
  save?: Readonly<Record<string, Template>>;
  stdout: TextMatcher;
  /** Milliseconds that it may take; default: long enough for npm. */
  within?: number;
}
