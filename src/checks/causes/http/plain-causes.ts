import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';
import type { ServerCode } from './server-code.ts';

const OWN_OF_EXPRESS =
  /\bres(?:ponse)?\.(send|json|status|sendStatus|redirect|render|sendFile|set|type|cookie|location) is not a function/;

const JOINS_CHUNK = /\b\w+\s*\+=\s*(?:String\(\s*)?(?:chunk|data|part|piece|d|c)\b/;

/** Whether a server is made with node:http alone. */
export function isPlain({ mentions }: ServerCode): boolean {
  return mentions(/\bcreateServer\s*\(/) && !mentions(/['"]express['"]/);
}

/** A method of Express's response was called where there is no Express. */
export async function notExpress({ code, error, say }: Investigation): Promise<Found | undefined> {
  const printed = isPlain(code) ? await error() : undefined;
  const name = OWN_OF_EXPRESS.exec(printed?.message ?? '')?.[1];
  if (printed === undefined || name === undefined) return undefined;
  const key = ['status', 'sendStatus'].includes(name) ? 'status' : ['set', 'type'].includes(name) ? 'header' : 'send';
  return found('not-express', say('cause.not-express', { name }), {
    next: say(`cause.not-express.${key}.next`),
    location: printed.location,
  });
}

/** An array or a map was given to `res.end` or `res.write`, which take text and bytes only. */
export async function notText({ error, say }: Investigation): Promise<Found | undefined> {
  const printed = await error();
  const isChunk = /The (?:"chunk"|first) argument must be (?:of type )?.*string/.test(printed?.message ?? '');
  if (printed === undefined || !isChunk) return undefined;
  return found('not-text', say('cause.not-text'), { next: say('cause.not-text.next'), location: printed.location });
}

/** With node:http alone an answer has an end of its own, which never came. */
export function neverEnded({ failed, code, say }: Investigation): Found | undefined {
  const { exchange } = failed;
  if (!isPlain(code)) return undefined;
  if (exchange.kind === 'unfinished')
    return found('never-ended', say('cause.never-ended'), { next: say('cause.never-ended.next') });
  if (exchange.kind === 'no-answer')
    return found('never-answered', say('cause.never-answered.plain'), { next: say('cause.never-answered.plain.next') });
  return undefined;
}

/** The server closes itself, so that the next connection is refused. */
export async function serverClosed({ failed, code, error, say }: Investigation): Promise<Found | undefined> {
  const isClosed = failed.isDown || failed.exchange.kind === 'closed';
  return isClosed && (await error()) === undefined ? closeCall(code, say) : undefined;
}

/** Where the code closes its own server. */
export function closeCall(code: Investigation['code'], say: Investigation['say']): Found | undefined {
  for (const { text, locate } of code.files) {
    const start = text.search(/\b(?:server|app|this)\.close(?:AllConnections)?\s*\(/);
    if (start === -1) continue;
    return found('server-closed', say('cause.server-closed'), {
      next: say('cause.server-closed.next'),
      location: locate({ start }),
    });
  }
  return undefined;
}

/** Chunks became text one by one, so that letters of several bytes were cut. */
export function cutLetters({ failed, code, say }: Investigation): Found | undefined {
  const { differences } = failed;
  if (
    !differences.some(({ got, expected }) => got.includes('\uFFFD') && (!expected.includes('\uFFFD') || got.length > 1))
  )
    return undefined;
  const file = code.files.find(({ text }) => JOINS_CHUNK.test(text));
  return found('cut-letters', say('cause.cut-letters'), {
    next: say('cause.cut-letters.next'),
    location: file?.locate({ start: file.text.search(JOINS_CHUNK) }),
  });
}

/** An answer came late, because the thread that answers was busy. */
export function blocking({ failed, say }: Investigation): Found | undefined {
  const isLate = failed.differences.some(
    ({ what, expected }) => what === say('http.order') || expected === say('http.wait.short'),
  );
  if (!isLate) return undefined;
  return found('blocking', say('cause.blocking'), { next: say('cause.blocking.next') });
}
