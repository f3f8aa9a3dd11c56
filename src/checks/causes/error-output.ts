import path from 'node:path';
import type { SourceLocation } from '../../model/verdict.ts';
import { sourceLine } from './source.ts';

/** An uncaught error as Node.js prints it on stderr. */
export interface PrintedError {
  /** `TypeError`, `SyntaxError`, … */
  name: string;
  message: string;
  /** Its `code`, such as ERR_MODULE_NOT_FOUND. */
  code?: string;
  /** The first place in the learner's own files. */
  location?: SourceLocation;
  /** The whole text of the error, from its headline on. */
  text: string;
}

const HEADLINE = /^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception))(?: \[(?:([A-Z\d_]+)|\w+)\])?(?:: (.*))?$/m;
const PLACE = /(?:file:\/\/)?((?:[A-Za-z]:)?[^\s():]*[/\\][^\s()]*?):(\d+)(?::(\d+))?\)?(?: \{)?$/gm;

/** Whether Node.js itself reports an uncaught error: it ends with its version, which an error that the program printed does not. */
export function isNodeReport(stderr: string): boolean {
  return /^Node\.js v\d/m.test(stderr);
}

/** Whether an error has a stack or Node's report, and is no line that only looks like one. */
export function wasThrown({ text }: PrintedError): boolean {
  return /^\s+at |\bNode\.js v\d/m.test(text);
}

/**
 * Reads the last uncaught error in a program's stderr.
 * @param folder the learner's folder, for source lines
 * @returns undefined when stderr holds none
 */
export async function readPrintedError(stderr: string, folder: string): Promise<PrintedError | undefined> {
  const headline = HEADLINE.exec(stderr);
  if (!headline) return undefined;
  const text = stderr.slice(headline.index);
  const code = headline[2] ?? /^\s+code: '(\w+)'/m.exec(text)?.[1];
  const location = await firstOwnPlace(stderr, folder);
  return {
    name: headline[1] ?? 'Error',
    message: headline[3] ?? '',
    text,
    ...(code ? { code } : {}),
    ...(location ? { location } : {}),
  };
}

/** The run's work folder has a random parent; the part of a place after `/work/` names the file below the submission. */
async function firstOwnPlace(stderr: string, folder: string): Promise<SourceLocation | undefined> {
  for (const [, file = '', line = '0', column] of stderr.matchAll(PLACE)) {
    const parts = file.split(/[/\\]/);
    const work = parts.lastIndexOf('work');
    if (work < 1 || parts.includes('node_modules') || !parts[work - 1]?.startsWith('node-tutor-')) continue;
    const relative = decodeUri(parts.slice(work + 1).join('/'));
    if (relative.split('/').includes('..')) continue;
    const place = await sourceLine(path.join(folder, relative), Number(line));
    if (place === undefined) continue;
    return { file: relative, line: Number(line), column: Number(column ?? caretColumn(stderr, place)), source: place };
  }
  return undefined;
}

/** For a SyntaxError Node.js prints the line and a row of carets instead of a column. */
function caretColumn(stderr: string, source: string): number {
  const caret = new RegExp(`^${escapePattern(source)}\\r?\\n( *)\\^`, 'm').exec(stderr);
  return (caret?.[1]?.length ?? source.search(/\S/)) + 1;
}

function escapePattern(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
