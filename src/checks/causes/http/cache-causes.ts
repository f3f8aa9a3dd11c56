import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';

/** An answer cannot be kept: it has no ETag, another one each time, or the same although the data changed. */
export function etag({ failed, say }: Investigation): Found | undefined {
  const { exchange, request, differences } = failed;
  if (exchange.kind !== 'answer') return undefined;
  const { headers, status } = exchange.answer;
  const known = request.headers['if-none-match'];
  const wanted = differences.find(({ what }) => what === 'status')?.expected;
  const lacksTag = differences.some(({ what }) => what === 'header etag') || (known !== undefined && wanted === '304');
  if (lacksTag && headers.etag === undefined && status === 200)
    return found('no-etag', say('cause.no-etag'), { next: say('cause.no-etag.next') });
  if (known === undefined) return undefined;
  if (wanted === '304' && status === 200 && headers.etag !== known)
    return found('etag-changes', say('cause.etag-changes'), { next: say('cause.etag-changes.next') });
  if (status === 304 && wanted !== undefined)
    return found('etag-stays', say('cause.etag-stays'), { next: say('cause.etag-stays.next') });
  return undefined;
}
