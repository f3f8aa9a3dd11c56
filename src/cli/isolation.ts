import os from 'node:os';
import path from 'node:path';
import { TutorError } from '../model/error.ts';
import type { Isolation } from '../model/verdict.ts';
import { chooseLayer } from '../sandbox/layers.ts';
import type { CommandContext, IsolationRequest } from './context.ts';

const REQUESTS: readonly IsolationRequest[] = ['auto', 'strict', 'guard', 'none'];

/** The isolation that was asked for on the command line or by NODE_TUTOR_ISOLATE, or the best there is. */
export function chooseIsolation({ options, io }: CommandContext): Promise<Isolation> {
  return chooseLayer(options.isolate ?? requestOf(io.env.NODE_TUTOR_ISOLATE), { cacheFolder: cacheFolder(io.env) });
}

function requestOf(value: string | undefined): IsolationRequest {
  if (value === undefined || value === '') return 'auto';
  const request = REQUESTS.find((known) => known === value);
  if (request !== undefined) return request;
  throw new TutorError(`NODE_TUTOR_ISOLATE is "${value}".`, { next: `It may be ${REQUESTS.join(', ')}.` });
}

/** Where this system keeps what a program can make again. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'node-tutor');
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? os.tmpdir(), 'node-tutor', 'cache');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'node-tutor');
  return path.join(os.homedir(), '.cache', 'node-tutor');
}
