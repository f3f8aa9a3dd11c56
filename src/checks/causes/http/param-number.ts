import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';
import { textOfNode } from './server-code.ts';

/** An id that is no number was turned into one, so it is equal to nothing. */
export function paramNumber({ failed, asked, say }: Investigation): Found | undefined {
  const { exchange, request, differences } = failed;
  const { route } = asked;
  const isLost = exchange.kind === 'answer' && exchange.answer.status === 404 && differences.length > 0;
  if (!isLost || route?.path === undefined) return undefined;
  const given = request.target.split('?')[0]?.split('/') ?? [];
  const converted = route.path
    .split('/')
    .map((segment, index) => ({ name: segment.slice(1), value: given[index] ?? '' }));
  for (const handler of route.handlers) {
    const text = textOfNode(route.source, handler);
    for (const { name, value } of converted) {
      const at = text.search(
        new RegExp(`(?:\\b(?:Number|parseInt)\\s*\\(\\s*|[=(,]\\s*\\+)req(?:uest)?\\.params\\.${name}\\b`),
      );
      if (!/^\w+$/.test(name) || at === -1 || Number.isFinite(Number(value))) continue;
      return found('param-number', say('cause.param-number', { name, value }), {
        next: say('cause.param-number.next', { name }),
        location: route.source.locate({ start: handler.start + at }),
      });
    }
  }
  return undefined;
}
