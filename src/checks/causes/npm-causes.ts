import type { CheckContext } from '../../model/context.ts';
import { messages } from '../messages.ts';
import { invalidPackage } from './broken-package.ts';
import { readPrintedError, wasThrown } from './error-output.ts';
import { type Found, found } from './found.ts';
import { findErrorCause } from './load-causes.ts';

/** The likeliest cause of a command that failed: what npm says, or the error of the program that it ran. */
export async function findNpmCause(stderr: string, context: CheckContext): Promise<Found | undefined> {
  const say = messages(context.language);
  const script = /Missing script: "([^"]+)"/.exec(stderr)?.[1];
  if (script !== undefined) {
    return found('missing-script', say('cause.missing-script', { script }), {
      next: say('cause.missing-script.next', { script }),
    });
  }
  const broken = /EJSONPARSE/.test(stderr) ? await invalidPackage('package.json', context, say) : undefined;
  if (broken) return broken;
  if (/^npm (?:error|ERR!).*(?:ENOTCACHED|ERR_OFFLINE|only-if-cached|EAI_AGAIN|ENOTFOUND)/m.test(stderr)) {
    const name = /request to \S+?\/([^/\s]+) failed/.exec(stderr)?.[1] ?? '';
    return found('not-local', say('cause.not-local', { name: decodeURIComponent(name) }), {
      next: say('cause.not-local.next'),
    });
  }
  const missing = /ENOENT[^\n]*?([^\s'/\\]+)[/\\]package\.json/.exec(stderr)?.[1];
  if (missing !== undefined && /npm/.test(stderr)) {
    return found('no-package', say('cause.no-package', { name: missing }), { next: say('cause.no-package.next') });
  }
  const error = await readPrintedError(stderr, context.submission);
  if (error === undefined || !wasThrown(error)) return undefined;
  return { ...(await findErrorCause(error, { stderr, context, say })), isError: true };
}
