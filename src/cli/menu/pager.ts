import { cut } from '../../ui/layout.ts';
import type { LaidOut } from '../../ui/markdown.ts';
import {
  exampleAt,
  exampleRow,
  find,
  isAtEnd,
  keptPlace,
  linkAt,
  type Move,
  marked,
  moved,
  nextStop,
  percentSeen,
  sectionAt,
  sectionView,
  showing,
  type View,
  withLink,
} from '../../ui/reader.ts';
import type { CommandContext } from '../context.ts';
import type { Pressed } from '../keyboard.ts';
import { type OpenScreen, openScreen } from './screen.ts';

/** What it returns is a passing remark. */
export type ExampleKeys = Readonly<
  Record<string, (example: number, screen: OpenScreen) => Promise<string | undefined>>
>;

/** What one can do with a link that is chosen. */
export interface LinkKeys {
  /** The keys while it is. */
  tell(href: string): string;
  /** Goes where it leads until the learner comes back; what it returns is a passing remark. */
  follow(href: string, here: { screen: OpenScreen; paged: PagedText }): Promise<string | undefined>;
}

export interface PagedText {
  /** The text for the terminal's size; asked for again when that changes. */
  render(): Promise<LaidOut>;
  /** What stands in the last line: how one goes on. */
  keys: string;
  /** What one can do with a runnable example, by key; where there is none, the key does nothing. */
  onExample?: ExampleKeys;
  links?: LinkKeys;
  /** The section to begin with, by the name that links have for it; else the start. */
  section?: string | undefined;
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
  const reader = await begin(screen, paged);
  for (;;) {
    if (!screen.hasNext()) await draw(context, screen, { reader, paged });
    const event = await screen.next();
    if (event.type === 'resize') {
      await layOutAnew(screen, { reader, paged });
      continue;
    }
    reader.remark = undefined;
    const action = actionOf(event.key, reader);
    if (action === 'leave') return;
    if (action === undefined) await useExample(screen, { reader, paged }, event.key.text);
    else await act(action, { context, screen, reader, paged });
  }
}

interface Reading {
  reader: Reader;
  paged: PagedText;
}

async function act(
  action: Exclude<Action, 'leave'>,
  { context, screen, reader, paged }: Reading & { context: CommandContext; screen: OpenScreen },
): Promise<void> {
  switch (action) {
    case 'search':
      return search(context, screen, { reader, paged });
    case 'follow':
      return followLink(screen, { reader, paged });
    case 'nextMatch':
    case 'previousMatch':
      return goToMatch(context, reader, action);
    case 'nextStop':
    case 'previousStop':
      reader.view = nextStop(reader.text, reader.view, action === 'nextStop' ? 1 : -1);
      return;
    default:
      reader.view = moved(reader.text, reader.view, action);
      reader.match = undefined;
  }
}

async function begin(screen: OpenScreen, { render, section }: PagedText): Promise<Reader> {
  const text = await render();
  const start: View = { top: 0, height: textRows(screen), query: '', stop: undefined };
  const view = section === undefined ? undefined : sectionView(text, start, section);
  return { text, view: view ?? start, match: undefined, remark: undefined };
}

async function layOutAnew(screen: OpenScreen, { reader, paged }: Reading): Promise<void> {
  const text = await paged.render();
  reader.view = keptPlace(reader.text, text, { ...reader.view, height: textRows(screen) });
  reader.text = text;
}

async function followLink(screen: OpenScreen, { reader, paged }: Reading): Promise<void> {
  const link = linkAt(reader.text, reader.view);
  if (link !== undefined) reader.remark = await paged.links?.follow(link.href, { screen, paged });
  // The terminal may have another size by now.
  await layOutAnew(screen, { reader, paged });
}

function isEnter({ name }: Pressed): boolean {
  return name === 'return' || name === 'enter';
}

async function useExample(screen: OpenScreen, { reader, paged }: Reading, key: string): Promise<void> {
  const act = key === '' ? undefined : paged.onExample?.[key];
  const example = exampleAt(reader.text, reader.view);
  if (act === undefined || example === undefined) return;
  reader.remark = await act(example, screen);
  await layOutAnew(screen, { reader, paged });
}

function textRows(screen: OpenScreen): number {
  return Math.max(1, screen.rows - FRAME_ROWS);
}

async function draw(context: CommandContext, screen: OpenScreen, { reader, paged }: Reading): Promise<void> {
  const { text, view, remark } = reader;
  const theme = await context.theme();
  const link = paged.links && linkAt(text, view);
  const shown = text.lines.slice(view.top, view.top + view.height).map((line, row) => {
    const found = marked(line, view.query);
    return link === undefined || found !== line ? found : withLink(line, link, view.top + row);
  });
  const example = paged.onExample === undefined ? undefined : exampleAt(text, view);
  if (example !== undefined) {
    const row = exampleRow(text, view, example);
    shown[row] = `${theme.green(theme.unicode ? '▶' : '>')}${(shown[row] ?? '').slice(1)}`;
  }
  const blank = Array.from({ length: Math.max(0, view.height - shown.length) }, () => '');
  const edge = theme.symbols.ellipsis;
  const place = cut(placeText(reader, theme.symbols.separator), screen.columns - 1, edge);
  const keys = link === undefined || paged.links === undefined ? paged.keys : paged.links.tell(link.href);
  const last = cut(remark ?? keys, screen.columns - 1, edge);
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
    if (isEnter(event.key)) break;
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
  else reader.view = { ...showing(text, view, line), stop: undefined };
}

type Action = Move | 'leave' | 'search' | 'follow' | 'nextMatch' | 'previousMatch' | 'nextStop' | 'previousStop';

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
  n: 'nextMatch',
};

/** What a key means; going on from the last page leaves. */
function actionOf(key: Pressed, { text, view }: Reader): Action | undefined {
  const { name = '', ctrl, shift } = key;
  if (ctrl) return name === 'd' ? 'leave' : undefined;
  if (key.text === '/') return 'search';
  if (key.text === 'N' || key.text === 'G') return key.text === 'N' ? 'previousMatch' : 'end';
  if (name === 'tab') return shift ? 'previousStop' : 'nextStop';
  if (isEnter(key) && linkAt(text, view) !== undefined) return 'follow';
  if (['space', 'return', 'enter', 'pagedown'].includes(name)) return isAtEnd(text, view) ? 'leave' : 'onward';
  return shift || !Object.hasOwn(KEYS, name) ? undefined : KEYS[name];
}
