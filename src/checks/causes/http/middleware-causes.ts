import type { Difference } from '../../../model/verdict.ts';
import type { Exchange } from '../../http/request.ts';
import type { CheckSay } from '../../messages.ts';
import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';
import { type Registration, textOfNode } from './server-code.ts';

/** Middleware that should have seen the request stands below the route that answers it. */
export function middlewareBelow({ failed, code, asked: { route }, say }: Investigation): Found | undefined {
  if (route === undefined || failed.exchange.kind !== 'answer') return undefined;
  const marks = failed.differences.flatMap((difference) => markOf(difference, say));
  const passing = code.registrations.filter((one) => one.source === route.source && passesOn(one));
  for (const mark of marks) {
    const having = passing.filter((one) => mark.test(textOf(one)));
    const [first] = having;
    if (first === undefined || first.location.line < route.location.line) continue;
    const parameters = { route: `${route.method} ${route.path}` };
    return found('middleware-below', say('cause.middleware-below', parameters), {
      next: say('cause.middleware-below.next'),
      location: first.location,
    });
  }
  return undefined;
}

/** The error of a route did not come to the error handler, because that stands above the route. */
export function errorHandlerAbove({ failed, code, asked: { route }, say }: Investigation): Found | undefined {
  if (route === undefined || failed.exchange.kind !== 'answer' || failed.exchange.answer.status < 400) return undefined;
  const handlers = code.registrations.filter((one) => one.source === route.source && takesErrors(one));
  const [first] = handlers;
  if (
    first === undefined ||
    !isExpressPage(failed.exchange) ||
    handlers.some(({ location }) => location.line > route.location.line)
  )
    return undefined;
  const parameters = { route: `${route.method} ${route.path}` };
  return found('error-handler-above', say('cause.error-handler-above', parameters), {
    next: say('cause.error-handler-above.next'),
    location: first.location,
  });
}

/** Whether an error handler of the learner's has made the answer, so that the error printed was expected. */
export function isHandled({ failed, code }: Investigation): boolean {
  return !isExpressPage(failed.exchange) && failed.exchange.kind === 'answer' && code.registrations.some(takesErrors);
}

/** A promise was begun, not awaited, and rejected; that ended the program. */
export function looseRejection({ failed, asked: { route }, say }: Investigation): Found | undefined {
  if (failed.exchange.kind !== 'closed' || route === undefined) return undefined;
  const text = textOf(route);
  if (!/\.then\s*\(/.test(text) || /\.catch\s*\(|\breturn\b|\bawait\b/.test(text)) return undefined;
  const parameters = { route: `${route.method} ${route.path}` };
  return found('loose-rejection', say('cause.loose-rejection', parameters), {
    next: say('cause.loose-rejection.next'),
    location: route.location,
  });
}

function takesErrors({ method, handlers }: Registration): boolean {
  return method === 'USE' && handlers.some(({ params }) => params.length === 4);
}

/** Whether an answer is a page that Express made of an error or of a missing route. */
function isExpressPage(exchange: Exchange): boolean {
  return exchange.kind === 'answer' && exchange.answer.headers['content-security-policy'] === "default-src 'none'";
}

/** What the middleware has in its source that would have prevented a difference. */
function markOf({ what, expected, got }: Difference, say: CheckSay): RegExp[] {
  if (what === say('http.printed')) return [/\bconsole\s*\./];
  if (what.startsWith('header ') && got === '') return [new RegExp(what.slice('header '.length), 'i')];
  return what === 'status' && /^40[13]$/.test(expected) ? [new RegExp(`\\b${expected}\\b`)] : [];
}

function passesOn(one: Registration): boolean {
  return (
    one.method === 'USE' && one.handlers.some(({ params }) => params.length === 3) && /\bnext\(\s*\)/.test(textOf(one))
  );
}

function textOf({ handlers, source }: Registration): string {
  return handlers.map((handler) => textOfNode(source, handler)).join('\n');
}
