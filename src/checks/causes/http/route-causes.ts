import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';
import { isMoreExact } from './routes.ts';
import { type Registration, textOfNode } from './server-code.ts';

/** A route with a variable part stands above the one that is meant, or a handler for all requests does. */
export async function routeOrder({ failed, code, asked, say }: Investigation): Promise<Found | undefined> {
  if (failed.differences.length === 0) return undefined;
  const { registrations } = code;
  const matching = registrations.filter((one) => asked.answers(one, failed.request));
  const [first] = matching;
  if (first === undefined) return undefined;
  const all = registrations.find((one) => isNotFoundHandler(one) && isAbove(one, first));
  if (all !== undefined && failed.exchange.kind === 'answer' && failed.exchange.answer.status === 404) {
    const parameters = { meant: `${first.method} ${first.path}` };
    return found('route-order', say('cause.route-order.all', parameters), {
      next: say('cause.route-order.all.next', parameters),
      location: all.location,
    });
  }
  const meant = matching.find((one) => isMoreExact(one, first));
  if (meant === undefined || first.source !== meant.source) return undefined;
  const parameters = { taken: `${first.method} ${first.path}`, meant: `${meant.method} ${meant.path}` };
  return found('route-order', say('cause.route-order', parameters), {
    next: say('cause.route-order.next', parameters),
    location: first.location,
  });
}

