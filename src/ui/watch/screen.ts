import { visibleLine } from '../../model/escape.ts';
import { progressBar } from '../bar.ts';
import { cut, cutStart, displayWidth, padEnd } from '../layout.ts';
import { foldPainted } from '../painted.ts';
import { checkBlock } from './checks.ts';
import { keysLine } from './keys.ts';
import type { SayWatch } from './messages.ts';
import { type OutputWindow, outputWindow, textWindow } from './pane.ts';
import type { Frame, WatchLook, WatchView } from './view.ts';

/** From this height on, there is room for rules and blank lines. */
const ROOMY = 16;
/** Lines of output that stay on the screen beside a long text, on a roomy screen and on a small one. */
const LEAST_OUTPUT = { roomy: 3, small: 1 };

/** Columns of a file's name that stay beside a long status. */
const LEAST_NAME = 8;

/** The watch screen: verdict, first failure, output and keys, each at its place in any size; the two panes scroll. */
export function watchScreen(view: WatchView, look: WatchLook): Frame {
  const { theme, rows } = look;
  const isRoomy = rows >= ROOMY;
  const rule = theme.dim((theme.unicode ? '─' : '-').repeat(theme.columns));
  const top = [header(view, look), ...(isRoomy ? [rule] : [])];
  const foot = footLines(view, look, isRoomy ? rule : undefined);
  const body = bodyLines(view, look, { room: Math.max(1, rows - top.length - foot.length), isRoomy });
  return { ...body, lines: [...top, ...body.lines, ...foot].slice(0, rows) };
}

/** Where one is, as much of it as there is room for, and how much is done. */
function header({ place, progress }: WatchView, { theme }: WatchLook): string {
  const arrow = theme.unicode ? '▸' : '>';
  const { track, lesson, exercise } = place;
  const path = (...names: string[]) => names.map(visibleLine).join(` ${arrow} `);
  const { done, total } = progress;
  const long = path(track, lesson, exercise);
  const candidates = [
    { left: `node-tutor  ${long}`, cells: 12 },
    { left: long, cells: 12 },
    { left: path(lesson, exercise), cells: 12 },
    { left: visibleLine(exercise), cells: 12 },
    { left: visibleLine(exercise), cells: 0 },
  ];
  const count = `${done}/${total}`;
  const widthOf = ({ left, cells }: { left: string; cells: number }) =>
    displayWidth(left) + cells + count.length + (cells > 0 ? 4 : 3);
  const chosen = candidates.find((candidate) => widthOf(candidate) <= theme.columns) ?? {
    left: visibleLine(exercise),
    cells: 0,
  };
  const right = chosen.cells > 0 ? progressBar(done, total, { theme, cells: chosen.cells }) : count;
  const room = theme.columns - 1 - (chosen.cells > 0 ? chosen.cells + 1 : 0) - count.length;
  const left = padEnd(cut(chosen.left, room - 2, theme.symbols.ellipsis), room);
  return ` ${left.replace(visibleLine(exercise), (name) => theme.bold(name))}${right}`;
}

function footLines(view: WatchView, look: WatchLook, rule: string | undefined): string[] {
  const { theme } = look;
  const said =
    view.notice === undefined ? undefined : theme.yellow(` ${cut(visibleLine(view.notice), theme.columns - 2)}`);
  const keys = view.question === undefined ? keysLine(view.keys, look) : questionLine(view.question, look);
  const file = rule === undefined && said !== undefined ? said : fileLine(view, look);
  return [file, ...(rule === undefined ? [] : [said ?? rule]), keys];
}

function fileLine(view: WatchView, { theme, say }: WatchLook): string {
  const label = say('file');
  const { columns, symbols } = theme;
  const room = columns - displayWidth(label) - 5;
  const status = cut(view.status, Math.max(1, room - LEAST_NAME), symbols.ellipsis);
  const name = cutStart(
    visibleLine(view.file.name),
    Math.max(LEAST_NAME, room - displayWidth(status)),
    symbols.ellipsis,
  );
  const gap = ' '.repeat(Math.max(1, room + 1 - displayWidth(name) - displayWidth(status)));
  return ` ${theme.dim(label)}  ${view.file.link(name)}${gap}${theme.dim(status)}`;
}

