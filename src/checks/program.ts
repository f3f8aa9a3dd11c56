import type { CheckContext, Enough, PartOutcome, ProgramInput } from '../model/context.ts';
import type { ProgramSpec, TextMatcher, Value } from '../model/course.ts';
import { isInteractive, type Outcome } from '../model/run.ts';
import type { Difference, Failure } from '../model/verdict.ts';
import type { Found } from './causes/found.ts';
import { commandLine } from './command-line.ts';
import { lookAt, readStart } from './files/look.ts';
import { matchText, valueText } from './match-text.ts';
import { type CheckSay, messages } from './messages.ts';
import { renderPath, shownContents, workContents } from './work-contents.ts';

/** How much of a file is fed to a program, in bytes. */
const MOST_STDIN = 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** The `program` kind: starts the submission with arguments, stdin and environment; looks at stdout, stderr and the exit code. */
export async function evaluateProgram(spec: ProgramSpec, context: CheckContext): Promise<PartOutcome> {
  const input = programInput(spec, context);
  if ('failure' in input) return { status: 'failed', failure: input.failure };
  const needsSolution = spec.stdout?.from === 'solution' || spec.stderr?.from === 'solution';
  const [outcome, solution] = await Promise.all([
    context.run(input, enough(spec, context)),
    needsSolution ? context.runSolution(input) : undefined,
  ]);
  const differences = await findDifferences(spec, { outcome, solution }, context);
  if ((outcome.ended === 'exit' || stays(outcome, context)) && differences.length === 0) {
    return { status: 'passed', ran: { work: outcome.work, input } };
  }
  return { status: 'failed', failure: await explain({ spec, input, outcome, differences }, context) };
}

/** A failed run with all that an explanation can draw on. */
export interface FailedProgram {
  spec: ProgramSpec;
  input: ProgramInput;
  outcome: Outcome;
  differences: readonly Difference[];
}

function programInput(spec: ProgramSpec, context: CheckContext): ProgramInput | { failure: Failure } {
  const { render } = context;
  const args = spec.args === undefined ? [] : [render(spec.args)].flat(1).map((value) => valueText(value as Value));
  const env = Object.fromEntries(
    Object.entries(spec.env ?? {}).map(([name, template]) => [name, valueText(render(template))]),
  );
  const text = (name: 'stdin' | 'nodeVersion') => {
    const template = spec[name];
    return template === undefined ? {} : { [name]: valueText(render(template)) };
  };
  const contents = workContents(spec, render);
  const { nodeArgs = [], stdinFile } = spec;
  const input = {
    args,
    env: isInteractive(nodeArgs) ? { ...env, NODE_REPL_HISTORY: '' } : env,
    ...text('stdin'),
    ...text('nodeVersion'),
    ...(nodeArgs.length > 0 && { nodeArgs }),
    ...(spec.peakMemory !== undefined && { watchesMemory: true as const }),
    ...(contents && { contents }),
  };
  return stdinFile === undefined ? input : withStdinFile(input, renderPath(stdinFile, render), context);
}

/** The input with a file of the submission as its stdin, or what to say where there is none. */
function withStdinFile(input: ProgramInput, file: string, context: CheckContext): ProgramInput | { failure: Failure } {
  const whole = { ...input, stdinFile: file };
  const seen = lookAt(context.originOf(file), file);
  if (seen.kind === 'file') {
    const stdin = readStart(seen.file, MOST_STDIN)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
    return { ...whole, stdin };
  }
  const say = messages(context.language);
  return {
    failure: {
      summary: say('program.no-stdin', { file }),
      tried: { kind: 'command', line: commandLine(context.entry, whole) },
      differences: [],
      observed: [],
      next: say('program.no-stdin.next', { file }),
    },
  };
}

/** Whether a program that stays alive has printed all that it must, and has left in its database what it must. */
function enough(spec: ProgramSpec, context: CheckContext): Enough | undefined {
  if (context.enough === undefined) return undefined;
  return async ({ stdout, stderr }) => {
    const texts = [
      spec.stdout && (await matchText(spec.stdout, { what: 'stdout', got: stdout }, context.render)),
      spec.stderr && (await matchText(spec.stderr, { what: 'stderr', got: stderr }, context.render)),
    ];
    return texts.every((difference) => difference === undefined) && (await context.enough?.()) === true;
  };
}

