import type { Diagnostic } from '../model/diagnostic.ts';
import { visible } from '../model/escape.ts';

/** Longest piece of a source line that is shown. */
const SHOWN = 100;
/** How much of a long line is shown before the fault. */
const LEAD = 40;
/** Longest message or fix that is shown. */
const LONGEST = 400;

/**
 * A diagnostic as plain text: place and fault, the source line with a squiggle under the fault, and what would be right.
 * Control characters of the file are shown as escapes. No newline at the end.
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, start, message, fix, sourceLine } = diagnostic;
  const lines = [`${oneLine(file)}:${start.line}:${start.column}  ${oneLine(message)}`];
  if (sourceLine !== undefined) lines.push(...excerpt(diagnostic, sourceLine));
  if (fix !== undefined) lines.push(`    ${oneLine(fix)}`);
  return lines.join('\n');
}

/** Diagnostics by file, then by place. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      Number(a.file > b.file) - Number(a.file < b.file) ||
      a.start.line - b.start.line ||
      a.start.column - b.start.column,
  );
}

function excerpt({ start, end }: Diagnostic, sourceLine: string): string[] {
  const from = start.column > LEAD * 2 ? start.column - 1 - LEAD : 0;
  const to = Math.min(sourceLine.length, from + SHOWN);
  const faultStart = Math.min(start.column - 1, to);
  const faultEnd = Math.min(end.line === start.line ? end.column - 1 : sourceLine.length, to);
  const before = `${from > 0 ? '…' : ''}${visible(sourceLine.slice(from, faultStart))}`;
  const fault = visible(sourceLine.slice(faultStart, faultEnd));
  const after = `${visible(sourceLine.slice(faultEnd, to))}${to < sourceLine.length ? '…' : ''}`;
  const gutter = String(start.line).padStart(5);
  return [
    `${gutter} | ${before}${fault}${after}`,
    `${' '.repeat(gutter.length)} | ${before.replace(/[^\t]/g, ' ')}${'~'.repeat(Math.max(1, fault.length))}`,
  ];
}

function oneLine(text: string): string {
  const plain = visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
