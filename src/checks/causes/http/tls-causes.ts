import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';

/** The server speaks no TLS, or shows another certificate than the one that lies beside it. */
export function tls({ failed, say }: Investigation): Found | undefined {
  const { exchange, server } = failed;
  if (exchange.kind !== 'broken' || !server.up || server.ca === undefined) return undefined;
  const { code = '', message } = exchange;
  if (/handshake failure|no shared cipher/.test(message)) {
    return found('no-certificate', say('cause.no-certificate'), { next: say('cause.no-certificate.next') });
  }
  if (/wrong version number|packet length too long|http request/.test(message)) {
    return found('plain-http', say('cause.plain-http'), { next: say('cause.plain-http.next') });
  }
  if (!/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(code)) return undefined;
  return found('other-certificate', say('cause.other-certificate'), { next: say('cause.other-certificate.next') });
}
