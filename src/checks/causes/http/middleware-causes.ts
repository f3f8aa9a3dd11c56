import type { Difference } from '../../../model/verdict.ts';
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
