import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suggest } from '../../../model/suggest.ts';
import type { SourceLocation } from '../../../model/verdict.ts';
import { type Found, found } from '../found.ts';
import { sourceLine } from '../source.ts';
import type { Investigation } from './investigation.ts';
import { textOfNode } from './server-code.ts';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const MAKES_ID = /\b(?:uuid\w*|v[1-7]|randomUUID)\s*\(/;
const MAKES_ID_IN_VIEW = /<%[^%]*\b(?:uuid\w*|randomUUID)\s*\(/;

/** What a view engine says when a page could not be made. */
export async function viewError(investigation: Investigation): Promise<Found | undefined> {
  const { error, say } = investigation;
  const printed = await error();
  if (printed === undefined) return undefined;
  if (/No default engine was specified/.test(printed.message)) {
    return found('no-view-engine', say('cause.no-view-engine'), {
      next: say('cause.no-view-engine.next'),
      location: printed.location,
    });
  }
  return missingView(investigation, printed.text, printed.location) ?? (await viewData(investigation, printed.text));
}

/** A view or a partial that is not there: another case, a slip of the pen, or another folder. */
function missingView({ context, say }: Investigation, message: string, location?: SourceLocation): Found | undefined {
  const lookup = /Failed to lookup view "([^"]+)" in views directory "([^"]+)"/.exec(message);
  const include = /Could not find the include file "([^"]+)"/.exec(message);
  const name = lookup?.[1] ?? include?.[1];
  if (name === undefined) return undefined;
  const views = viewFiles(context.submission);
  const wanted = name.replace(/\.ejs$/, '');
  const near = suggest(
    wanted,
    views.map((file) => file.replace(/\.ejs$/, '')).flatMap((file) => [file, path.posix.basename(file)]),
  )[0];
  const same = views.find((file) => path.posix.basename(file, '.ejs') === path.posix.basename(wanted));
  if (same !== undefined && include !== null) {
    const parameters = { name, path: same.replace(/\.ejs$/, '') };
    return found('view-missing', say('cause.view-missing.include', parameters), {
      next: say('cause.view-missing.include.next', parameters),
      location,
    });
  }
  const key = same !== undefined ? 'folder' : near === undefined ? 'none' : 'near';
  const parameters = { name, near: near ?? '', folder: lookup?.[2]?.split(/[/\\]/).at(-1) ?? 'views' };
  return found('view-missing', say(`cause.view-missing.${key}`, parameters), {
    next: say(`cause.view-missing.${key}.next`, parameters),
    location,
  });
}

/** The submission's template files, relative to the folders that hold them. */
function viewFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ejs') && !name.split(path.sep).includes('node_modules'))
    .map((name) => name.replaceAll(path.sep, '/').replace(/^(?:[\w-]*views?|templates)\//i, ''));
}

/** A template uses a name that it was not given, or a member of something that is not there. */
async function viewData({ context, say, failed, asked }: Investigation, text: string): Promise<Found | undefined> {
  const place = /([^\s/\\]+\.ejs):(\d+)/.exec(text);
  const name = /^([\w$]+) is not defined$/m.exec(text)?.[1];
  const member = /^Cannot read properties of (?:undefined|null) \(reading '([^']+)'\)$/m.exec(text)?.[1];
  if (place === null || (name === undefined && member === undefined)) return undefined;
  const file = viewPath(context.submission, place[1] ?? '');
  const line = Number(place[2]);
  const source = file && (await sourceLine(path.join(context.submission, file), line));
  const location =
    file && source !== undefined ? { file, line, column: Math.max(1, source.search(/\S/) + 1), source } : undefined;
  const wants404 = failed.differences.some(({ what, expected }) => what === 'status' && /^4/.test(expected));
  if (wants404) return unknownItem({ say, location: asked.route?.location ?? location });
  if (name !== undefined) {
    return found('view-data', say('cause.view-data', { name, file: file ?? '' }), {
      next: say('cause.view-data.next', { name, view: place[1]?.replace(/\.ejs$/, '') ?? '' }),
      location,
    });
  }
  return found('view-data', say('cause.view-data.member', { name: member ?? '' }), {
    next: say('cause.view-data.member.next'),
    location,
  });
}

function viewPath(folder: string, name: string): string | undefined {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(
    (file) => path.basename(file) === name && !file.split(path.sep).includes('node_modules'),
  );
  return found?.replaceAll(path.sep, '/');
}

/** Something that is not there was looked for, not found, and used all the same. */
export function unknownItem({
  say,
  status = '404',
  location,
}: {
  say: Investigation['say'];
  /** The status that was wanted. */
  status?: string | undefined;
  location?: SourceLocation | undefined;
}): Found {
  return found('unknown-item', say('cause.unknown-item'), {
    next: say('cause.unknown-item.next', { status }),
    location,
  });
}

/** A link led to an id that was made while the page was made, so no item has it. */
export function freshId({ failed, code, context, say }: Investigation): Found | undefined {
  const { exchange, request } = failed;
  const isLost = exchange.kind === 'answer' && (exchange.answer.status === 404 || exchange.answer.status >= 500);
  if (!isLost || request.method !== 'GET' || !UUID.test(request.target)) return undefined;
  const page = code.registrations.find(
    ({ method, path, handlers, source }) =>
      method === 'GET' &&
      !path?.includes(':') &&
      handlers.some((handler) => MAKES_ID.test(textOfNode(source, handler))),
  );
  const view = page === undefined ? viewLine(context.submission, MAKES_ID_IN_VIEW) : undefined;
  if (page === undefined && view === undefined) return undefined;
  return found('fresh-id', say('cause.fresh-id'), {
    next: say('cause.fresh-id.next'),
    location: page?.location ?? view,
  });
}

/** The first line of a template that matches. */
function viewLine(folder: string, pattern: RegExp): SourceLocation | undefined {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.ejs') && !one.split(path.sep).includes('node_modules'))) {
    const lines = readFileSync(path.join(folder, name), 'utf8').split(/\r?\n/);
    const at = lines.findIndex((line) => pattern.test(line));
    const source = lines[at];
    if (source !== undefined) {
      return { file: name.replaceAll(path.sep, '/'), line: at + 1, column: source.search(pattern) + 1, source };
    }
  }
  return undefined;
}
