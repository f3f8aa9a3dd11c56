import type { Diagnostic, Position } from '../model/diagnostic.ts';

/** A text file of a course, with the offsets at which its lines begin. */
export interface Source {
  /** Path below the course folder, `/` between its parts. */
  file: string;
  text: string;
  lineStarts: readonly number[];
}

/** A stretch of a source's text, as offsets in UTF-16 units; `end` is not part of it. */
export interface Range {
  start: number;
  end: number;
}

/** What is wrong, and what would be right. */
export interface Fault {
  message: string;
  fix?: string;
}

export function makeSource(file: string, text: string): Source {
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const lineStarts = [0];
  for (let at = plain.indexOf('\n'); at !== -1; at = plain.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text: plain, lineStarts };
}

/** The line and column of an offset, both from 1. */
export function positionAt(source: Source, offset: number): Position {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}

/** The text of a line, counted from 1, without its line break. */
function lineAt(source: Source, line: number): string {
  const start = source.lineStarts[line - 1] ?? 0;
  const next = source.lineStarts[line];
  return source.text.slice(start, next === undefined ? undefined : next - 1);
}

/** A diagnostic about a stretch of a source; white space at the stretch's end is left out. */
export function diagnosticAt(source: Source, range: Range, fault: Fault): Diagnostic {
  const trimmed = source.text.slice(range.start, range.end).trimEnd().length;
  const start = positionAt(source, range.start);
  return {
    file: source.file,
    start,
    end: positionAt(source, range.start + Math.max(1, trimmed)),
    ...fault,
    sourceLine: lineAt(source, start.line),
  };
}

/** A diagnostic about a file or folder as a whole. */
export function diagnosticOf(file: string, fault: Fault): Diagnostic {
  const start = { line: 1, column: 1 };
  return { file, start, end: start, ...fault };
}
