import { contentChunks } from '../../model/content.ts';
import type { CheckContext, PartOutcome, Ran } from '../../model/context.ts';
import type { FileContent, FileExpectation, FilesSpec } from '../../model/files.ts';
import { suggest } from '../../model/suggest.ts';
import type { Cause, Difference, Failure } from '../../model/verdict.ts';
import { commandLine } from '../command-line.ts';
import { jsonDifference } from '../json.ts';
import { matchText } from '../match-text.ts';
import { messages } from '../messages.ts';
import { matchNames } from '../names.ts';
import { runToLookAt } from '../own-run.ts';
import { renderPath, shownContents } from '../work-contents.ts';
import { firstDifference, listBelow, lookAt, readChunks, readStart, type Seen } from './look.ts';

/** A file's text is looked at up to here, in bytes. */
const MOST_TEXT = 4 * 1024 * 1024;
const MOST_LISTED = 1_000;

/**
 * The `files` kind: looks at the work folder after the run that the check has made, or after one of its own.
 * Everything there is the learner's doing: links are not followed, sizes are capped.
 */
export async function evaluateFiles(spec: FilesSpec, context: CheckContext, before?: Ran): Promise<PartOutcome> {
  const found = await runToLookAt(before, context);
  if ('outcome' in found) return found.outcome;
  const { ran } = found;
  for (const [template, expectation] of Object.entries(spec)) {
    const look: Look = { path: renderPath(template, context.render), ran, context };
    const difference = await findDifference(expectation, look);
    if (difference) return { status: 'failed', failure: explain(difference, look) };
  }
  return { status: 'passed', ran };
}

/** One path to look at. */
interface Look {
  path: string;
  ran: Ran;
  context: CheckContext;
}

async function findDifference(expected: FileExpectation, look: Look): Promise<Difference | undefined> {
  const { path, ran, context } = look;
  const seen = lookAt(ran.work, path);
  const { is } = expected;
  const wanted = is === 'absent' || is === 'folder' ? is : expected.holds === undefined ? 'file' : 'folder';
  if (seen.kind !== wanted) return kindDifference(wanted, seen, look);
  if (seen.kind === 'folder') {
    return expected.holds && matchNames(expected.holds, { what: path, names: seen.names }, context.render);
  }
  if (seen.kind !== 'file') return undefined;
  return (
    (is === 'unchanged' ? bytesDifference(path, seen, look) : undefined) ??
    (expected.sameAs === undefined
      ? undefined
      : bytesDifference(renderPath(expected.sameAs, context.render), seen, look)) ??
    sizeDifference(expected, seen, look) ??
    (await textDifference(expected, seen, look))
  );
}

function sizeDifference(
  { size }: FileExpectation,
  seen: Extract<Seen, { kind: 'file' }>,
  { path, context }: Look,
): Difference | undefined {
  const wanted = size === undefined ? seen.size : Number(context.render(size));
  if (wanted === seen.size) return undefined;
  const say = messages(context.language);
  const shown = (bytes: number) => say('files.size', { bytes });
  return { what: path, relation: 'equals', expected: shown(wanted), got: shown(seen.size) };
}

function kindDifference(wanted: 'file' | 'folder' | 'absent', seen: Seen, { path, context }: Look): Difference {
  const say = messages(context.language);
  const got = seen.kind === 'unreadable' ? say('files.unreadable', { reason: seen.reason }) : say(`files.${seen.kind}`);
  return { what: path, relation: 'equals', expected: say(`files.${wanted}`), got };
}

async function textDifference(
  { text, json, jsonHas }: FileExpectation,
  seen: Extract<Seen, { kind: 'file' }>,
  { path, context }: Look,
): Promise<Difference | undefined> {
  if (text === undefined && json === undefined && jsonHas === undefined) return undefined;
  const got = readStart(seen.file, MOST_TEXT)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const { render } = context;
  return (
    (text && (await matchText(text, { what: path, got }, render))) ??
    (json === undefined ? undefined : jsonDifference(path, render(json), { got })) ??
    (jsonHas === undefined ? undefined : jsonDifference(path, render(jsonHas), { got, partly: true }))
  );
}

/** Compares a file with what another one was before the run. */
function bytesDifference(
  original: string,
  seen: Extract<Seen, { kind: 'file' }>,
  { path, ran, context }: Look,
): Difference | undefined {
  const say = messages(context.language);
  const source = originalChunks(original, { ran, context });
  if (source === undefined) return kindDifference('absent', seen, { path, ran, context });
  const at = firstDifference(source(), readChunks(seen.file));
  if (at === undefined) return undefined;
  const isText = seen.size <= MOST_TEXT;
  const [before, after] = isText ? [textOf(source()), readStart(seen.file, MOST_TEXT).toString('utf8')] : ['', ''];
  if (isText && isPrintable(before) && isPrintable(after)) {
    return { what: path, relation: 'equals', expected: before, got: after };
  }
  return {
    what: path,
    relation: 'equals',
    expected: say('files.bytes-of', { path: original }),
    got: say('files.other-bytes', { size: seen.size, at }),
  };
}

/** The bytes of a file as it was before the run, afresh at every call; undefined when there was none. */
function originalChunks(file: string, { ran, context }: Omit<Look, 'path'>): (() => Iterable<Buffer>) | undefined {
  const made: FileContent | undefined = ran.input.contents?.files[file];
  if (made !== undefined) return () => contentChunks(made);
  const seen = lookAt(context.originOf(file), file);
  return seen.kind === 'file' ? () => readChunks(seen.file) : undefined;
}

function textOf(chunks: Iterable<Buffer>): string {
  const bytes = Buffer.concat([...chunks].slice(0, 1 + MOST_TEXT / (1024 * 1024)));
  return bytes.subarray(0, MOST_TEXT).toString('utf8');
}

function isPrintable(text: string): boolean {
  return !text.includes('\0') && !text.includes('\ufffd');
}

function explain(difference: Difference, look: Look): Failure {
  const { context, ran, path } = look;
  const say = messages(context.language);
  const cause = elsewhere(look);
  return {
    summary: say('files.differs', { path }),
    tried: { kind: 'command', line: commandLine(context.entry, ran.input) },
    differences: [difference],
    observed: shownContents(ran.input.contents),
    ...(cause === undefined ? { next: say('files.next', { path }) } : cause),
  };
}

/** A file of that name in another place, or of nearly that name in this one. */
function elsewhere({ path, ran, context }: Look): { cause: Cause; next: string } | undefined {
  const say = messages(context.language);
  if (lookAt(ran.work, path).kind !== 'absent') return undefined;
  const submitted = (file: string) => originalChunks(file, { ran, context }) !== undefined;
  const made = listBelow(ran.work, MOST_LISTED).filter((file) => !submitted(file));
  const name = path.split('/').at(-1) ?? path;
  const other = made.find((file) => file.split('/').at(-1) === name) ?? suggest(path, made)[0];
  if (other === undefined || other === path) return undefined;
  return {
    cause: { name: 'file-elsewhere', text: say('cause.file-elsewhere', { path, other }) },
    next: say('cause.file-elsewhere.next', { path, other }),
  };
}
