import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SourceLocation } from '../../../model/verdict.ts';
import { type Found, found } from '../found.ts';
import type { Investigation } from './investigation.ts';

const MOST_VIEWS = 50;

/** Tags of a template that do not do what was meant: none filled in, nothing written, or HTML escaped. */
export function templateTags(investigation: Investigation): Found | undefined {
  return (
    rawTemplate(investigation) ??
    escapedInclude(investigation) ??
    silentTag(investigation) ??
    unquotedAttribute(investigation) ??
    randomCause(investigation)
  );
}

/** EJS cannot make JavaScript of a template. */
export async function templateSyntax({ context, error, say }: Investigation): Promise<Found | undefined> {
  const printed = await error();
  const [, problem = '', view = ''] = /^(.+) in (\S+\.ejs) while compiling ejs/.exec(printed?.message ?? '') ?? [];
  if (view === '') return undefined;
  const code = findInViews(context.submission, /<%[=-]\s*(?:for|if|while|switch|else|const|let|\})(?![\w$])/);
  const isOpen = /'catch'|missing \)|end of input|Missing catch/i.test(problem);
  const key = code ? 'equals' : isOpen ? 'open' : 'other';
  const parameters = { view: path.basename(view), problem };
  return found('template-syntax', say(`cause.template-syntax.${key}`, parameters), {
    next: say(`cause.template-syntax.${key}.next`, parameters),
    location: code?.location,
  });
}

/** A template went out with its tags in it. */
function rawTemplate({ failed, asked, say }: Investigation): Found | undefined {
  const { exchange, differences } = failed;
  if (exchange.kind !== 'answer' || differences.length === 0 || !/<%[=-]?[^%]*%>/.test(exchange.answer.body))
    return undefined;
  return found('raw-template', say('cause.raw-template'), {
    next: say('cause.raw-template.next'),
    location: asked.route?.location,
  });
}

/** `<% name %>` stands where a value should be written. */
function silentTag({ failed, context, say }: Investigation): Found | undefined {
  if (!isPage(failed) || failed.differences.every(({ relation }) => relation === 'lacks')) return undefined;
  const silent =
    /<%[ \t]{0,9}(?!(?:else|break|continue|debugger)\b)[\w$]+(?:\.[\w$]+|\[[^\][]*\]|[ \t]{0,9}[*+/-][ \t]{0,9}[\w$]+)*[ \t]{0,9};?[ \t]{0,9}%>/;
  const tag = findInViews(context.submission, silent);
  if (tag === undefined) return undefined;
  const parameters = { tag: tag.text, value: tag.text.replace('<%', '<%=').replace(/;\s*%>/, ' %>') };
  return found('silent-tag', say('cause.silent-tag', parameters), {
    next: say('cause.silent-tag.next', parameters),
    location: tag.location,
  });
}

/** A partial was included with the tag that escapes, and shows as text. */
function escapedInclude({ failed, context, say }: Investigation): Found | undefined {
  if (!isPage(failed)) return undefined;
  const tag = findInViews(context.submission, /<%=?\s*(?:await\s+)?include\s*\(/);
  if (tag === undefined) return undefined;
  const key = tag.text.startsWith('<%=') ? 'escaped-include' : 'silent-include';
  return found(key, say(`cause.${key}`), { next: say('cause.escaped-include.next'), location: tag.location });
}

/** An attribute without quotes ends at the first blank of its value. */
function unquotedAttribute({ failed, context, say }: Investigation): Found | undefined {
  if (!isPage(failed)) return undefined;
  const tag = findInViews(context.submission, /\s[\w-]+=<%[=-][^%]*%>/);
  const isCut = failed.differences.some(({ expected, got }) => got === expected.split(/\s/)[0] && got !== expected);
  if (tag === undefined || !isCut) return undefined;
  return found('unquoted-attribute', say('cause.unquoted-attribute'), {
    next: say('cause.unquoted-attribute.next'),
    location: tag.location,
  });
}

/** A random value that was drawn only once, or that begins with 0. */
function randomCause({ failed, code, asked: { route }, say }: Investigation): Found | undefined {
  const drawn = failed.differences.find(({ expected }) =>
    expected.startsWith(say('html.one-of', { values: '' }).trim()),
  );
  const once = failed.differences.find(({ expected, got }) => / on \d+ pages$/.test(expected) && !got.includes(','));
  for (const { text, locate } of code.files) {
    const at = text.search(/Math\.random\(\)|\brandomInt\(/);
    if (at === -1) continue;
    const location = locate({ start: at });
    const isInRoute = route?.handlers.some((handler) => handler.start <= at && at < handler.end) ?? false;
    if (once && !isInRoute) {
      return found('rolled-once', say('cause.rolled-once'), { next: say('cause.rolled-once.next'), location });
    }
    if (drawn?.got === '0' && /Math\.floor\(\s*Math\.random\(\)\s*\*\s*6\s*\)(?!\s*\+)/.test(text)) {
      return found('dice-range', say('cause.dice-range'), { next: say('cause.dice-range.next'), location });
    }
  }
  return undefined;
}

/** Whether a page came, and only what stands on it is not as it should be. */
function isPage({ exchange, differences }: Investigation['failed']): boolean {
  if (exchange.kind !== 'answer' || exchange.answer.status >= 400 || differences.length === 0) return false;
  return exchange.answer.headers['content-type']?.startsWith('text/html') ?? false;
}

function findInViews(folder: string, pattern: RegExp): { text: string; location: SourceLocation } | undefined {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ejs'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.split(path.sep).includes('node_modules'))
    .slice(0, MOST_VIEWS);
  for (const name of files) {
    const lines = readFileSync(path.join(folder, name), 'utf8').split(/\r?\n/);
    for (const [index, source] of lines.entries()) {
      const match = pattern.exec(source);
      if (match === null) continue;
      const place = { line: index + 1, column: match.index + 1, source };
      return { text: match[0], location: { file: name.replaceAll(path.sep, '/'), ...place } };
    }
  }
  return undefined;
}
