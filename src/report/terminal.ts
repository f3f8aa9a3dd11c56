import { visible } from '../model/escape.ts';
import type { Failure, Result, Verdict } from '../model/verdict.ts';
import { cut, padEnd, paragraph, spread, wrap } from '../ui/layout.ts';
import { differenceRows, fold, type Look, layOut, type Row } from './difference.ts';
import { causeText } from './source.ts';
import { distill } from './stack.ts';

/** What a verdict's text may refer to besides the verdict. */
export interface VerdictExtras {
  /** Command that repeats this verdict, without the seed. */
  again: string;
  /** Exercise to go on with after passing. */
  nextExercise?: string;
}

/** One result in pieces, for a screen that gives each its own place. */
export interface ResultPieces {
  /** Why it was skipped. */
  note: string;
  /** Why it failed or what broke, with the next step; may have several lines. */
  reason: string;
}

/** The pieces of one of the results, in the same words as in a verdict's text. */
export function resultPieces(results: readonly Result[], index: number, look: Look): ResultPieces {
  const result = results[index];
  const none = { note: '', reason: '' };
  switch (result?.status) {
    case 'skipped': {
      const place = { look, above: results[index - 1], first: results[0], ownNext: true };
      return { ...none, note: skipReason(result, place) };
    }
    case 'broken':
      return { ...none, reason: brokenText(result, look) };
    case 'failed':
      return { ...none, reason: result.failure === undefined ? '' : failureText(result.failure, look, true) };
    default:
      return none;
  }
}

/** What is said of a verdict as a whole: advice, and that nothing held the program in. */
export function verdictNotes(verdict: Verdict, look: Look): string[] {
  const { say } = look;
  const lines = verdict.advice.map((text) => hanging(say('advice', { text: visible(text) }), look));
  if (verdict.isolation.layer !== 'none') return lines;
  const { reason } = verdict.isolation;
  const because = reason === undefined ? '' : say('because', { reason });
  return [...lines, hanging(say('isolationNone', { reason: because }), look)];
}

const RESULT_INDENT = '  ';
const BLOCK_INDENT = 4;
const REQUEST_COLUMN = 35;

