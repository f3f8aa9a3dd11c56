import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';

/** Express wrote its own page for an error, where the exercise asks for another answer with the same status. */
export function defaultErrorPage({ failed, say }: Investigation): Found | undefined {
  const { exchange, differences } = failed;
  if (exchange.kind !== 'answer' || exchange.answer.status < 400) return undefined;
  const { body } = exchange.answer;
  const isDefault = body.includes('<title>Error</title>') && body.includes('<pre>') && !body.includes('<pre>Cannot ');
  if (!isDefault || !differences.some(({ what }) => what === 'content type' || what.startsWith('body')))
    return undefined;
  return found('default-error-page', say('cause.default-error-page'), { next: say('cause.default-error-page.next') });
}
