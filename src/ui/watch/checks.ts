import { visibleLine } from '../../model/escape.ts';
import { cut, displayWidth, padEnd } from '../layout.ts';
import type { CheckLine, WatchLook } from './view.ts';

/** The lines of the checks up to the first that failed, and those after it. */
export interface CheckBlock {
  before: string[];
  after: string[];
}

/** One line for each check; where they are too many for `room` lines, those that passed or wait are counted. */
export function checkBlock(checks: readonly CheckLine[], look: WatchLook, room: number): CheckBlock {
  const first = checks.findIndex(({ status }) => status === 'failed' || status === 'broken');
  const split = first === -1 ? checks.length : first + 1;
  let before = checks.slice(0, split).map((check) => checkLine(check, look));
  let after = checks.slice(split).map((check) => checkLine(check, look));
  if (before.length + after.length > room && after.length > 1) after = [countedAfter(checks.slice(split), look)];
  if (before.length + after.length > room && before.length > 2) {
    const last = before.at(-1) ?? '';
    const passed = checks.slice(0, split).filter(({ status }) => status === 'passed').length;
    before = first === -1 ? [countedPassed(passed, look)] : [countedPassed(passed, look), last];
  }
  if (before.length + after.length > room) {
    after = [];
    before = before.slice(-Math.max(1, room));
  }
  return { before, after };
}

function countedPassed(count: number, { theme, say }: WatchLook): string {
  return ` ${theme.green(theme.symbols.passed)} ${say('passedBefore', { count })}`;
}

function countedAfter(checks: readonly CheckLine[], { theme, say }: WatchLook): string {
  const failed = checks.filter(({ status }) => status === 'failed' || status === 'broken').length;
  const text = say(failed === 0 ? 'waiting' : 'waitingFailed', { count: checks.length, failed });
  return failed === 0 ? theme.dim(` ${theme.symbols.skipped} ${text}`) : ` ${theme.red(theme.symbols.failed)} ${text}`;
}

function checkLine({ status, title, note, milliseconds }: CheckLine, { theme, say }: WatchLook): string {
  const { symbols, columns } = theme;
  const isFailed = status === 'failed' || status === 'broken';
  const seconds = (milliseconds ?? 0) / 1000;
  const time = isFailed && seconds >= 0.005 ? say('seconds', { seconds: seconds.toFixed(seconds < 1 ? 2 : 1) }) : '';
  const room = columns - 4 - (time === '' ? 0 : displayWidth(time) + 1);
  const text = cut(visibleLine(note === '' ? title : `${title} ${note}`), room, symbols.ellipsis);
  const line = isFailed ? `${padEnd(text, room)} ` : text;
  switch (status) {
    case 'passed':
      return ` ${theme.green(symbols.passed)} ${line}`;
    case 'failed':
      return ` ${theme.red(symbols.failed)} ${theme.bold(line)}${theme.dim(time)}`;
    case 'broken':
      return ` ${theme.yellow(symbols.broken)} ${theme.bold(line)}${theme.dim(time)}`;
    default:
      return theme.dim(` ${symbols.skipped} ${line}`);
  }
}