/** Middleware for every path that answers with 404 and never passes a request on. */
function isNotFoundHandler({ method, path, handlers, source }: Registration): boolean {
  return (
    method === 'USE' &&
    path === undefined &&
    handlers.some(
      ({ params, body }) =>
        params.length === 2 && /\b(?:status|sendStatus)\s*\(\s*404\b/.test(textOfNode(source, body)),
    )
  );
}

function isAbove(one: Registration, other: Registration): boolean {
  return one.source === other.source && one.location.line < other.location.line;
}

/** A form asks for PATCH or DELETE by `_method`, but nothing turns the POST into it. */
export async function noMethodOverride({ failed, code, say }: Investigation): Promise<Found | undefined> {
  const { exchange, request } = failed;
  const method = /[?&]_method=(\w+)/.exec(request.target)?.[1];
  if (method === undefined || exchange.kind !== 'answer' || exchange.answer.status !== 404) return undefined;
  const { mentions } = code;
  if (mentions(/\buse\s*\(\s*(?:methodOverride|override)\b/)) return undefined;
  return found('no-method-override', say('cause.no-method-override', { method: method.toUpperCase() }), {
    next: say('cause.no-method-override.next'),
  });
}

/** A change was answered as if it had worked, but the page afterwards is as before. */
export async function nothingChanged({ failed, code, asked, say }: Investigation): Promise<Found | undefined> {
  const { sent, request, differences } = failed;
  if (sent === undefined || sent === request || differences.every(({ relation }) => relation !== 'contains'))
    return undefined;
  const { registrations } = code;
  const route = registrations.find((one) => asked.answers(one, sent));
  if (route === undefined || !['PATCH', 'PUT', 'POST'].includes(route.method) || route.handlers.length === 0)
    return undefined;
  const texts = route.handlers.map((handler) => textOfNode(route.source, handler));
  if (texts.some((text) => changesData(text) || (route.method === 'POST' && mayAdd(text)))) return undefined;
  if (route.method === 'POST') {
    return found('nothing-changed', say('cause.nothing-changed.post', { route: `POST ${route.path}` }), {
      next: say('cause.nothing-changed.post.next'),
      location: route.location,
    });
  }
  return found('nothing-changed', say('cause.nothing-changed', { route: `${route.method} ${route.path}` }), {
    next: say('cause.nothing-changed.next'),
    location: route.location,
  });
}

/** Whether a handler sets a member, replaces an element, or calls something that may. */
function changesData(text: string): boolean {
  const member = /[\w\])]\s*(?:\.\s*\w+|\[[^\]]+\])\s*(?:[-+*/|&?]{0,2})=(?![=>])/;
  const outer = /(?:^|[;{}\n])\s*(?!(?:const|let|var)\b)[\w$]+\s*=(?![=>])[^;\n]*\b(?:map|filter|concat)\s*\(/;
  const call =
    /\b(?:splice|push|set|assign|save|update\w*|replace\w*|findByIdAndUpdate|findOneAndUpdate|writeFile\w*)\s*\(/i;
  return member.test(text) || outer.test(text) || call.test(text);
}

/** Whether a handler calls something that may add an item, or makes another list. */
function mayAdd(text: string): boolean {
  const harmless =
    /\b(?:res|req|response|request|console|JSON|Number|String|Boolean|Date|uuid\w*|randomUUID|parseInt)\b[\w.]*\s*\(/g;
  const others = text.replace(harmless, '(').replace(/\b(?:if|for|while|switch|catch|function|async)\s*\(/g, '(');
  return /=\s*\[\s*\.\.\.|\.\.\.\w+\s*\]/.test(text) || /[\w$]\s*\(/.test(others);
}

/** A link of the page ends where an id should stand: the new item has none. */
export function noId({ failed, say }: Investigation): Found | undefined {
  const path = failed.request.target.split('?')[0] ?? '';
  const isBare =
    /\/(?:undefined|null|NaN)(?:\/|$)/.test(path) ||
    (/.\/$/.test(path) && failed.request.method === 'GET') ||
    /\/\/\w+$/.test(path);
  if (!isBare) return undefined;
  return found('no-id', say('cause.no-id', { path }), { next: say('cause.no-id.next') });
}

/** `res.send(404)` sends the number as text, with status 200. */
export async function sentNumber({ failed, asked, say }: Investigation): Promise<Found | undefined> {
  const { exchange, differences } = failed;
  const status = differences.find(({ what }) => what === 'status');
  if (exchange.kind !== 'answer' || status === undefined || exchange.answer.body.trim() !== status.expected)
    return undefined;
  return found('sent-number', say('cause.sent-number', { status: status.expected }), {
    next: say('cause.sent-number.next', { status: status.expected }),
    location: asked.route?.location,
  });
}

/** Middleware that neither answers nor calls `next`. */
export async function missingNext({ failed, code, asked: { route }, say }: Investigation): Promise<Found | undefined> {
  if (failed.exchange.kind !== 'no-answer') return undefined;
  const { registrations } = code;
  const path = failed.request.target.split('?')[0] ?? '/';
  const silent = registrations
    .filter((one) => one.method === 'USE' && path.startsWith(one.path ?? '/'))
    .find((one) => one.handlers.some((handler) => isSilent(one, handler) || keepsFromRoute(one, handler, route)));
  if (silent === undefined) return undefined;
  return found('missing-next', say('cause.missing-next'), {
    next: say('cause.missing-next.next'),
    location: silent.location,
  });
}

/** Whether it stands above a route, may answer by itself, and has no way of passing a request on. */
function keepsFromRoute(one: Registration, handler: Registration['handlers'][number], route?: Registration): boolean {
  const [, , next] = handler.params;
  if (handler.params.length !== 3 || next === undefined || route?.source !== one.source) return false;
  const name = textOfNode(one.source, next).replace(/\W/g, '');
  const isUsed = new RegExp(`\\b${name}\\b`).test(textOfNode(one.source, handler.body));
  return !isUsed && one.location.line < route.location.line;
}

function isSilent({ source }: Registration, handler: Registration['handlers'][number]): boolean {
  const parameters = handler.params.map((parameter) => textOfNode(source, parameter));
  const body = textOfNode(source, handler.body);
  const [, , next] = parameters.length === 4 ? [undefined, undefined, parameters[3]] : parameters;
  const callsNext = next !== undefined && new RegExp(`\\b${next.replace(/\W/g, '')}\\s*\\(`).test(body);
  return (
    !callsNext &&
    !/\bthrow\b|\bres(?:ponse)?\s*\.\s*\w+\s*\(|\bres(?:ponse)?\.\w+\([^)]*\)\./.test(body) &&
    parameters.length >= 2
  );
}

/** Express takes a function for an error handler only when it has four parameters. */
export async function errorMiddleware({ failed, code, say }: Investigation): Promise<Found | undefined> {
  if (failed.exchange.kind !== 'answer' || failed.exchange.answer.status < 400) return undefined;
  const { registrations } = code;
  const short = registrations.find(
    (one) =>
      one.method === 'USE' &&
      one.handlers.some(({ params }) => params.length < 4 && /^e(?:rr(?:or)?)?$/.test(nameOf(one, params[0]))),
  );
  const location = short?.location ?? exportedShort(code);
  if (location === undefined) return undefined;
  return found('error-middleware', say('cause.error-middleware'), {
    next: say('cause.error-middleware.next'),
    location,
  });
}

/** Where a file exports an error handler with three parameters. */
function exportedShort({ files }: Investigation['code']): Registration['location'] | undefined {
  const short =
    /(?:module\.exports\s*=|export default)\s*(?:async\s*)?(?:function\s*\w*\s*)?\(\s*e(?:rr(?:or)?)?(?:\s*,\s*\w+){2}\s*\)/;
  for (const { text, locate } of files) {
    const at = text.search(short);
    if (at !== -1) return locate({ start: at });
  }
  return undefined;
}

function nameOf({ source }: Registration, parameter: { start: number; end: number } | undefined): string {
  return parameter === undefined ? '' : textOfNode(source, parameter);
}

/** A value was written into the page as it is. */
export function unescaped({ failed, say }: Investigation): Found | undefined {
  const { exchange, differences } = failed;
  if (exchange.kind !== 'answer') return undefined;
  const { body } = exchange.answer;
  const raw = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const isRaw = differences.some(({ relation, expected }) =>
    relation === 'lacks'
      ? expected.includes('<') && body.includes(expected)
      : expected.includes('&lt;') && body.includes(raw(expected)),
  );
  const isTold = differences.some(
    ({ relation, expected }) => relation !== 'lacks' && markupIn(expected).some((text) => body.includes(text)),
  );
  const query = new URLSearchParams(failed.request.target.split('?')[1]);
  const isEcho =
    differences.length > 0 && [...query.values()].some((text) => /<\w|"/.test(text) && body.includes(text));
  return isRaw || isTold || isEcho
    ? found('unescaped', say('cause.unescaped'), { next: say('cause.unescaped.next') })
    : undefined;
}

/** Pieces of expected texts that look like HTML. */
function markupIn(text: string): string[] {
  return (text.match(/[^"\n]*<\w[^"\n]*/g) ?? []).map((piece) => piece.trim());
}

/** The page of one item shows another one. */
export function otherItem({ failed, asked, say }: Investigation): Found | undefined {
  const { route } = asked;
  const shows = failed.differences.some(({ relation }) => relation === 'lacks');
  if (!shows || route?.path === undefined || !/:\w/.test(route.path) || failed.request.method !== 'GET')
    return undefined;
  return found('other-item', say('cause.other-item', { route: `${route.method} ${route.path}` }), {
    next: say('cause.other-item.next'),
    location: route.location,
  });
}