/** A program that leaves its connection to the database open does not end; it is judged by what it has done. One whose code is still busy is not meant. */
export function stays({ ended, reports }: Outcome, context: CheckContext): boolean {
  if (context.enough === undefined) return false;
  return ended === 'left' || (ended === 'time' && reports.some(({ type }) => type === 'alive'));
}

async function findDifferences(
  spec: ProgramSpec,
  { outcome, solution }: { outcome: Outcome; solution: Outcome | undefined },
  context: CheckContext,
): Promise<Difference[]> {
  const stream = async (what: 'stdout' | 'stderr', matcher: TextMatcher | undefined) =>
    matcher &&
    matchText(
      matcher,
      { what, got: outcome[what].text, ...(solution ? { fromSolution: solution[what].text } : {}) },
      context.render,
    );
  const differences = [
    await stream('stdout', spec.stdout),
    await stream('stderr', spec.stderr),
    stays(outcome, context) ? undefined : exitDifference(spec, outcome),
    memoryDifference(spec, outcome, context),
  ];
  return differences.filter((difference) => difference !== undefined);
}

function exitDifference(spec: ProgramSpec, { exitCode, signal }: Outcome): Difference | undefined {
  if (spec.exitCode === 'any' || exitCode === spec.exitCode) return undefined;
  if (spec.exitCode === 'nonzero' && exitCode !== 0 && exitCode !== null) return undefined;
  return {
    what: 'exit code',
    relation: 'equals',
    expected: spec.exitCode === 'nonzero' ? 'not 0' : String(spec.exitCode),
    got: exitCode === null ? `none, ended by ${signal ?? 'a signal'}` : String(exitCode),
  };
}

/** What a difference in peak memory is called. */
export const PEAK_MEMORY = 'peak memory';

function memoryDifference(
  { peakMemory }: ProgramSpec,
  { peakMemory: peak, ended }: Outcome,
  { language }: CheckContext,
): Difference | undefined {
  if (peakMemory === undefined || (peak <= peakMemory && ended !== 'memory')) return undefined;
  const allowed = shownSize(peakMemory);
  const say = messages(language);
  // A program that asks for much at once ends before it has it.
  const got = peak > peakMemory ? shownSize(peak) : say('program.memory.refused');
  return {
    what: PEAK_MEMORY,
    relation: 'equals',
    expected: say('program.memory.allowed', { allowed }),
    got: ended === 'memory' ? say('program.memory.stopped', { got }) : got,
  };
}

/** `130 MB`. */
function shownSize(bytes: number): string {
  return `${Math.round(bytes / MEGABYTE)} MB`;
}

async function explain(failed: FailedProgram, context: CheckContext): Promise<Failure> {
  const { findProgramCause } = await import('./causes/program-causes.ts');
  const { outcome, differences, input } = failed;
  const say = messages(context.language);
  const found = await findProgramCause(failed, context);
  const ranOn = outcome.ended === 'exit' || stays(outcome, context);
  const endedEarly = !ranOn || found?.isError;
  const errorText = outcome.stderr.text.trim();
  const showsStderr = errorText !== '' && !differences.some((difference) => difference.what === 'stderr');
  return {
    summary: summaryOf(failed, found, say),
    tried: { kind: 'command', line: commandLine(context.entry, input), ...shownStdin(input) },
    differences: endedEarly ? differences.filter(({ what }) => what === PEAK_MEMORY) : differences,
    observed: [...shownContents(input.contents), ...(showsStderr ? [{ what: 'stderr', text: errorText }] : [])],
    ...(found ? { cause: found.cause, next: found.next } : { next: say('next.compare') }),
  };
}

function summaryOf({ outcome, differences, spec }: FailedProgram, found: Found | undefined, say: CheckSay): string {
  const memory = differences.find(({ what }) => what === PEAK_MEMORY);
  if (memory && (outcome.ended === 'memory' || differences.length === 1)) {
    return say('program.memory', { got: memory.got, allowed: shownSize(spec.peakMemory ?? 0) });
  }
  if (outcome.ended !== 'exit') {
    return say(`ended.${outcome.ended}`, { seconds: Math.round(outcome.milliseconds / 100) / 10 });
  }
  const what = differences.map((difference) => difference.what).join(', ');
  return say(found?.isError ? 'program.error' : 'program.differs', { what });
}

/** What is typed; a file of the learner's own is named by the command line. */
function shownStdin({ stdin, stdinFile }: ProgramInput): { stdin?: string } {
  return stdin && stdinFile === undefined ? { stdin } : {};
}
