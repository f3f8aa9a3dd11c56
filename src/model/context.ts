import type { Exercise, Template, Value } from './course.ts';
import type { WorkContents } from './files.ts';
import type { SessionDatabase } from './mongo.ts';
import type { Outcome, RunningProgram } from './run.ts';
import type { ServiceRecord } from './services.ts';
import type { WireStep } from './steps.ts';
import type { ToolCall, ToolResult } from './tools.ts';
import type { Failure } from './verdict.ts';

/** What an evaluator is given to look with; the engine makes it, one for each check. */
export interface CheckContext {
  readonly exercise: Exercise;
  readonly language: string;
  /** Absolute folder of the learner's files, for looking up source lines. Never executed from here. */
  readonly submission: string;
  /** Entry file, relative to it. */
  readonly entry: string;
  /** Fills in a template from the run's givens. */
  render(template: Template): Value;
  /** The same with more values, such as those captured from an answer. */
  renderWith(values: Readonly<Record<string, Value>>): Promise<(template: Template) => Value>;
  /** Runs the submission's entry to its end. */
  run(input: ProgramInput, enough?: Enough): Promise<RunOutcome>;
  /** Goes through steps with the submission's modules, in a process of their own. */
  runSteps(input: ProgramInput, steps: readonly WireStep[]): Promise<StepsOutcome>;
  /** Runs the reference solution in the same way. */
  runSolution(input: ProgramInput): Promise<Outcome>;
  /** Runs npm, node and git in turn, in a fresh copy of the submission. */
  runTools(input: ToolsInput): Promise<ToolsOutcome>;
  /** Starts npm or node in a fresh copy of the submission and leaves it running; undefined where there is no npm. */
  startTool(input: { call: ToolCall; contents?: WorkContents }): Promise<RunningTool | undefined>;
  /** Starts nginx with a configuration of the submission, in front of the exercise's server. */
  nginx(input: { config: string; contents?: WorkContents }): Promise<NginxFront>;
  /** What the exercise's services have seen since this check began. */
  services(): readonly ServiceRecord[];
  /** The database of the session, where the exercise has one. */
  readonly database?: SessionDatabase;
  /** Whether what the check looks at beside the program's output is as it must be: a program that stays alive is ended then. */
  enough?(): Promise<boolean>;
  /** Runs a program of the course, held in as a submission is. */
  runScript(script: ScriptInput): Promise<Outcome>;
  /** The exercise's server, started if it is not up, or not with these contents. */
  server(contents?: WorkContents): Promise<RunningServer>;
  /** What this check's server finds in its work folder. */
  startedWith?: WorkContents;
  /** Absolute folder that holds a file of the submission as every run finds it: the learner's, or the exercise's own. */
  originOf(file: string): string;
}

/** Whether a program that is still alive has done all that is asked of it. */
export type Enough = (output: { stdout: string; stderr: string }) => Promise<boolean>;

/** A finished run whose work folder is still there, until the verdict. */
export interface RunOutcome extends Outcome {
  /** Absolute; whatever lies in it is the learner's doing. */
  work: string;
}

/** A run that went through steps. */
export interface StepsOutcome extends RunOutcome {
  /** By step: what the learner's process says of it; undefined where it says nothing. Of any shape. */
  answers: readonly unknown[];
  /** By step: what was printed on stdout meanwhile. */
  prints: readonly string[];
}

export interface ToolsInput {
  calls: readonly ToolCall[];
  contents?: WorkContents;
}

/** Commands that were run; there are fewer results than calls where the run ended early. */
export interface ToolsOutcome extends RunOutcome {
  results: readonly ToolResult[];
}

/** A command that goes on while its files are changed. */
export interface RunningTool {
  work: string;
  program: RunningProgram;
  put(contents: WorkContents): void;
}

/** The run that the parts of a check before this one have made. */
export interface Ran {
  work: string;
  input: ProgramInput;
  /** How it is shown, where it was not a program with that input. */
  line?: string;
  /** Requests that a server was sent, with their answers. */
  history?: readonly string[];
}

export interface ProgramInput {
  args: readonly string[];
  stdin?: string;
  nodeVersion?: string;
  env: Readonly<Record<string, string>>;
  contents?: WorkContents;
  /** Where its stdin comes from, for showing. */
  stdinFile?: string;
  nodeArgs?: readonly string[];
  /** Its peak memory matters and is watched closely. */
  watchesMemory?: true;
}

/** A program of the course, and what it is to look at. */
export interface ScriptInput {
  /** Below the exercise's folder. */
  file: string;
  args: readonly string[];
  /** Absolute work folder, which it may read. */
  work: string;
  /** Of the learner's server, which it may reach. */
  port?: number;
}

/** A learner's server: reachable at `port`, or the outcome of a run that never listened. */
export type RunningServer =
  | {
      up: true;
      port: number;
      requested: string;
      program: RunningProgram;
      work: string;
      /** Certificate that it must show, where it is to speak TLS. */
      ca?: string;
    }
  | { up: false; outcome: Outcome };

/** nginx in front of the learner's server: up, or why it is not. */
export type NginxFront =
  | { kind: 'up'; server: Extract<RunningServer, { up: true }> }
  /** There is no nginx on this machine. */
  | { kind: 'absent' }
  | { kind: 'no-file' }
  /** The exercise's own server did not start. */
  | { kind: 'no-app'; server: Extract<RunningServer, { up: false }> }
  /** It cannot be read, or it asks for more than the run may have. */
  | { kind: 'unfit'; unfit: { reason: string; word: string; at: number } }
  /** nginx refused it. */
  | { kind: 'invalid'; output: string };

/** What an evaluator found: nothing wrong, a failure, or a reason not to look. */
export type PartOutcome =
  | { status: 'passed'; ran?: Ran }
  | { status: 'failed'; failure: Failure }
  | { status: 'skipped'; tool: string; message: string };