/** A verdict for people: every check, the failures with their reasons, and the next step. */
export function verdictText(verdict: Verdict, look: Look, extras: VerdictExtras): string {
  const nextBelow = verdict.results.find((result) => isFollowedByNext(result));
  const blocks = [
    header(verdict, look),
    checks(verdict.results, look, nextBelow),
    footer(verdict, { look, extras, nextOf: nextBelow }),
  ];
  return `\n${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function header(verdict: Verdict, { theme, say }: Look): string {
  const { symbols } = theme;
  const passed = verdict.results.filter((result) => result.status === 'passed').length;
  const time = say('seconds', { seconds: (verdict.milliseconds / 1000).toFixed(1) });
  const right = `${say('tally', { passed, total: verdict.results.length })} ${symbols.separator} ${time}`;
  const title = cut(
    visible(verdict.title),
    theme.columns - right.length - verdict.exercise.length - 9,
    symbols.ellipsis,
  );
  const left = `${RESULT_INDENT}${verdict.exercise} ${symbols.separator} ${title}`;
  return spread(left, right, theme.columns).replace(verdict.exercise, (id) => theme.bold(id));
}

function checks(results: readonly Result[], look: Look, nextBelow: Result | undefined): string {
  let text = '';
  let previousWasBlock = false;
  for (const [index, result] of results.entries()) {
    const block = result.failure !== undefined || result.status === 'broken';
    const gap = index === 0 ? '' : block || previousWasBlock ? '\n\n' : '\n';
    const place = { look, above: results[index - 1], first: results[0], ownNext: result !== nextBelow };
    text += gap + resultText(result, place);
    previousWasBlock = block;
  }
  return text;
}

/** The next step of a request stands beside the line that repeats it; any other's at the foot. */
function isFollowedByNext({ failure }: Result): boolean {
  return failure !== undefined && failure.tried.kind !== 'request';
}

interface ResultPlace {
  look: Look;
  above: Result | undefined;
  first: Result | undefined;
  /** Whether the next step stands in this block, not at the verdict's foot. */
  ownNext: boolean;
}

function resultText(result: Result, place: ResultPlace): string {
  const { look, ownNext } = place;
  const { theme } = look;
  const title = visible(result.title);
  const { symbols } = theme;
  switch (result.status) {
    case 'passed':
      return head(theme.green(symbols.passed), wrapTitle(title, look));
    case 'skipped':
      return theme.dim(hanging(`${symbols.skipped} ${title} ${skipReason(result, place)}`, look));
    case 'broken':
      return `${head(theme.yellow(symbols.broken), wrapTitle(title, look))}\n\n${brokenText(result, look)}`;
    case 'failed': {
      const { failure } = result;
      const text = head(theme.red(symbols.failed), wrapTitle(title, look).map(theme.bold));
      return failure === undefined ? text : `${text}\n\n${failureText(failure, look, ownNext)}`;
    }
  }
}

function brokenText({ reason }: Result, look: Look): string {
  const { say } = look;
  const broken = reason?.kind === 'broken' ? reason : undefined;
  const fault = say('broken', { message: visible(broken?.message ?? '') });
  return inBlock(`${fault}\n${broken?.next === undefined ? say('brokenNext') : visible(broken.next)}`, look);
}

function wrapTitle(title: string, { theme }: Look): string[] {
  return wrap(title, theme.columns - BLOCK_INDENT);
}

/** A sign, and beside it the lines of a title. */
function head(sign: string, [first = '', ...more]: readonly string[]): string {
  return [`${RESULT_INDENT}${sign} ${first}`, ...more.map((line) => ' '.repeat(BLOCK_INDENT) + line)].join('\n');
}

function skipReason({ reason }: Result, { look: { say }, above, first }: ResultPlace): string {
  if (reason === undefined) return '';
  if (reason.kind !== 'after') return say('absent', { message: visible(reason.message) });
  if (reason.check === above?.check) return say('needsAbove');
  return reason.check === first?.check ? say('needsFirst') : say('needs', { title: visible(reason.title) });
}

function failureText(failure: Failure, look: Look, ownNext: boolean): string {
  const { theme, say } = look;
  const parts = [attemptText(failure, look)];
  const rows = failureRows(failure, look);
  // What came of lines of code is said in words where there are no two values to compare.
  const isTold = rows.length === 0 || (failure.tried.kind === 'code' && failure.differences.length === 0);
  if (isTold) parts.push(paragraph(visible(failure.summary), { indent: 6, columns: theme.columns }));
  if (rows.length > 0) parts.push(rows.map((block) => layOut(block, look)).join('\n\n'));
  const below: string[] = [];
  if (failure.cause !== undefined) below.push(causeText(failure.cause, look));
  if (ownNext && failure.next !== undefined) below.push(inBlock(say('next', { text: visible(failure.next) }), look));
  if (failure.tried.kind === 'request') {
    below.push(`${' '.repeat(BLOCK_INDENT)}${say('again', { command: visible(failure.tried.curl) })}`);
  }
  if (below.length > 0) parts.push(below.join('\n'));
  return parts.join('\n\n');
}

/** What was tried: the command line, or the request and its body beside it. */
function attemptText({ tried }: Failure, look: Look): string {
  const indent = ' '.repeat(6);
  if (tried.kind === 'command') {
    const line = `${indent}${visible(tried.line)}`;
    if (tried.stdin === undefined) return line;
    return `${line}\n${layOut([{ label: look.say('stdin'), value: visible(tried.stdin) }], look)}`;
  }
  if (tried.kind === 'code') return visible(tried.code).replace(/^/gm, indent);
  const request = `${tried.method} ${visible(tried.target)}`;
  if (tried.body === undefined) return indent + request;
  const [first = '', ...more] = fold(visible(tried.body), look.theme.columns - REQUEST_COLUMN - 6, look);
  const rest = more.map((line) => `\n${indent}${padEnd('', REQUEST_COLUMN)}${line}`);
  return `${indent}${padEnd(request, REQUEST_COLUMN - 2)}  ${first}${rest.join('')}`;
}

function failureRows(failure: Failure, look: Look): Row[][] {
  const [first] = failure.differences;
  const blocks = failure.differences.map((difference) => {
    const rows = differenceRows(difference, look, look.theme.columns);
    // Standard output is what one expects to see compared; anything else is named, and so is an output that should be empty.
    const isExpected = difference.what === 'stdout' && difference.expected !== '';
    const plain = difference === first && isExpected;
    return plain ? rows : [{ label: visible(difference.what), value: '' }, ...rows];
  });
  const observed = failure.observed
    .filter(({ text }) => !failure.differences.some(({ got }) => got === text))
    .map(({ what, text }) => ({ label: visible(what), value: visible(distill(text)) }));
  return observed.length === 0 ? blocks : [...blocks, observed];
}

interface Foot {
  look: Look;
  extras: VerdictExtras;
  nextOf: Result | undefined;
}

function footer(verdict: Verdict, { look, extras, nextOf }: Foot): string {
  const { theme, say } = look;
  const lines = verdictNotes(verdict, look);
  if (verdict.status === 'passed') {
    const { earned, possible } = verdict.points;
    const next = extras.nextExercise === undefined ? '' : say('nextExercise', { exercise: extras.nextExercise });
    const done = say('done', { earned, possible });
    lines.push(
      spread(RESULT_INDENT + done, next, theme.columns)
        .trimEnd()
        .replace(done, theme.green(done)),
    );
    return lines.join('\n');
  }
  const hinted = verdict.results.find((result) => result.status === 'failed')?.hints.length;
  const next = nextOf?.failure?.next;
  const hint = hinted ? say('hint') : '';
  if (next !== undefined || hint !== '') lines.push(nextLine(next, hint, look));
  lines.push(theme.dim(`${RESULT_INDENT}${say('again', { command: `${extras.again} --seed ${verdict.seed}` })}`));
  return lines.join('\n');
}

function nextLine(next: string | undefined, hint: string, look: Look): string {
  if (next === undefined) return RESULT_INDENT + hint;
  const text = `${RESULT_INDENT}${look.say('next', { text: visible(next) })}`;
  if (hint !== '' && text.length + hint.length + 3 <= look.theme.columns) return `${text}   ${hint}`;
  const wrapped = hanging(look.say('next', { text: visible(next) }), look);
  return hint === '' ? wrapped : `${wrapped}\n${RESULT_INDENT}${hint}`;
}

/** Text wrapped under the results' signs, its further lines one step in. */
function hanging(text: string, { theme }: Look): string {
  const [first = '', ...more] = wrap(text, theme.columns - BLOCK_INDENT);
  return [RESULT_INDENT + first, ...more.map((line) => ' '.repeat(BLOCK_INDENT) + line)].join('\n');
}

function inBlock(text: string, { theme }: Look): string {
  return paragraph(text, { indent: BLOCK_INDENT, columns: theme.columns });
}
