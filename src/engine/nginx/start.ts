import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { NginxFront, RunningServer } from '../../model/context.ts';
import type { Limits } from '../../model/course.ts';
import type { WorkContents } from '../../model/files.ts';
import type { Sandbox } from '../../model/run.ts';
import { nginxFile, startFront } from './front.ts';

interface NginxSession {
  server(): Promise<RunningServer>;
  tools(read: readonly string[]): Promise<Sandbox>;
  originOf(file: string): string;
  limits: Partial<Limits>;
}

/** Starts nginx with a configuration of the submission in front of the exercise's server, or tells why it cannot be. */
export async function startNginx(
  { config, contents }: { config: string; contents?: WorkContents },
  { server, tools, originOf, limits }: NginxSession,
): Promise<NginxFront> {
  const nginx = nginxFile();
  if (nginx === undefined) return { kind: 'absent' };
  const text = readText(path.join(originOf(config), config));
  if (text === undefined) return { kind: 'no-file' };
  const app = await server();
  if (!app.up) return { kind: 'no-app', server: app };
  return startFront({ nginx, sandbox: await tools([nginx]), app, config: text, contents, limits });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
