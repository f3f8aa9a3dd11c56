import { suggest } from '../../../model/suggest.ts';
import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';
import { isPlain } from './plain-causes.ts';
import { type Registration, textOfNode } from './server-code.ts';

/** `req.body` is undefined, because nothing reads bodies of this kind, or because it stands below the route. */
export async function noBodyParser({ failed, say, error, code }: Investigation): Promise<Found | undefined> {
  const printed = await error();
  const isBody =
    printed &&
    (/req(?:uest)?\.body/.test(printed.message) || /req(?:uest)?\.body/.test(printed.location?.source ?? ''));
  if (!isBody || !/undefined/.test(printed.message)) return undefined;
  if (failed.request.body === undefined && failed.request.method !== 'GET') {
    const next = say('cause.empty-body.next');
    return found('empty-body', say('cause.empty-body'), { next, location: printed.location });
  }
  const type = failed.sent?.headers['content-type'] ?? '';
  const isJson = type.includes('json');
  if (isPlain(code)) {
    return found('no-body-parser', say('cause.no-body-parser.plain'), {
      next: say('cause.no-body-parser.plain.next'),
      location: printed.location,
    });
  }
  const wanted = isJson ? /(?:\b(?!res\b|response\b)\w+\.|[^.\w])json\s*\(\s*[{)]/ : /\burlencoded\s*\(/;
  const { files, mentions } = code;
  const line = printed.location?.line ?? 0;
  const file = files.find(({ locate }) => locate({ start: 0 }).file === printed.location?.file);
  const at = file?.text.search(wanted) ?? -1;
  const isBelow = file !== undefined && at > 0 && file.locate({ start: at }).line > line;
  const other = !isJson && !mentions(wanted) && mentions(/\bjson\s*\(\s*\)/);
  const kind = isJson ? 'json' : 'form';
  const key = isBelow ? 'below' : other ? 'other' : kind;
  return found('no-body-parser', say(`cause.no-body-parser.${key}`), {
    next: say(`cause.no-body-parser.${kind}.next`),
    location: printed.location,
  });
}

/** A handler reads a field by a name that the form does not send. */
export async function fieldName({ failed, say, code, asked }: Investigation): Promise<Found | undefined> {
  const sent = sentNames(failed.sent?.body, failed.sent?.headers['content-type']);
  if (sent.length === 0 || failed.differences.length === 0) return undefined;
  const { registrations } = code;
  const route = registrations.find((one) => asked.answers(one, failed.sent));
  if (route === undefined) return undefined;
  const read = namesRead(route);
  const unread = sent.filter((name) => !read.some((one) => one.name === name));
  const unknown = read.find(({ name }) => !sent.includes(name));
  if (unknown === undefined || unread.length === 0 || readsWhole(route)) return undefined;
  const name = suggest(unknown.name, unread)[0] ?? unread[0] ?? '';
  const parameters = { sent: name, read: unknown.name };
  return found('field-name', say('cause.field-name', parameters), {
    next: say('cause.field-name.next', parameters),
    location: route.source.locate({ start: unknown.start }),
  });
}

/** The form of a page has other names than the exercise asks for. */
export function formNames({ failed, say }: Investigation): Found | undefined {
  const difference = failed.differences.find(({ what }) => what === say('html.form'));
  if (difference === undefined) return undefined;
  const wanted = difference.expected.split(', ');
  const forms = difference.got.split('\n').map((names) => names.split(', '));
  const nearest = forms.sort((a, b) => shared(b, wanted) - shared(a, wanted))[0] ?? [];
  const missing = wanted.filter((name) => !nearest.includes(name));
  const extra = nearest.filter((name) => /^[\w.[\]-]+$/.test(name) && !wanted.includes(name));
  if (missing.length !== 1 || extra.length !== 1) return undefined;
  const parameters = { wanted: missing[0] ?? '', name: extra[0] ?? '' };
  return found('form-field', say('cause.form-field', parameters), { next: say('cause.form-field.next', parameters) });
}

function shared(a: readonly string[], b: readonly string[]): number {
  return a.filter((name) => b.includes(name)).length;
}

function sentNames(body: Buffer | string | undefined, type = ''): string[] {
  if (typeof body !== 'string') return [];
  if (type.includes('urlencoded')) return [...new Set(new URLSearchParams(body).keys())];
  try {
    const data: unknown = JSON.parse(body);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.keys(data) : [];
  } catch {
    return [];
  }
}

interface ReadName {
  name: string;
  start: number;
}

/** Names that a handler takes out of `req.body`: by destructuring, or one by one. */
function namesRead({ handlers, source }: Registration): ReadName[] {
  return handlers.flatMap((handler) => {
    const text = textOfNode(source, handler);
    const single = [...text.matchAll(/\breq(?:uest)?\.body(?:\?)?\.(\w+)/g)].map((match) => ({
      name: match[1] ?? '',
      start: handler.start + match.index,
    }));
    const lists = [...text.matchAll(/\{([^{}]*)\}\s*=\s*req(?:uest)?\.body\b/g)].flatMap((match) =>
      (match[1] ?? '')
        .split(',')
        .map((part) => ({ name: part.split(/[:=]/)[0]?.trim() ?? '', start: handler.start + match.index })),
    );
    return [...lists, ...single].filter(({ name }) => /^\w+$/.test(name));
  });
}

/** Whether a handler takes the body as a whole, so that no name need be read. */
function readsWhole({ handlers, source }: Registration): boolean {
  return handlers.some((handler) => {
    const text = textOfNode(source, handler).replace(/\{[^{}]*\}\s*=\s*req(?:uest)?\.body\b/g, '');
    return (
      /\breq(?:uest)?\.body\b(?!\??\.\w)/.test(text) ||
      /\.\.\./.test(textOfNode(source, handler).match(/\{[^{}]*\}\s*=\s*req(?:uest)?\.body\b/)?.[0] ?? '')
    );
  });
}
