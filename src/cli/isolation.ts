import { cacheFolder } from '../model/cache-folder.ts';
import { TutorError } from '../model/error.ts';
import type { Isolation } from '../model/verdict.ts';
import { chooseLayer } from '../sandbox/layers.ts';
import type { CommandContext, IsolationRequest } from './context.ts';

const REQUESTS: readonly IsolationRequest[] = ['auto', 'strict', 'unshare', 'guard', 'none'];

/** The isolation that was asked for on the command line or by NODE_TUTOR_ISOLATE, or the best there is. */
export function chooseIsolation(context: CommandContext): Promise<Isolation> {
  return chooseLayer(requestedIsolation(context), { cacheFolder: cacheFolder() });
}

/**
 * What was asked for, `auto` where nothing was.
 * @throws TutorError when NODE_TUTOR_ISOLATE is no word for it
 */
export function requestedIsolation({ options, io }: CommandContext): IsolationRequest {
  return options.isolate ?? requestOf(io.env.NODE_TUTOR_ISOLATE);
}

function requestOf(value: string | undefined): IsolationRequest {
  if (value === undefined || value === '') return 'auto';
  const request = REQUESTS.find((known) => known === value);
  if (request !== undefined) return request;
  throw new TutorError(`NODE_TUTOR_ISOLATE is "${value}".`, { next: `It may be ${REQUESTS.join(', ')}.` });
}
