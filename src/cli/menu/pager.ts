import { cut } from '../../ui/layout.ts';
import type { LaidOut } from '../../ui/markdown.ts';
import {
  exampleAt,
  exampleRow,
  find,
  isAtEnd,
  keptPlace,
  type Move,
  marked,
  moved,
  nextExample,
  percentSeen,
  sectionAt,
  showing,
  type View,
} from '../../ui/reader.ts';
import type { CommandContext } from '../context.ts';
import type { Pressed } from '../keyboard.ts';
import { type OpenScreen, openScreen } from './screen.ts';

export interface PagedText {
  /** The text for the terminal's size; asked for again when that changes. */
  render(): Promise<LaidOut>;
  /** What stands in the last line: how one goes on. */
  keys: string;
  /** What one can do with a runnable example, by key; where there is none, the key does nothing. */
  onExample?: Readonly<Record<string, (example: number, screen: OpenScreen) => Promise<string | undefined>>>;
}

/** Lines that are not the text's. */
const FRAME_ROWS = 2;

interface Reader {
  text: LaidOut;
  view: View;
  /** The line that was found last; undefined after another move. */
  match: number | undefined;
  /** A passing remark in place of the keys. */
  remark: string | undefined;
}

/**
 * Shows a text page by page on a screen of its own, until the learner leaves it. The terminal is as before afterwards.
 * @throws {Interrupted}
 */
export async function showPaged(context: CommandContext, paged: PagedText): Promise<void> {
  const screen = openScreen(context);
  try {
    await readOn(context, screen, paged);
  } finally {
    screen.leave();
  }
}

/** The same on a screen that is open already. @throws {Interrupted} */
export async function readOn(context: CommandContext, screen: OpenScreen, paged: PagedText): Promise<void> {
  const reader: Reader = {
    text: await paged.render(),
    view: { top: 0, height: textRows(screen), query: '', example: undefined },
    match: undefined,
    remark: undefined,
  };
  for (;;) {
    if (!screen.hasNext()) await draw(context, screen, { reader, paged });
    const event = await screen.next();
    if (event.type === 'resize') {
      const text = await paged.render();
      reader.view = keptPlace(reader.text, text, { ...reader.view, height: textRows(screen) });
      reader.text = text;
      continue;
    }
    reader.remark = undefined;
    const action = actionOf(event.key, isAtEnd(reader.text, reader.view));
    if (action === 'leave') return;
    if (action === 'search') await search(context, screen, { reader, paged });
    else if (action === 'nextMatch' || action === 'previousMatch') goToMatch(context, reader, action);
    else if (action === 'example') reader.view = nextExample(reader.text, reader.view);
    else if (action !== undefined) {
      reader.view = moved(reader.text, reader.view, action);
      reader.match = undefined;
    } else await useExample(screen, { reader, paged }, event.key.text);
  }
}

interface Reading {
  reader: Reader;
  paged: PagedText;
}

async function useExample(screen: OpenScreen, { reader, paged }: Reading, key: string): Promise<void> {
  const act = key === '' ? undefined : paged.onExample?.[key];
  const example = exampleAt(reader.text, reader.view);
  if (act !== undefined && example !== undefined) reader.remark = await act(example, screen);
}

function textRows(screen: OpenScreen): number {
  return Math.max(1, screen.rows - FRAME_ROWS);
}

async function draw(context: CommandContext, screen: OpenScreen, { reader, paged }: Reading): Promise<void> {
  const { text, view, remark } = reader;
  const theme = await context.theme();
  const shown = text.lines.slice(view.top, view.top + view.height).map((line) => marked(line, view.query));
  const example = paged.onExample === undefined ? undefined : exampleAt(text, view);
  if (example !== undefined) {
    const row = exampleRow(text, view, example);
    shown[row] = `${theme.green(theme.unicode ? '▶' : '>')}${(shown[row] ?? '').slice(1)}`;
  }
  const blank = Array.from({ length: Math.max(0, view.height - shown.length) }, () => '');
  const edge = theme.symbols.ellipsis;
  const place = cut(placeText(reader, theme.symbols.separator), screen.columns - 1, edge);
  const last = cut(remark ?? paged.keys, screen.columns - 1, edge);
  screen.draw([...shown, ...blank, theme.dim(place), remark === undefined ? theme.dim(last) : last]);
}

/** `2/5 The request · 40%` */
function placeText({ text, view }: Reader, separator: string): string {
  const section = sectionAt(text, view);
  const percent = `${percentSeen(text, view)}%`;
  return section === undefined
    ? percent
    : `${section.number}/${section.total} ${section.title} ${separator} ${percent}`;
}

/** Asks in the last line what to look for, and goes to the first place. Escape leaves it as it was. */
async function search(context: CommandContext, screen: OpenScreen, { reader, paged }: Reading): Promise<void> {
  let typed = '';
  for (;;) {
    reader.remark = `/${typed}_`;
    if (!screen.hasNext()) await draw(context, screen, { reader, paged });
    const event = await screen.next();
    if (event.type === 'resize') continue;
    const { name, text, ctrl, meta } = event.key;
    reader.remark = undefined;
    if (name === 'escape') return;
    if (name === 'return' || name === 'enter') break;
    if (name === 'backspace') {
      if (typed === '') return;
      typed = [...typed].slice(0, -1).join('');
    } else if (!ctrl && !meta && /^[^\p{Cc}]+$/u.test(text)) typed += text;
  }
  reader.view = { ...reader.view, query: typed.toLowerCase() };
  reader.match = undefined;
  if (typed !== '') goToMatch(context, reader, 'firstMatch');
}

function goToMatch({ say }: CommandContext, reader: Reader, which: 'firstMatch' | 'nextMatch' | 'previousMatch'): void {
  const { text, view } = reader;
  if (view.query === '') return;
  const here = reader.match ?? view.top;
  const isNew = which === 'firstMatch' || reader.match === undefined;
  const step = which === 'previousMatch' ? -1 : 1;
  const line = find(text, view.query, { line: isNew ? here : here + step, step });
  reader.match = line;
  if (line === undefined) reader.remark = say('notFound', { text: view.query });
  else reader.view = { ...showing(text, view, line), example: undefined };
}

type Action = Move | 'leave' | 'search' | 'nextMatch' | 'previousMatch' | 'example';

const KEYS: Readonly<Record<string, Action>> = {
  q: 'leave',
  escape: 'leave',
  b: 'backward',
  pageup: 'backward',
  up: 'up',
  k: 'up',
  down: 'down',
  j: 'down',
  left: 'previousSection',
  right: 'nextSection',
  home: 'start',
  g: 'start',
  end: 'end',
  tab: 'example',
  n: 'nextMatch',
};

/** What a key means; going on from the last page leaves. */
function actionOf({ name = '', ctrl, shift, text }: Pressed, atEnd: boolean): Action | undefined {
  if (ctrl) return name === 'd' ? 'leave' : undefined;
  if (text === '/') return 'search';
  if (text === 'N' || text === 'G') return text === 'N' ? 'previousMatch' : 'end';
  if (['space', 'return', 'enter', 'pagedown'].includes(name)) return atEnd ? 'leave' : 'onward';
  return shift || !Object.hasOwn(KEYS, name) ? undefined : KEYS[name];
}
