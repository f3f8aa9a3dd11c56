import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { CheckContext } from '../../model/context.ts';
import { suggest } from '../../model/suggest.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import type { CheckSay } from '../messages.ts';
import type { PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { kindOf } from './module-file.ts';
import { parseSource } from './source.ts';

/** An import or require that leads nowhere: which path, and the file that was probably meant. */
export async function moduleNotFound(
  { message, code, location, text }: PrintedError,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const wanted = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1] ?? '';
  const importer = importingFile(text) ?? location?.file;
  const site = importer === undefined ? undefined : await findImport(submission, importer, wanted);
  const place = { location: location ?? site?.location };
  if (!/^[./]|^[A-Za-z]:/.test(wanted)) {
    const next = say('cause.module-not-found.package.next');
    return found('module-not-found', say('cause.module-not-found.package', { path: wanted }), { next, ...place });
  }
  const written = site?.written ?? `./${path.basename(wanted)}`;
  const folder = path.posix.join(path.posix.dirname(importer ?? '.'), written);
  if (kindOf(submission, folder) === 'folder') {
    return found('missing-index', say('cause.missing-index', { path: written }), {
      next: say('cause.missing-index.next', { path: written }),
      ...place,
    });
  }
  const near = await nearestFile({ submission, importer: importer ?? '.', written });
  const key = near === undefined ? 'cause.module-not-found.file' : 'cause.module-not-found.near';
  const parameters = { path: written, near: near ?? '' };
  return found('module-not-found', say(key, parameters), { next: say(`${key}.next`, parameters), ...place });
}

/** The file whose import failed, relative to the submission, as an ES module's error and as a CommonJS one name it. */
function importingFile(text: string): string | undefined {
  const file = /imported from (.+)$/m.exec(text)?.[1] ?? /^Require stack:\r?\n- (.+)$/m.exec(text)?.[1];
  const relative = file
    ?.split(/[/\\]work[/\\]/)
    .pop()
    ?.replaceAll('\\', '/');
  return relative === undefined || path.isAbsolute(relative) || relative.split('/').includes('..')
    ? undefined
    : relative;
}

/** The path as the learner wrote it, and where. */
async function findImport(
  submission: string,
  file: string,
  wanted: string,
): Promise<{ written: string; location: SourceLocation } | undefined> {
  const source = await parseSource(submission, file);
  if (!source) return undefined;
  const { full } = await import('acorn-walk');
  let site: { written: string; location: SourceLocation } | undefined;
  full(source.program, (node) => {
    if (node.type !== 'Literal' || !('value' in node) || typeof node.value !== 'string') return;
    const { value } = node;
    const isIt = value === wanted || (value.startsWith('.') && path.basename(value) === path.basename(wanted));
    if (isIt) site ??= { written: value, location: source.locate(node) };
  });
  return site;
}

/** A file that differs from the wanted one in its ending or in a letter or two, as the learner would write its path. */
async function nearestFile(wanted: {
  submission: string;
  importer: string;
  written: string;
}): Promise<string | undefined> {
  const { submission, importer, written } = wanted;
  const folder = path.join(submission, path.dirname(importer), path.dirname(written));
  if (path.relative(submission, folder).split(path.sep).includes('..')) return undefined;
  const name = path.posix.basename(written);
  const names = await readdir(folder).catch(() => []);
  const candidates = names.filter((entry) => entry !== 'node_modules' && entry !== name);
  const near =
    candidates.find((entry) => path.parse(entry).name === path.parse(name).name) ?? suggest(name, candidates)[0];
  if (near === undefined) return undefined;
  const parent = path.posix.dirname(written);
  return parent === '.' ? `./${near}` : `${parent}/${near}`;
}
