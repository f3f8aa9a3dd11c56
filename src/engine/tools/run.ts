import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { RunningTool, ToolsInput, ToolsOutcome } from '../../model/context.ts';
import type { Limits } from '../../model/course.ts';
import type { WorkContents } from '../../model/files.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../../model/run.ts';
import type { ToolCall, ToolResult } from '../../model/tools.ts';
import { tutorPaths } from '../paths.ts';

/** The file that the driver is for the time of a run. */
const DRIVER = '.node-tutor-commands.cjs';
/** npm takes longer than a learner's program: installing a folder of two files takes about a second. */
const TIME = 60_000;

/** How mongosh is started, and the address that it is given. */
export interface ShellStart {
  file: string;
  args: readonly string[];
  uri: string;
}

/** Runs commands in a fresh copy of the submission; what they print is the run's own word. */
export async function runTools(
  sandbox: Sandbox,
  { calls, contents, shell }: ToolsInput & { shell?: ShellStart | undefined },
  limits: Partial<Limits>,
): Promise<ToolsOutcome> {
  const token = randomUUID();
  const { program, work } = await drive(sandbox, { input: { token, calls, shell }, contents }, limits);
  const outcome = await program.outcome;
  const results = outcome.stdout.text
    .split('\n')
    .filter((line) => line.startsWith(token))
    .map((line): ToolResult => JSON.parse(line.slice(token.length)));
  return { ...outcome, work, results };
}

/** Starts one command in a fresh copy of the submission, and leaves it running; undefined where there is no npm. */
export async function startTool(
  sandbox: Sandbox,
  { call, contents }: { call: ToolCall; contents?: WorkContents },
  limits: Partial<Limits>,
): Promise<RunningTool | undefined> {
  if (call.tool === 'npm' && npmScript() === undefined) return undefined;
  return drive(sandbox, { input: { calls: [call], stays: true }, contents }, limits);
}

async function drive(
  sandbox: Sandbox,
  { input, contents }: { input: object; contents: WorkContents | undefined },
  limits: Partial<Limits>,
): Promise<RunningTool> {
  const prepared = await sandbox.prepare({
    entry: DRIVER,
    nodeArgs: [],
    env: {},
    limits: { ...DEFAULT_LIMITS, time: TIME, ...limits },
    grants: ['children'],
  });
  const text = readFileSync(path.join(tutorPaths().dist, 'commands.cjs'), 'utf8');
  const files = { ...contents?.files, [DRIVER]: { kind: 'text', text } as const };
  const args = [JSON.stringify({ npm: npmScript() ?? '', ...input })];
  const program = prepared.go({ args, env: {}, contents: { files, folders: contents?.folders ?? [] } });
  return { program, work: prepared.work, put: prepared.put };
}

/** npm's script: beside the running Node.js, or that of the npm on the PATH. */
export function npmScript(): string | undefined {
  const script = path.join('node_modules', 'npm', 'bin', 'npm-cli.js');
  const beside = [
    path.join(path.dirname(process.execPath), script),
    path.join(path.dirname(process.execPath), '..', 'lib', script),
  ];
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .flatMap((folder) => [path.join(folder, 'npm'), path.join(folder, script)]);
  return [...beside, ...onPath]
    .filter((file) => existsSync(file))
    .map((file) => realpathSync(file))
    .find((file) => file.endsWith('npm-cli.js'));
}
