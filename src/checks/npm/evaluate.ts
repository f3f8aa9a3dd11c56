import type { CheckContext, PartOutcome, ToolsOutcome } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import type { NpmSpec, ToolCall, ToolCommand, ToolResult } from '../../model/tools.ts';
import type { Difference, Failure } from '../../model/verdict.ts';
import { quote } from '../command-line.ts';
import { matchText, valueText } from '../match-text.ts';
import { messages } from '../messages.ts';
import { workContents } from '../work-contents.ts';
import { manifestDifference, readManifest } from './manifest.ts';

/** The `npm` kind: looks at package.json, then runs npm, node and git for real. */
export async function evaluateNpm(spec: NpmSpec, context: CheckContext): Promise<PartOutcome> {
  const say = messages(context.language);
  if (spec.package !== undefined) {
    const read = readManifest(context.submission, say);
    const wrong =
      'wrong' in read ? read.wrong : await manifestDifference(spec.package, read.data, { render: context.render, say });
    if (wrong) return { status: 'failed', failure: manifestFailure(wrong, context) };
  }
  if (spec.commands.length === 0) return { status: 'passed' };
  const calls = spec.commands.map((command) => toCall(command, context));
  const contents = workContents(spec, context.render);
  const outcome = await context.runTools({ calls, ...(contents && { contents }) });
  for (const [index, command] of spec.commands.entries()) {
    const result = outcome.results[index];
    if (result?.absent)
      return { status: 'skipped', tool: command.tool, message: say(absentKey(command), { tool: command.tool }) };
    const differences = result === undefined ? [] : await commandDifferences(command, result, context);
    if (result !== undefined && differences.length === 0) continue;
    const failed = { calls: calls.slice(0, index + 1), result, differences, outcome };
    return { status: 'failed', failure: await commandFailure(failed, context) };
  }
  return {
    status: 'passed',
    ran: { work: outcome.work, input: { args: [], env: {} }, line: calls.map(commandText).join(' && ') },
  };
}

function absentKey({ tool }: ToolCommand): 'npm.absent' | 'npm.absent.mongosh' {
  return tool === 'mongosh' ? 'npm.absent.mongosh' : 'npm.absent';
}

function toCall({ tool, args, cwd, shown }: ToolCommand, { render }: CheckContext): ToolCall {
  const words = [render(args)].flat(1).map((value) => valueText(value as Value));
  return {
    tool,
    args: words,
    ...(cwd !== undefined && { cwd: valueText(render(cwd)) }),
    ...(shown !== undefined && { shown }),
  };
}

async function commandDifferences(
  { stdout, stderr, exitCode }: ToolCommand,
  result: ToolResult,
  { render }: CheckContext,
): Promise<Difference[]> {
  const differences = [
    stdout && (await matchText(stdout, { what: 'stdout', got: result.stdout }, render)),
    stderr && (await matchText(stderr, { what: 'stderr', got: result.stderr }, render)),
    exitDifference(exitCode, result),
  ];
  return differences.filter((difference) => difference !== undefined);
}

function exitDifference(expected: ToolCommand['exitCode'], { exitCode }: ToolResult): Difference | undefined {
  if (expected === 'any' || exitCode === expected) return undefined;
  if (expected === 'nonzero' && exitCode !== 0) return undefined;
  const wanted = expected === 'nonzero' ? 'not 0' : String(expected);
  return { what: 'exit code', relation: 'equals', expected: wanted, got: String(exitCode ?? 'none') };
}

function manifestFailure(difference: Difference, { language }: CheckContext): Failure {
  const say = messages(language);
  return {
    summary: say('npm.package-differs'),
    tried: { kind: 'command', line: 'cat package.json' },
    differences: [difference],
    observed: [],
    next: say('npm.package-next'),
  };
}

async function commandFailure(
  {
    calls,
    result,
    differences,
    outcome,
  }: {
    calls: readonly ToolCall[];
    result: ToolResult | undefined;
    differences: readonly Difference[];
    outcome: ToolsOutcome;
  },
  context: CheckContext,
): Promise<Failure> {
  const say = messages(context.language);
  const { findNpmCause } = await import('../causes/npm-causes.ts');
  const { shellCause } = await import('../causes/shell-causes.ts');
  const stderr = (result?.stderr ?? outcome.stderr.text).trim();
  const found =
    (result && shellCause({ call: calls.at(-1), result }, context, say)) ?? (await findNpmCause(stderr, context));
  const seconds = Math.round(outcome.milliseconds / 100) / 10;
  return {
    summary:
      result === undefined && outcome.ended !== 'exit'
        ? say(`ended.${outcome.ended}`, { seconds })
        : say('program.differs', { what: differences.map(({ what }) => what).join(', ') }),
    tried: { kind: 'command', line: calls.map(commandText).join(' && ') },
    differences: found?.isError ? [] : differences,
    observed: stderr === '' ? [] : [{ what: 'stderr', text: stderr }],
    ...(found
      ? { cause: found.cause, next: found.next }
      : { next: say(calls.at(-1)?.tool === 'mongosh' ? 'npm.next.mongosh' : 'npm.next') }),
  };
}

/** The command as a learner types it. */
export function commandText({ tool, args, cwd, shown }: ToolCall): string {
  if (shown !== undefined) return shown;
  const line = [tool, ...(tool === 'mongosh' ? ['<'] : []), ...args.map(quote)].join(' ');
  return cwd === undefined ? line : `(cd ${quote(cwd)} && ${line})`;
}
