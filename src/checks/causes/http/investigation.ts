import type { CheckContext } from '../../../model/context.ts';
import type { FailedExchange } from '../../http/explain.ts';
import type { Wire } from '../../http/wire.ts';
import { type CheckSay, messages } from '../../messages.ts';
import { type PrintedError, readPrintedError } from '../error-output.ts';
import { routeMatches } from './routes.ts';
import { type Registration, readServerCode, type ServerCode } from './server-code.ts';

/** What is known of a failed exchange while its cause is looked for. */
export interface Investigation {
  failed: FailedExchange;
  context: CheckContext;
  say: CheckSay;
  /** The error that the server printed, if any. */
  error(): Promise<PrintedError | undefined>;
  code: ServerCode;
  asked: {
    /** The route that the failed request came to, as far as the source tells. */
    route: Registration | undefined;
    /** Whether a route answers a request; `_method` counts as the method that it asks for. */
    answers(route: Registration, request: Wire | undefined): boolean;
  };
}

export async function investigate(failed: FailedExchange, context: CheckContext): Promise<Investigation> {
  let printed: Promise<PrintedError | undefined> | undefined;
  const code = await readServerCode(context.submission);
  return {
    failed,
    context,
    say: messages(context.language),
    error: () => {
      printed ??= readPrintedError(failed.stderr, context.submission);
      return printed;
    },
    code,
    asked: { route: code.registrations.find((one) => answers(one, failed.request)), answers },
  };
}

function answers(route: Registration, request: Wire | undefined): boolean {
  if (request === undefined) return false;
  const [path = '/', query = ''] = request.target.split('?');
  const override = new URLSearchParams(query).get('_method');
  const method = request.method === 'POST' && override !== null ? override.toUpperCase() : request.method;
  return routeMatches(route, { method, path: decoded(path) });
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
