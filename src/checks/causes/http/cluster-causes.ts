import { type Found, found } from '../found.ts';
import { calledName, isFunction, type Site, sitesOf } from '../scopes.ts';
import type { ParsedSource } from '../source.ts';
import type { Investigation } from './investigation.ts';
import { textOfNode } from './server-code.ts';

const FORK = /\.\s*fork\s*\(|\bfork\s*\(/;
const LISTEN = /^listen$/;
/** What tells the primary and its workers apart. */
const SIDE = /\bis(Primary|Master|Worker)\b/;

/** One process answers, because nothing starts others. */
export function onePid({ failed, code, say }: Investigation): Found | undefined {
  const isOne = failed.differences.some(
    ({ what, got, expected }) => what === say('http.different') && got.startsWith('1:') && expected !== '1',
  );
  if (!isOne || code.mentions(FORK)) return undefined;
  return found('one-pid', say('cause.one-pid'), { next: say('cause.one-pid.next') });
}

/** The first process of a cluster takes the port for itself. */
export async function listeningInPrimary({ failed, code, say }: Investigation): Promise<Found | undefined> {
  const named = failed.differences.some(
    ({ what, got }) => what === say('http.process') && got.includes(say('http.process.first')),
  );
  const isOne = failed.differences.some(({ what, got }) => what === say('http.different') && got.startsWith('1:'));
  if (!(named || isOne) || !code.mentions(FORK)) return undefined;
  for (const file of code.files) {
    const site = (await sitesOf(file.program)).find((one) => isOutside(one, file));
    if (site === undefined) continue;
    return found('listening-in-primary', say('cause.listening-in-primary'), {
      next: say('cause.listening-in-primary.next'),
      location: file.locate(site.node),
    });
  }
  return undefined;
}

/** A call of `listen` that no test of the side stands around: every process comes to it; or one on the primary's side. */
function isOutside({ node, around }: Site, source: ParsedSource): boolean {
  if (!LISTEN.test(calledName(node) ?? '')) return false;
  if (around.some(isFunction) || !FORK.test(source.text)) return false;
  const tests = around.flatMap((outer, index) => {
    if (outer.type !== 'IfStatement' && outer.type !== 'ConditionalExpression') return [];
    const test = textOfNode(source, outer.test);
    if (!SIDE.test(test)) return [];
    const isThen = around[index + 1] === outer.consequent;
    return [isThen === (/\bis(Primary|Master)\b/.test(test) !== /!/.test(test))];
  });
  return tests.length === 0 ? !returnsEarly(source) : tests.some(Boolean);
}

/** A primary that leaves the file before the server. */
function returnsEarly({ text }: ParsedSource): boolean {
  return /\bis(Primary|Master)\b[\s\S]*?\breturn\b/.test(text);
}

/** A worker that has ended is not replaced. */
export function noExitHandler({ failed, code, say }: Investigation): Found | undefined {
  if (!failed.differences.some(({ what }) => what === say('http.different-then'))) return undefined;
  if (!code.mentions(/\bcluster\b/)) return undefined;
  const listener = /(?<!\bprocess)\.(on|once|addListener)\(\s*['"](exit|disconnect|close)['"]/;
  const file = code.files.find(({ text }) => listener.test(text));
  if (file === undefined)
    return found('no-exit-handler', say('cause.no-exit-handler'), { next: say('cause.no-exit-handler.next') });
  const start = file.text.search(listener);
  const isOnce = listener.exec(file.text)?.[1] === 'once';
  const key = isOnce ? 'cause.no-exit-handler.once' : 'cause.no-exit-handler.no-fork';
  if (!isOnce && FORK.test(file.text.slice(start))) return undefined;
  return found('no-exit-handler', say(key), { next: say(`${key}.next`), location: file.locate({ start }) });
}
