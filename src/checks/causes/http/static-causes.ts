import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';

const FOLDER = /\bstatic\(\s*([^\n]*)/g;

/** `express.static` with a path that counts from where the app was started, or that lacks a slash. */
export function staticFolder({ failed, context, code, say }: Investigation): Found | undefined {
  const isDenied = /Access to this API has been restricted/.test(failed.stderr);
  if (failed.exchange.kind !== 'answer' || (failed.exchange.answer.status !== 404 && !isDenied)) return undefined;
  const isElsewhere = context.startedWith?.cwd !== undefined;
  for (const { text, locate } of code.files) {
    for (const match of text.matchAll(FOLDER)) {
      const argument = match[1] ?? '';
      const name = /['"`]([^'"`]*)['"`]/.exec(argument)?.[1] ?? 'public';
      const key = isElsewhere && isRelative(argument) ? 'cwd' : /__dirname\s*\+\s*['"`]\w/.test(argument) && 'slash';
      if (key === false) continue;
      return found('static-folder', say(`cause.static-folder.${key}`), {
        next: say(`cause.static-folder.${key}.next`, { folder: name.replace(/^[./\\]+/, '') }),
        location: locate({ start: match.index }),
      });
    }
  }
  return undefined;
}

function isRelative(argument: string): boolean {
  const isPlain = /^(?:path\.(?:join|resolve)\(\s*)?['"`](?!\/)/.test(argument);
  return isPlain || /process\.cwd\(/.test(argument);
}

/** `app.use(express.static)`, where the function that makes the middleware was not called. */
export function staticCall({ failed, code, say }: Investigation): Found | undefined {
  if (!/root path/.test(failed.stderr)) return undefined;
  for (const { text, locate } of code.files) {
    const at = text.search(/\bexpress\.static\s*[,)]/);
    if (at === -1) continue;
    return found('static-call', say('cause.static-call'), {
      next: say('cause.static-call.next'),
      location: locate({ start: at }),
    });
  }
  return undefined;
}

/** A page asks for a file with the name of its folder in front. */
export function publicInAddress({ failed, code, say }: Investigation): Found | undefined {
  const { exchange, request } = failed;
  if (exchange.kind !== 'answer' || exchange.answer.status !== 404) return undefined;
  const [, folder = '', file = ''] = /^\/([\w-]+)\/([^?]+)/.exec(request.target) ?? [];
  if (file === '' || !code.mentions(new RegExp(`\\bstatic\\([^;\\n]{0,200}${folder}['"\`]`))) return undefined;
  if (code.mentions(new RegExp(`\\buse\\(\\s*['"\`]/${folder}`))) return undefined;
  return found('public-in-address', say('cause.public-in-address', { folder, file }), {
    next: say('cause.public-in-address.next', { file }),
  });
}

/** A file that is there cannot be fetched: nothing serves its folder, or a link without a slash leads past it. */
export function unservedFile({ failed, context, code, say }: Investigation): Found | undefined {
  const { exchange, request } = failed;
  const target = request.target.split('?')[0] ?? '';
  const name = path.posix.basename(target);
  const isMissing = exchange.kind === 'answer' && exchange.answer.status === 404;
  if (!isMissing || request.method !== 'GET' || !/\.(?:css|js|png|jpe?g|gif|svg|ico|html?|txt)$/.test(name))
    return undefined;
  const files = readdirSync(context.submission, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.includes('/') && !file.includes('node_modules') && path.posix.basename(file) === name);
  const [file] = files;
  if (file === undefined || failed.differences.some(({ what, expected }) => what === 'status' && expected === '404'))
    return undefined;
  const [folder = '', ...rest] = file.split('/');
  if (!code.mentions(/\bstatic\(/)) {
    return found('unserved-file', say('cause.unserved-file', { file }), {
      next: say('cause.unserved-file.next', { folder }),
    });
  }
  const place = rest.join('/');
  if (!target.endsWith(`/${place}`) || target === `/${place}`) return undefined;
  return found('relative-link', say('cause.relative-link', { place, path: target }), {
    next: say('cause.relative-link.next', { place }),
  });
}
