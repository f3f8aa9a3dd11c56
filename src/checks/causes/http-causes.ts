import type { CheckContext } from '../../model/context.ts';
import { suggest } from '../../model/suggest.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import type { FailedExchange } from '../http/explain.ts';
import { type CheckSay, messages } from '../messages.ts';
import { readPrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { findErrorCause, headline } from './load-causes.ts';
import { findRoutes, routeMatches } from './routes.ts';
import { findTextCause } from './text-causes.ts';

/** The likeliest cause of a failed `http` check, or undefined when none is known by name. */
export async function findHttpCause(failed: FailedExchange, context: CheckContext): Promise<Found | undefined> {
  const say = messages(context.language);
  if (!failed.server.up) return notListening(failed, context, say);
  return (
    (await sentTwice(failed, context, say)) ??
    (await neverAnswered(failed, context, say)) ??
    (await serverError(failed, context, say)) ??
    (await noRoute(failed, context, say)) ??
    bodyText(failed, say)
  );
}

async function notListening({ server, stderr }: FailedExchange, context: CheckContext, say: CheckSay): Promise<Found> {
  const outcome = server.up ? undefined : server.outcome;
  const error = outcome && outcome.exitCode !== 0 ? await readPrintedError(stderr, context.submission) : undefined;
  if (error) return findErrorCause(error, { stderr, context, say });
  const isAlive = outcome?.ended === 'time' || outcome?.ended === 'left';
  return found('not-listening', say(isAlive ? 'cause.not-listening.alive' : 'cause.not-listening'), {
    next: say('cause.not-listening.next', { file: context.entry }),
  });
}

async function sentTwice({ stderr }: FailedExchange, context: CheckContext, say: CheckSay): Promise<Found | undefined> {
  if (!stderr.includes('ERR_HTTP_HEADERS_SENT')) return undefined;
  const error = await readPrintedError(stderr, context.submission);
  return found('sent-twice', say('cause.sent-twice'), {
    next: say('cause.sent-twice.next'),
    location: error?.location,
  });
}

async function neverAnswered(failed: FailedExchange, context: CheckContext, say: CheckSay): Promise<Found | undefined> {
  if (failed.exchange.kind !== 'no-answer') return undefined;
  const route = await routeOf(failed, context);
  const text = route
    ? say('cause.never-answered', { route: `${route.method} ${route.path}` })
    : say('cause.never-answered.unknown');
  return found('never-answered', text, { next: say('cause.never-answered.next'), location: route?.location });
}

async function serverError(
  { exchange, stderr }: FailedExchange,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const isError = exchange.kind === 'closed' || (exchange.kind === 'answer' && exchange.answer.status >= 500);
  const error = isError ? await readPrintedError(stderr, context.submission) : undefined;
  if (!error) return undefined;
  const isDown = exchange.kind === 'closed';
  const text = say(isDown ? 'cause.server-crashed' : 'cause.server-error', { message: headline(error) });
  const rest: { next: string; location: SourceLocation | undefined } = {
    next: say('cause.server-error.next'),
    location: error.location,
  };
  return found(isDown ? 'crashed' : 'server-error', text, rest);
}

async function noRoute(failed: FailedExchange, context: CheckContext, say: CheckSay): Promise<Found | undefined> {
  const { exchange, request } = failed;
  if (exchange.kind !== 'answer' || exchange.answer.status !== 404) return undefined;
  const path = request.target.split('?')[0] ?? '/';
  if (!exchange.answer.body.includes(`Cannot ${request.method} ${path}`)) return undefined;
  const routes = (await findRoutes(context.submission, context.entry)).map((route) => ({
    ...route,
    name: `${route.method} ${route.path}`,
  }));
  const route = `${request.method} ${path}`;
  const near = suggest(
    route,
    routes.map(({ name }) => name),
  )[0];
  const location = routes.find(({ name }) => name === near)?.location;
  const key = near ? 'cause.no-route.near' : 'cause.no-route';
  return found('no-route', say(key, { route, near: near ?? '' }), { next: say(`${key}.next`, { route }), location });
}

async function routeOf({ request }: FailedExchange, context: CheckContext) {
  const path = request.target.split('?')[0] ?? '/';
  const routes = await findRoutes(context.submission, context.entry);
  return routes.find((route) => routeMatches(route, request.method, path));
}

function bodyText({ differences }: FailedExchange, say: CheckSay): Found | undefined {
  const body = differences.find(({ what }) => what === 'body');
  return body && findTextCause(body, say);
}
