import type { StepRun } from '../model/steps.ts';

/** What the grader writes to a child that runs: to end as on Ctrl-C, to tell what keeps it alive, or when it has finished what it is at. */
export const ASK = { interrupt: 'interrupt', alive: 'alive', settle: 'settle' } as const;

/** What a child does before it blocks. */
export interface Wait {
  /** It was started before its files are there: the work folder to go into, and the packages to load, there or in a folder below. */
  warm?: { work: string; packages: readonly string[]; folder?: string };
}

/** What the grader writes to a blocked child: one JSON line. */
export interface GoLine {
  args: readonly string[];
  /** Added to the environment that it was started with. */
  env: Readonly<Record<string, string>>;
  /** Version of Node that the program is to see. */
  nodeVersion?: string;
  /** Folder to go into, relative to the work folder. */
  cwd?: string;
  /** Ports of this machine that it may connect to. */
  ports?: readonly number[];
  /** Where a connection to MongoDB's usual port is led. */
  databasePort?: number;
  /** To be gone through instead of the entry. */
  module?: StepRun;
}
