import path from 'node:path';
import { visible } from '../model/escape.ts';
import type { Cause, SourceLocation } from '../model/verdict.ts';
import { cut, displayWidth, paragraph } from '../ui/layout.ts';
import { fileLink } from '../ui/link.ts';
import type { Look } from './difference.ts';

const INDENT = 4;

/** A cause in words, and under it the learner's line with a caret where it was found. */
export function causeText(cause: Cause, look: Look): string {
  const { theme } = look;
  const words = theme.yellow(paragraph(visible(cause.text), { indent: INDENT, columns: theme.columns }));
  return cause.location === undefined ? words : `${words}\n${sourceText(cause.location, look)}`;
}

function sourceText(location: SourceLocation, look: Look): string {
  const { file, line, column, source, label } = location;
  const { theme } = look;
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
  return `${placeText(place, location, look)}${shown}\n${theme.yellow(under)}`;
}

/** The place as a link to a file of the submission; a run can name any other file, too. */
function placeText(text: string, { file, line }: SourceLocation, { theme, folder }: Look): string {
  if (folder === undefined || path.isAbsolute(file)) return theme.dim(text);
  const target = path.join(folder, file);
  if (path.relative(folder, target).startsWith('..')) return theme.dim(text);
  return text.replace(text.trim(), (name) => fileLink(theme.dim(name), theme, { file: target, line }));
}
