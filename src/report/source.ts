import { visible } from '../model/escape.ts';
import type { Cause, SourceLocation } from '../model/verdict.ts';
import { cut, displayWidth, paragraph } from '../ui/layout.ts';
import type { Look } from './difference.ts';

const INDENT = 4;

/** A cause in words, and under it the learner's line with a caret where it was found. */
export function causeText(cause: Cause, look: Look): string {
  const { theme } = look;
  const words = theme.yellow(paragraph(visible(cause.text), { indent: INDENT, columns: theme.columns }));
  return cause.location === undefined ? words : `${words}\n${sourceText(cause.location, look)}`;
}

function sourceText({ file, line, column, source, label }: SourceLocation, { theme }: Look): string {
  const place = `${' '.repeat(INDENT)}${visible(file)}:${line}${' '.repeat(4)}`;
  const leading = /^\s*/.exec(source)?.[0].length ?? 0;
  const code = source.slice(leading).replace(/\t/g, ' ').trimEnd();
  const room = Math.max(16, theme.columns - displayWidth(place));
  const at = Math.max(0, column - 1 - leading);
  const start = at > room - 8 ? at - Math.floor(room / 2) : 0;
  const mark = start > 0 ? theme.symbols.ellipsis : '';
  const shown = cut(mark + visible(code.slice(start)), room, theme.symbols.ellipsis);
  const caret = mark.length + displayWidth(visible(code.slice(start, at)));
  const under = `${' '.repeat(displayWidth(place) + caret)}^${label === undefined ? '' : ` ${visible(label)}`}`;
  return `${theme.dim(place)}${shown}\n${theme.yellow(under)}`;
}
