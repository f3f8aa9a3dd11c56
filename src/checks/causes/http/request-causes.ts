import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';

const HEADER = /\breq(?:uest)?\.headers(?:\.|\[\s*['"`])(?=[\w-]*[A-Z])([\w-]+)/;

/** A header is read from `req.headers` by a name with capitals, which is never there. */
export function headerCase({ failed, code, say }: Investigation): Found | undefined {
  if (failed.differences.length === 0) return undefined;
  for (const { text, locate } of code.files) {
    const match = HEADER.exec(text);
    if (match === null) continue;
    const name = match[1] ?? '';
    const isSent = Object.keys(failed.request.headers).some((one) => one.toLowerCase() === name.toLowerCase());
    if (!isSent) continue;
    return found('header-case', say('cause.header-case', { name }), {
      next: say('cause.header-case.next', { name, lower: name.toLowerCase() }),
      location: locate({ start: match.index }),
    });
  }
  return undefined;
}
