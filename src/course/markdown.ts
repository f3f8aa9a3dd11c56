import { Marked, type Token } from 'marked';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Example, Question } from '../model/lesson.ts';
import { findingsOf, toDiagnostics } from './issues.ts';
import { headingAnchors, type Link, linksIn } from './links.ts';
import { quizSchema } from './schema/lesson-schema.ts';
import { diagnosticAt, positionAt, type Range, type Source } from './source.ts';
import { parseYaml } from './yaml.ts';

/** What a lesson's Markdown holds besides its text. */
export interface LessonBody {
  /** The Markdown without its quiz blocks. */
  body: string;
  examples: Example[];
  quiz: Question[];
  links: Link[];
  /** Names by which links lead to its headings, in their order. */
  anchors: string[];
  diagnostics: Diagnostic[];
}

const RUNNABLE = new Set(['js', 'mjs', 'cjs']);

/** Finds runnable examples, their outputs and quiz blocks in a part of a source. */
export function readMarkdown(source: Source, part: Range): LessonBody {
  const found: LessonBody = { body: '', examples: [], quiz: [], links: [], anchors: [], diagnostics: [] };
  let offset = part.start;
  let previous: Block | undefined;
  const files: Record<string, string> = Object.create(null);
  const tokens = tokensOf(source, part, found.diagnostics);
  found.anchors.push(...headingAnchors(tokens));
  for (const token of tokens) {
    const range = { start: offset, end: offset + token.raw.length };
    offset = range.end;
    if (token.type === 'space') {
      found.body += token.raw;
      continue;
    }
    found.links.push(...linksIn(token, { source, range }));
    const block = blockOf(token, range);
    if (block?.kind === 'quiz') readQuiz(source, block, found);
    else found.body += token.raw;
    if (block?.kind === 'run') readExample(source, block, { found, files });
    if (block?.kind === 'file') readFile(source, block, { found, files });
    if (block?.kind === 'output') readOutput({ source, block, previous, found });
    previous = block;
  }
  found.body = `${found.body.replace(/\n{3,}/g, '\n\n').trim()}\n`;
  return found;
}

function tokensOf(source: Source, part: Range, diagnostics: Diagnostic[]): Token[] {
  try {
    return new Marked().lexer(source.text.slice(part.start, part.end));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    diagnostics.push(
      diagnosticAt(source, firstLine(source, part), { message: 'the Markdown below is nested too deep' }),
    );
    return [];
  }
}

/** A fenced block that means something to the tutor. */
interface Block {
  kind: 'run' | 'file' | 'output' | 'quiz';
  /** The info string after the opening fence. */
  info: string;
  text: string;
  range: Range;
}

function blockOf(token: Token, range: Range): Block | undefined {
  if (token.type !== 'code' || token.lang === undefined) return undefined;
  const info = String(token.lang).trim();
  const [language, ...attributes] = info.split(/\s+/);
  const make = (kind: Block['kind']) => ({ kind, info, text: String(token.text), range });
  if (language === 'quiz' || language === 'output') return make(language);
  if (attributes.includes('run')) return make('run');
  return attributes.some((attribute) => attribute.startsWith('file=')) ? make('file') : undefined;
}

/** What reading goes on with: what was found, and the files that later examples find. */
interface Reading {
  found: LessonBody;
  files: Record<string, string>;
}

/** The opening fence of a block. */
function fenceOf(source: Source, { range: { start, end }, text }: Block): Range {
  return { start, end: start + (text === '' ? 3 : source.text.slice(start, end).indexOf('\n')) };
}

function readExample(source: Source, block: Block, { found, files }: Reading): void {
  const [language = ''] = block.info.split(/\s+/);
  const attributes = block.info.slice(language.length).trim();
  const match = /^run(?:\s+args="([^"]*)")?(?:\s+stdin="([^"]*)")?$/.exec(attributes);
  const fence = fenceOf(source, block);
  if (!RUNNABLE.has(language)) {
    const fix = 'Only js, mjs and cjs blocks can be run.';
    found.diagnostics.push(diagnosticAt(source, fence, { message: `a \`${language}\` block cannot be run`, fix }));
  } else if (match === null) {
    const fix = 'Write `run`, `run args="one two"`, or `run args="one two" stdin="first line\\nsecond line"`.';
    found.diagnostics.push(diagnosticAt(source, fence, { message: `\`${attributes}\` is not understood`, fix }));
  }
  const args = splitArguments(match?.[1] ?? '');
  const stdin = match?.[2]?.replaceAll('\\n', '\n');
  found.examples.push({
    ...{ language, code: block.text, args, line: positionAt(source, block.range.start).line },
    ...(stdin !== undefined && { stdin }),
    ...(Object.keys(files).length > 0 && { files: { ...files } }),
  });
}

/** A path below the example's folder, of plain names: nothing in it can lead out, or to the example itself. */
const FILE_NAME = /^(?!example\.)(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

function readFile(source: Source, block: Block, { found, files }: Reading): void {
  const name = /^\S+\s+file="([^"]*)"$/.exec(block.info)?.[1];
  if (name !== undefined && FILE_NAME.test(name)) {
    files[name] = `${block.text}\n`;
    return;
  }
  const fix = 'Write for example `js file="greet.js"`: a path below the example, of letters, digits, `.`, `_` and `-`.';
  const message = 'the name of the file is not understood';
  found.diagnostics.push(diagnosticAt(source, fenceOf(source, block), { message, fix }));
}

/** Splits at white space; single quotes keep a piece together. */
function splitArguments(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function readOutput(state: { source: Source; block: Block; previous: Block | undefined; found: LessonBody }): void {
  const { source, block, previous, found } = state;
  const example = found.examples.at(-1);
  if (previous?.kind === 'run' && example !== undefined) {
    example.output = block.text;
    return;
  }
  const fix = 'Put it right behind the ```js run block whose output it is.';
  found.diagnostics.push(
    diagnosticAt(source, firstLine(source, block.range), {
      message: 'an output without a runnable block before it',
      fix,
    }),
  );
}

function readQuiz(source: Source, block: Block, found: LessonBody): void {
  const raw = source.text.slice(block.range.start, block.range.end);
  const start = block.range.start + raw.indexOf('\n') + 1;
  const { data, diagnostics } = parseYaml(source, { start, end: start + block.text.length });
  found.diagnostics.push(...diagnostics);
  if (data === undefined) return;
  const parsed = quizSchema.safeParse(data.value);
  if (parsed.success) found.quiz.push(...parsed.data);
  else found.diagnostics.push(...toDiagnostics(source, data, findingsOf(parsed.error.issues, data.value)));
}

function firstLine(source: Source, range: Range): Range {
  const end = source.text.indexOf('\n', range.start);
  return { start: range.start, end: end === -1 ? range.end : Math.min(end, range.end) };
}
