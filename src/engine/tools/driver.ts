// Runs the commands of an `npm` check one after the other, within the sandbox, and prints how each ended.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ToolCall, ToolResult } from '../../model/tools.ts';
import { mongoshHome } from './mongosh-home.ts';

interface DriverInput {
  token: string;
  /** npm's own script; empty where there is no npm. */
  npm: string;
  calls: readonly ToolCall[];
  /** How mongosh is started, and the address that it is given; absent where there is none. */
  shell?: { file: string; args: readonly string[]; uri: string };
  /** The one call goes on, with the outputs of this process as its own. */
  stays?: boolean;
}

const { token, npm, calls, shell, stays }: DriverInput = JSON.parse(process.argv[2] ?? '{}');
const temp = os.tmpdir();
const env = {
  ...process.env,
  npm_config_cache: path.join(temp, 'npm-cache'),
  npm_config_prefix: path.join(temp, 'npm-prefix'),
  npm_config_userconfig: path.join(temp, 'npmrc'),
  npm_config_globalconfig: path.join(temp, 'npmrc-global'),
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  npm_config_loglevel: 'error',
  GIT_CONFIG_NOSYSTEM: '1',
};

// The commands see the learner's folder, and this file is not the learner's.
rmSync(__filename, { force: true });

const [first] = calls;
if (stays && first !== undefined) start(first);
else for (const call of calls) writeSync(1, `${token}${JSON.stringify(run(call))}\n`);

function start(call: ToolCall): void {
  const { file, args, cwd } = command(call);
  spawn(file, args, { cwd, env, stdio: 'inherit' })
    .on('exit', (code) => process.exit(code ?? 1))
    .on('error', (error) => {
      writeSync(2, `${error.message}\n`);
      process.exit(1);
    });
}

function command({ tool, args, cwd = '.' }: ToolCall): { file: string; args: readonly string[]; cwd: string } {
  const file = tool === 'git' ? 'git' : process.execPath;
  return { file, args: tool === 'npm' ? [npm, ...args] : args, cwd: path.resolve(cwd) };
}

function run(call: ToolCall): ToolResult {
  const { tool } = call;
  if (tool === 'mongosh') return typeInto(call);
  if (tool === 'npm' && npm === '') return { exitCode: null, stdout: '', stderr: '', absent: true };
  const { file, args, cwd } = command(call);
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, env, encoding: 'utf8' });
  const absent = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' && tool === 'git';
  return { exitCode: status, stdout: stdout ?? '', stderr: stderr ?? '', absent };
}

/** Feeds a file to mongosh, which takes its lines as if they were typed. */
function typeInto({ args: [file = ''], cwd = '.' }: ToolCall): ToolResult {
  if (shell === undefined) return { exitCode: null, stdout: '', stderr: '', absent: true };
  const home = mongoshHome(temp);
  const { status, stdout, stderr } = spawnSync(shell.file, [...shell.args, shell.uri, '--quiet', '--norc'], {
    cwd: path.resolve(cwd),
    env: { ...process.env, HOME: home, USERPROFILE: home, APPDATA: home, NODE_NO_WARNINGS: '1' },
    encoding: 'utf8',
    input: typed(path.resolve(cwd, file)),
  });
  return { exitCode: status, stdout: stdout ?? '', stderr: stderr ?? '', absent: false };
}

/** The lines of a file; the last one is ended, or the shell would not take it. */
function typed(file: string): string {
  try {
    return `${readFileSync(file, 'utf8').replace(/^\uFEFF/, '')}\n`;
  } catch {
    return '';
  }
}
