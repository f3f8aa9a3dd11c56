import type { Failure } from '../../model/verdict.ts';
import { argsOf, type Directive, nameOf, parseConfig, walk } from './config.ts';
import type { NginxSay } from './messages.ts';

export interface NginxCause {
  name: string;
  told: string;
  next: string;
  /** Where in the configuration. */
  at?: number;
}

interface Looking {
  failure: Failure;
  all: readonly { directive: Directive; around: readonly Directive[] }[];
  /** Path of the request. */
  path: string;
  say: NginxSay;
}

const FINDERS = [badGateway, missingHeader, cutPath, rootAdds] as const;

/** The likeliest cause of an answer that differs, as far as the configuration tells. */
export function findNginxCause(failure: Failure, text: string, say: NginxSay): NginxCause | undefined {
  const parsed = parseConfig(text);
  if ('problem' in parsed) return undefined;
  const path = failure.tried.kind === 'request' ? (failure.tried.target.split('?')[0] ?? '/') : '/';
  const looking = { failure, all: [...walk(parsed)], path, say };
  for (const find of FINDERS) {
    const cause = find(looking);
    if (cause) return cause;
  }
  return undefined;
}

function named({ all }: Looking, name: string) {
  return all.filter(({ directive }) => nameOf(directive) === name);
}

function badGateway(looking: Looking): NginxCause | undefined {
  const { failure, say } = looking;
  if (!failure.observed.some(({ text }) => text.startsWith('502'))) return undefined;
  const [pass] = named(looking, 'proxy_pass');
  return (
    pass && { name: 'bad-gateway', told: say('bad-gateway'), next: say('bad-gateway.next'), at: pass.directive.start }
  );
}

/** A header that the server behind does not get, because nothing sets it, or because a block has headers of its own. */
function missingHeader(looking: Looking): NginxCause | undefined {
  const { failure, say } = looking;
  const kind = (['host', 'forwarded'] as const).find((one) =>
    failure.differences.some(({ what }) => what.toLowerCase().includes(one)),
  );
  if (kind === undefined) return undefined;
  const header = kind === 'host' ? 'host' : 'x-forwarded-for';
  const set = named(looking, 'proxy_set_header');
  const own = set.filter(({ directive }) => argsOf(directive)[0]?.toLowerCase() === header);
  const [pass] = named(looking, 'proxy_pass');
  if (own.length === 0) {
    const key = kind === 'host' ? 'no-host' : 'no-forwarded';
    return { name: key, told: say(key), next: say(`${key}.next`), ...(pass && { at: pass.directive.start }) };
  }
  const hiding = set.find(({ directive, around }) => {
    const block = around.at(-1);
    return !own.some((one) => one.around.at(-1) === block) && argsOf(directive)[0]?.toLowerCase() !== header;
  });
  return (
    hiding && {
      name: 'lost-headers',
      told: say('lost-headers'),
      next: say('lost-headers.next'),
      at: hiding.directive.start,
    }
  );
}

/** `proxy_pass http://localhost:3000/` in a location with a longer path cuts that path off. */
function cutPath(looking: Looking): NginxCause | undefined {
  const { failure, path, say } = looking;
  if (!failure.differences.some(({ what }) => /path|url/i.test(what))) return undefined;
  const pass = named(looking, 'proxy_pass').find(({ directive, around }) => {
    const [prefix = ''] = argsOf(around.findLast((one) => nameOf(one) === 'location') ?? directive).slice(-1);
    return /^\w+:\/\/[^/]+\/(?!.*\$)/.test(argsOf(directive)[0] ?? '') && prefix !== '/' && path.startsWith(prefix);
  });
  return pass && { name: 'cut-path', told: say('cut-path'), next: say('cut-path.next'), at: pass.directive.start };
}

/** `root` in a location looks for a folder with the name of the location. */
function rootAdds(looking: Looking): NginxCause | undefined {
  const { failure, path, say } = looking;
  if (!failure.observed.some(({ text }) => text.startsWith('404'))) return undefined;
  const root = named(looking, 'root').find(({ around }) => {
    const location = around.at(-1);
    const prefix = location && argsOf(location).at(-1);
    return (
      nameOf(location ?? { words: [], start: 0, end: 0 }) === 'location' &&
      prefix !== '/' &&
      path.startsWith(prefix ?? '/')
    );
  });
  if (root === undefined) return undefined;
  const looked = `${(argsOf(root.directive)[0] ?? '').replace(/\/$/, '')}${path}`;
  return {
    name: 'root-adds',
    told: say('root-adds', { looked }),
    next: say('root-adds.next'),
    at: root.directive.start,
  };
}
