import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';

/** What keeps a server from taking a file: no parser for it, another field's name, a refused file, or its size. */
export async function upload({ failed, say, error, code }: Investigation): Promise<Found | undefined> {
  const printed = await error();
  if (printed === undefined || failed.sent?.parts === undefined) return undefined;
  const { location, message, name } = printed;
  const line = location?.source ?? '';
  const isUndefined = /undefined/.test(message);
  if (isUndefined && /req(?:uest)?\.body/.test(line + message) && !code.mentions(/\bmulter\s*\(/)) {
    return found('no-multipart-parser', say('cause.no-multipart-parser'), {
      next: say('cause.no-multipart-parser.next'),
      location,
    });
  }
  if (isUndefined && /req(?:uest)?\.files?\b/.test(line)) {
    return found('no-file', say('cause.no-file'), { next: say('cause.no-file.next'), location });
  }
  if (name !== 'MulterError') return undefined;
  if (/^Unexpected/.test(message)) {
    const field = failed.sent.parts.find(({ file }) => file !== undefined)?.name ?? '';
    return found('upload-field', say('cause.upload-field', { field }), {
      next: say('cause.upload-field.next', { field }),
    });
  }
  if (!/too large/i.test(message)) return undefined;
  return found('upload-limit', say('cause.upload-limit'), { next: say('cause.upload-limit.next') });
}
