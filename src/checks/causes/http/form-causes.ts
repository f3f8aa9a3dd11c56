import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';
import { textOfNode } from './server-code.ts';

/** A form without `method="post"` sends its fields in the address of a GET, which shows the page as it was. */
export async function formMethod({ failed, code, asked, say }: Investigation): Promise<Found | undefined> {
  const { request, differences } = failed;
  const [path = '/', query = ''] = request.target.split('?');
  const isBrowser = request.headers.accept?.includes('text/html') ?? false;
  if (!isBrowser || request.method !== 'GET' || query === '' || differences.length === 0) return undefined;
  const { registrations } = code;
  const meant = registrations.find((one) => asked.answers(one, { ...request, method: 'POST' }));
  const taken = asked.route;
  const readsQuery = taken?.handlers.some((handler) => /\bquery\b/.test(textOfNode(taken.source, handler))) ?? false;
  if (meant === undefined || readsQuery) return undefined;
  return found('form-method', say('cause.form-method', { path }), { next: say('cause.form-method.next') });
}

/** A page was sent as the answer to a form's POST, where the browser should be led elsewhere. */
export function noRedirect({ failed, asked, say }: Investigation): Found | undefined {
  const { exchange, request, differences } = failed;
  const target = differences.find(({ what }) => what === 'redirect')?.expected;
  if (target === undefined || exchange.kind !== 'answer' || Math.floor(exchange.answer.status / 100) !== 2)
    return undefined;
  if (request.method === 'GET') return undefined;
  return found('no-redirect', say('cause.no-redirect', { method: request.method }), {
    next: say('cause.no-redirect.next', { target }),
    location: asked.route?.location,
  });
}

/** A textarea's text was written into an attribute, which browsers do not look at. */
export function textareaValue({ failed, say }: Investigation): Found | undefined {
  const { exchange, differences } = failed;
  const isEmpty = differences.some(({ what, got }) => /textarea.* value$/.test(what) && got.trim() === '');
  if (!isEmpty || exchange.kind !== 'answer') return undefined;
  if (!/<textarea\b[^>]*\svalue\s*=/i.test(exchange.answer.body)) return undefined;
  return found('textarea-value', say('cause.textarea-value'), { next: say('cause.textarea-value.next') });
}
