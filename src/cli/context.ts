import type { Course } from '../model/course.ts';
import type { Theme } from '../ui/theme.ts';
import type { SayCli } from './messages.ts';

/** What was given on the command line, after validation; absent where it was not given. */
export interface Options {
  course?: string;
  dir?: string;
  seed?: string;
  isolate?: IsolationRequest;
  lang?: string;
  json?: boolean;
  color: boolean;
  debug?: boolean;
  submission?: string;
  anyway?: boolean;
  exercise?: string;
  reporter?: 'terminal' | 'json' | 'junit' | 'github';
  output?: string;
  exitZero?: boolean;
  strictSkips?: boolean;
  jobs?: number;
  seeds?: number;
  shuffle?: string;
  track?: string;
  todo?: boolean;
  done?: boolean;
  answers?: readonly number[];
  force?: boolean;
  title?: string;
  lesson?: string;
  yes?: boolean;
  database?: string;
  port?: number;
  data?: string;
  editor?: string;
  open?: boolean;
  fix?: boolean;
  poll?: boolean;
  plain?: boolean;
}

export type IsolationRequest = 'auto' | 'strict' | 'unshare' | 'guard' | 'none';

/** The process as the commands see it. */
export interface Io {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** True when stdin and stdout are a terminal and questions can be asked. */
  interactive: boolean;
  /** The answer. */
  print(text: string): void;
  /** The text of a reporter that guards itself, as it stands. */
  report(text: string): void;
  /** Talk, on stderr. */
  tell(text: string): void;
  /** A passing remark that is wiped away before the next output; nothing where stderr is no terminal. */
  remark(text: string): void;
}

/** What a command is given. */
export interface CommandContext {
  io: Io;
  options: Options;
  arguments: readonly string[];
  /** What stands behind `--`, for the learner's program. */
  rest: readonly string[];
  /** Folder of the installed package. */
  packageRoot: string;
  /** Aborted when the tutor is told to stop. */
  signal: AbortSignal;
  language: string;
  say: SayCli;
  /** A text with its commands as the learner can type them. */
  typed(text: string): string;
  theme(): Promise<Theme>;
  course(): Promise<Course>;
}

/** Runs a command; the number is the program's exit code: an `ExitCode`, 130 after Ctrl-C in a menu, or the one of a learner's program. */
export type Command = (context: CommandContext) => Promise<number>;
