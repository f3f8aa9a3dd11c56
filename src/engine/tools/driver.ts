// Runs the commands of an `npm` check one after the other, within the sandbox, and prints how each ended.
import { spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ToolCall, ToolResult } from '../../model/tools.ts';

interface DriverInput {
  token: string;
  /** npm's own script; empty where there is no npm. */
  npm: string;
  calls: readonly ToolCall[];
}

const { token, npm, calls }: DriverInput = JSON.parse(process.argv[2] ?? '{}');
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

for (const call of calls) writeSync(1, `${token}${JSON.stringify(run(call))}\n`);

function run({ tool, args, cwd = '.' }: ToolCall): ToolResult {
  if (tool === 'npm' && npm === '') return { exitCode: null, stdout: '', stderr: '', absent: true };
  const file = tool === 'git' ? 'git' : process.execPath;
  const all = tool === 'npm' ? [npm, ...args] : args;
  const { status, stdout, stderr, error } = spawnSync(file, all, { cwd: path.resolve(cwd), env, encoding: 'utf8' });
  const absent = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' && tool === 'git';
  return { exitCode: status, stdout: stdout ?? '', stderr: stderr ?? '', absent };
}
