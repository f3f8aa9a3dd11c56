import { pathToFileURL } from 'node:url';
import { visible } from '../model/escape.ts';

const END = '\u001b\\';

/**
 * A text as a link to a file (OSC 8), where the terminal shows links; the text alone elsewhere.
 * @param text plain or painted by a theme; nothing else in it may reach a terminal as it is
 * @param place absolute path, and a line from 1, which terminals of editors follow
 */
export function fileLink(text: string, { links }: { links: boolean }, place: { file: string; line?: number }): string {
  if (!links) return text;
  const { href } = pathToFileURL(place.file);
  return linkTo(place.line === undefined ? href : `${href}#${place.line}`, text);
}

/** A text as a link to a page of the web, where the terminal shows links; the text alone elsewhere, and for any other address. */
export function webLink(text: string, { links }: { links: boolean }, address: string): string {
  if (!links || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return text;
  return linkTo(new URL(address).href, text);
}

function linkTo(target: string, text: string): string {
  return `\u001b]8;;${visible(target)}${END}${text}\u001b]8;;${END}`;
}

/** What is looked at to know whether a stream shows links. */
interface LinkSource {
  stream: { isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
}

const PROGRAMS = new Set(['vscode', 'WezTerm', 'ghostty', 'Hyper', 'zed', 'Tabby', 'rio', 'WarpTerminal']);
const TERMS = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm)/;

/**
 * Whether a terminal shows OSC 8 links: those that are known to. Others mostly swallow them, but some print them, so a
 * terminal that is not known gets none. `FORCE_HYPERLINK` decides where it is set, as in other programs.
 */
export function showsLinks({ stream, env }: LinkSource): boolean {
  if (stream.isTTY !== true) return false;
  if (env.FORCE_HYPERLINK !== undefined) return env.FORCE_HYPERLINK !== '0' && env.FORCE_HYPERLINK !== '';
  if (env.CI || env.TERM === 'dumb') return false;
  const program = env.TERM_PROGRAM ?? '';
  const version = env.TERM_PROGRAM_VERSION ?? '';
  if (program === 'tmux') return isAtLeast(version, 3, 4);
  if (env.TMUX || env.STY) return false;
  if (program === 'iTerm.app') return isAtLeast(version, 3, 1);
  if (PROGRAMS.has(program) || TERMS.test(env.TERM ?? '') || env.WT_SESSION || env.KONSOLE_VERSION || env.DOMTERM) {
    return true;
  }
  return Number(env.VTE_VERSION ?? 0) > 5000;
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return first > major || (first === major && second >= minor);
}
