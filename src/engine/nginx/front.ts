import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fitConfig } from '../../checks/nginx/rewrite.ts';
import type { NginxFront, RunningServer } from '../../model/context.ts';
import type { Limits } from '../../model/course.ts';
import type { WorkContents } from '../../model/files.ts';
import { DEFAULT_LIMITS, type Outcome, type RunningProgram, type Sandbox } from '../../model/run.ts';
import { tutorPaths } from '../paths.ts';
import type { DriverAnswer, DriverInput } from './driver.ts';

/** The file that the driver is for the time of a run. */
const DRIVER = '.node-tutor-nginx.cjs';

/** Full path of the system's nginx; undefined where there is none. */
export function nginxFile(): string | undefined {
  const folders = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  const own = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const file = [...folders, ...own].map((folder) => path.join(folder, 'nginx')).find((one) => existsSync(one));
  return file === undefined ? undefined : realpathSync(file);
}

export interface FrontOptions {
  nginx: string;
  /** Its runs may read nginx. */
  sandbox: Sandbox;
  app: Extract<RunningServer, { up: true }>;
  /** Text of the configuration. */
  config: string;
  contents?: WorkContents | undefined;
  limits: Partial<Limits>;
}

/** Tries a configuration with the real nginx, and starts it in front of a server that runs. */
export async function startFront({ nginx, sandbox, app, config, contents, limits }: FrontOptions): Promise<NginxFront> {
  const fit = fitConfig(config, app);
  if ('reason' in fit) return { kind: 'unfit', unfit: fit };
  const token = randomUUID();
  const input: DriverInput = { token, nginx, config: fit.text, ports: fit.ports.length };
  const prepared = await sandbox.prepare({
    entry: DRIVER,
    nodeArgs: [],
    env: {},
    limits: { ...DEFAULT_LIMITS, time: 60_000, ...limits },
    grants: ['children'],
  });
  const text = readFileSync(path.join(tutorPaths().dist, 'nginx.cjs'), 'utf8');
  const files = { ...contents?.files, [DRIVER]: { kind: 'text', text } as const };
  const program = prepared.go({
    args: [JSON.stringify(input)],
    env: {},
    contents: { files, folders: contents?.folders ?? [] },
    ports: [app.port],
  });
  const answer = await firstAnswer(program, token);
  if ('outcome' in answer) return { kind: 'invalid', output: answer.outcome.stderr.text };
  if ('invalid' in answer) {
    await program.stop();
    return { kind: 'invalid', output: answer.invalid };
  }
  const requested = fit.ports[0] ?? '';
  return {
    kind: 'up',
    server: { up: true, port: answer.ports[0] ?? 0, requested, program, work: prepared.work },
  };
}

/** What the driver says, which is the run's own word; or how the run ended without it. */
async function firstAnswer(program: RunningProgram, token: string): Promise<DriverAnswer | { outcome: Outcome }> {
  const end = program.outcome.then((outcome) => ({ outcome }));
  for (;;) {
    const more = program.more().then(() => undefined);
    const line = program
      .output()
      .stdout.split('\n')
      .slice(0, -1)
      .find((one) => one.startsWith(token));
    if (line !== undefined) return JSON.parse(line.slice(token.length));
    const ended = await Promise.race([more, end]);
    if (ended !== undefined) return ended;
  }
}
