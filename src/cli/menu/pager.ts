import { emitKeypressEvents, type Key } from 'node:readline';
import type { CommandContext } from '../context.ts';
import { Interrupted } from './prompt.ts';

const ALTERNATE_SCREEN = '\u001b[?1049h\u001b[?25l';
const NORMAL_SCREEN = '\u001b[?25h\u001b[?1049l';
const HOME_AND_CLEAR = '\u001b[H\u001b[2J';

export interface PagedText {
  /** Text for a number of columns; asked for again when the terminal changes its size. */
  render(): Promise<string>;
  /** What stands in the last line, after how far one has read. */
  footer: string;
}

/**
 * Shows a text page by page on a screen of its own, until the learner leaves it. The terminal is as before afterwards.
 * @throws {Interrupted}
 */
export async function showPaged(context: CommandContext, text: PagedText): Promise<void> {
  const { stdin, stdout } = process;
  const view = { lines: (await text.render()).trimEnd().split('\n'), top: 0 };
  const { dim } = await context.theme();
  const height = () => Math.max(1, (stdout.rows || 24) - 1);
  const draw = () => {
    const last = Math.max(0, view.lines.length - height());
    view.top = Math.min(Math.max(0, view.top), last);
    const seen = last === 0 ? 100 : Math.round((view.top / last) * 100);
    const shown = view.lines.slice(view.top, view.top + height());
    const foot = dim(`${seen}%  ${text.footer}`.slice(0, (stdout.columns || 80) - 1));
    stdout.write(`${HOME_AND_CLEAR}${shown.join('\n')}${'\n'.repeat(height() - shown.length + 1)}${foot}`);
  };
  const resize = () => {
    text.render().then((rendered) => {
      view.lines = rendered.trimEnd().split('\n');
      draw();
    });
  };

  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  stdout.write(ALTERNATE_SCREEN);
  stdout.on('resize', resize);
  draw();
  try {
    await new Promise<void>((resolve, reject) => {
      const stop = () => reject(new Interrupted());
      const finish = (end: () => void) => {
        stdin.off('keypress', onKey);
        stdin.off('end', stop);
        context.signal.removeEventListener('abort', stop);
        end();
      };
      const onKey = (_: string | undefined, key: Key) => {
        const action = actionOf(key, view.top + height() >= view.lines.length);
        if (action === 'interrupt') finish(stop);
        else if (action === 'leave') finish(resolve);
        else if (action !== undefined) {
          view.top = { ...moves(view.top, height()), end: view.lines.length }[action];
          draw();
        }
      };
      stdin.on('keypress', onKey);
      stdin.on('end', stop);
      context.signal.addEventListener('abort', stop, { once: true });
      if (context.signal.aborted) stop();
    });
  } finally {
    stdout.off('resize', resize);
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write(NORMAL_SCREEN);
  }
}

type Move = 'up' | 'down' | 'pageUp' | 'pageDown' | 'start' | 'end';

function moves(top: number, height: number): Record<Exclude<Move, 'end'>, number> {
  const page = Math.max(1, height - 2);
  return { up: top - 1, down: top + 1, pageUp: top - page, pageDown: top + page, start: 0 };
}

/** What a key means; going on from the last page leaves. */
function actionOf({ name, ctrl }: Key, atEnd: boolean): Move | 'leave' | 'interrupt' | undefined {
  if (ctrl) return name === 'c' ? 'interrupt' : name === 'd' ? 'leave' : undefined;
  switch (name) {
    case 'q':
    case 'escape':
      return 'leave';
    case 'space':
    case 'return':
    case 'enter':
    case 'pagedown':
      return atEnd ? 'leave' : 'pageDown';
    case 'b':
    case 'pageup':
      return 'pageUp';
    case 'up':
    case 'k':
      return 'up';
    case 'down':
    case 'j':
      return 'down';
    case 'home':
    case 'g':
      return 'start';
    case 'end':
      return 'end';
    default:
      return undefined;
  }
}