function questionLine(question: string, { theme, say }: WatchLook): string {
  const answers = [
    { key: 'y', label: say('keyYes') },
    { key: 'n', label: say('keyNo') },
  ];
  const width = answers.reduce((sum, { key, label }) => sum + key.length + displayWidth(label) + 3, 0);
  const text = cut(visibleLine(question), theme.columns - width - 2, theme.symbols.ellipsis);
  return ` ${theme.bold(text)}${answers.map(({ key, label }) => `  ${theme.bold(theme.cyan(key))} ${label}`).join('')}`;
}

interface Body {
  room: number;
  isRoomy: boolean;
}

/** What gives way where a text is too long for its place. */
interface Squeeze {
  /** Lines for the checks; where they are more, they are counted. */
  checks: number;
  /** Whether blank lines stay. */
  blanks: boolean;
  /** Lines of output that stay. */
  output: number;
}

/** How the body is shared out: by the gentlest squeeze with which the whole text fits; one that is longer is scrolled. */
function bodyLines(view: WatchView, look: WatchLook, body: Body): Frame {
  const checks = Math.max(1, Math.floor(body.room / (view.wideOutput ? 4 : 2)));
  const few = Math.min(3, checks);
  const { roomy, small } = LEAST_OUTPUT;
  const scrolled: Squeeze = { checks: few, blanks: body.isRoomy, output: body.isRoomy ? roomy : small };
  const squeezes: Squeeze[] = [
    { ...scrolled, checks },
    scrolled,
    { ...scrolled, blanks: false },
    { ...scrolled, blanks: false, output: small },
  ];
  for (const squeeze of squeezes) {
    const frame = arranged(view, look, { ...body, squeeze });
    if (frame.most.text === 0) return frame;
  }
  return arranged(view, look, { ...body, squeeze: scrolled });
}

function arranged(view: WatchView, look: WatchLook, { room, isRoomy, squeeze }: Body & { squeeze: Squeeze }): Frame {
  const { columns } = look.theme;
  const whole = view.text.flatMap((line) => foldPainted(line.replaceAll('\t', '  '), columns));
  const text = squeeze.blanks ? whole : whole.filter((line) => line.trim() !== '');
  const output = view.output.flatMap((line) => foldPainted(line, columns - 1));
  const { before, after } = checkBlock(view.checks, look, squeeze.checks);
  // A title, and a blank line above it.
  const frame = isRoomy ? 2 : output.length > 0 ? 1 : 0;
  const free = Math.max(0, room - before.length - after.length - frame);
  const least = Math.min(output.length, squeeze.output, free);
  const textRoom = view.wideOutput ? 0 : Math.min(text.length, free - least);
  const outputRoom = Math.max(0, free - textRoom);
  const textPart = textWindow(text, textRoom, { top: view.scroll.text, look });
  const outputPart = outputWindow(output, outputRoom, view.scroll.output);
  const lines = [...before, ...textPart.lines, ...after];
  if (frame === 2) lines.push('');
  if (frame > 0) lines.push(outputTitle(outputPart, look));
  lines.push(...outputPart.lines.map((line) => ` ${line}`));
  while (lines.length < room) lines.push('');
  return {
    lines: lines.slice(0, room),
    scroll: { text: textPart.top, output: outputPart.below },
    most: { text: view.wideOutput ? 0 : textPart.most, output: outputPart.most },
    page: { text: textRoom, output: outputRoom },
  };
}

function outputTitle({ from, lines, count }: OutputWindow, { theme, say }: WatchLook): string {
  const line = theme.unicode ? '─' : '-';
  const left = ` ${say('output')} `;
  const right = ` ${countText({ from, lines, count }, say)} `;
  const room = theme.columns - displayWidth(left) - displayWidth(right) - 2;
  const title = `${left}${line.repeat(Math.max(0, room))}${right}${line.repeat(2)}`;
  return theme.dim(cut(title, theme.columns, theme.symbols.ellipsis));
}

function countText({ from, lines, count }: Pick<OutputWindow, 'from' | 'lines' | 'count'>, say: SayWatch): string {
  if (count === 0) return say('noOutput');
  if (lines.length < count) return say('someLines', { from: from + 1, to: from + lines.length, count });
  return count === 1 ? say('oneLine') : say('lines', { count });
}
