import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';
import { textOfNode } from './server-code.ts';

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

/** JSON that was sent as a text, and so as HTML. */
export function jsonAsText({ failed, asked, say }: Investigation): Found | undefined {
  const { exchange, differences } = failed;
  const type = differences.find(({ what }) => what === 'content type');
  if (exchange.kind !== 'answer' || type?.expected !== 'application/json' || !/^\s*[[{]/.test(exchange.answer.body))
    return undefined;
  return found('json-as-text', say('cause.json-as-text', { type: type.got.split(';')[0] ?? '' }), {
    next: say('cause.json-as-text.next'),
    location: asked.route?.location,
  });
}

/** A status that is set when the answer is sent already. */
export function lateStatus({ failed, asked: { route }, say }: Investigation): Found | undefined {
  const expected = failed.differences.find(({ what }) => what === 'status')?.expected;
  if (expected === undefined || route === undefined) return undefined;
  for (const handler of route.handlers) {
    const text = textOfNode(route.source, handler);
    const sent = text.search(/\bres(?:ponse)?\s*\.\s*(?:send|json|render|end)\s*\(/);
    const late = text
      .slice(sent)
      .search(new RegExp(`\\bres(?:ponse)?\\s*\\.\\s*status\\s*\\(\\s*${expected}\\s*\\)\\s*(?:;|$|\\n)`));
    if (sent === -1 || late === -1) continue;
    return found('late-status', say('cause.late-status', { status: expected }), {
      next: say('cause.late-status.next', { status: expected }),
      location: route.source.locate({ start: handler.start + sent + late }),
    });
  }
  return undefined;
}

/** A handler reads a path parameter by a name that its route does not have. */
export function paramName({ failed, code, asked: { route }, say }: Investigation): Found | undefined {
  const names = [...(route?.path ?? '').matchAll(/[:*](\w+)/g)].map((match) => match[1] ?? '');
  if (failed.differences.length === 0 || route === undefined || names.length === 0) return undefined;
  if (code.mentions(/\bmergeParams\b/)) return undefined;
  for (const handler of route.handlers) {
    const text = textOfNode(route.source, handler);
    const single = [...text.matchAll(/\breq(?:uest)?\.params\.(\w+)/g)];
    const lists = [...text.matchAll(/\{([^{}]*)\}\s*=\s*req(?:uest)?\.params\b/g)];
    const read = [...single, ...lists].flatMap((match) =>
      (match[1] ?? '').split(',').map((part) => ({ name: part.split(/[:=]/)[0]?.trim() ?? '', start: match.index })),
    );
    const unknown = read.find(({ name }) => /^\w+$/.test(name) && !names.includes(name));
    if (unknown === undefined) continue;
    const parameters = { read: unknown.name, route: route.path ?? '', name: names[0] ?? '' };
    return found('param-name', say('cause.param-name', parameters), {
      next: say('cause.param-name.next', parameters),
      location: route.source.locate({ start: handler.start + unknown.start }),
    });
  }
  return undefined;
}

/** Two numbers of the path were joined as texts instead of added. */
export function joinedText({ failed, asked, say }: Investigation): Found | undefined {
  const { request, differences } = failed;
  const parts = request.target.split(/[/?&=]/);
  const joined = parts
    .map((part, index) => part + (parts[index + 1] ?? ''))
    .find(
      (pair, index) =>
        /^\d+$/.test(parts[index] ?? '') &&
        /^\d+$/.test(parts[index + 1] ?? '') &&
        differences.some(({ expected, got }) => got.includes(pair) && !expected.includes(pair)),
    );
  if (joined === undefined) return undefined;
  return found('joined-text', say('cause.joined-text', { joined }), {
    next: say('cause.joined-text.next'),
    location: asked.route?.location,
  });
}

/** The address stands before the status, as older versions of Express took it. */
export async function redirectArguments({ error, say }: Investigation): Promise<Found | undefined> {
  const printed = await error();
  const target = /Invalid status code: "([^"]*)"/.exec(printed?.message ?? '')?.[1];
  if (target === undefined || !/\bredirect\(/.test(printed?.location?.source ?? '')) return undefined;
  return found('redirect-arguments', say('cause.redirect-arguments', { target }), {
    next: say('cause.redirect-arguments.next'),
    location: printed?.location,
  });
}
