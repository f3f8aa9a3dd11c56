import { showsLinks } from './link.ts';

/** What a terminal can show, as a command found it. */
export interface Terminal {
  /** 0 none, 1 sixteen colors, 2 256 colors, 3 true color. */
  colors: 0 | 1 | 2 | 3;
  /** False where only ASCII can be trusted to appear. */
  unicode: boolean;
  /** Columns to fill, at least 40. */
  columns: number;
  /** True where a text can be a link that one clicks. */
  links: boolean;
}

type Paint = (text: string) => string;

/** Colors and signs of everything that is printed. */
export interface Theme extends Terminal {
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  cyan: Paint;
  symbols: Symbols;
}

interface Symbols {
  passed: string;
  failed: string;
  skipped: string;
  broken: string;
  ellipsis: string;
  separator: string;
  full: string;
  empty: string;
  space: string;
  tab: string;
  newline: string;
}

const UNICODE_SYMBOLS: Symbols = {
  passed: '✓',
  failed: '✗',
  skipped: '·',
  broken: '!',
  ellipsis: '…',
  separator: '·',
  full: '█',
  empty: '░',
  space: '·',
  tab: '→',
  newline: '↵',
};

const ASCII_SYMBOLS: Symbols = {
  passed: '+',
  failed: 'x',
  skipped: '-',
  broken: '!',
  ellipsis: '...',
  separator: '-',
  full: '#',
  empty: '.',
  space: '_',
  tab: '<tab>',
  newline: '<newline>',
};

export interface TerminalSource {
  stream: { isTTY?: boolean; columns?: number };
  env: Readonly<Record<string, string | undefined>>;
  noColor: boolean;
  platform: string;
}

/** Finds out what a stream can show: `FORCE_COLOR` wins over `NO_COLOR`, both over what the terminal says of itself. */
export function describeTerminal(source: TerminalSource): Terminal {
  return {
    colors: colorLevel(source),
    unicode: showsUnicode(source),
    columns: source.stream.isTTY === true ? Math.min(100, Math.max(40, source.stream.columns || 80)) : 80,
    links: showsLinks(source),
  };
}

function colorLevel({ stream, env, noColor, platform }: TerminalSource): Terminal['colors'] {
  if (noColor) return 0;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) {
    if (forced === '0' || forced === 'false') return 0;
    return forced === '2' ? 2 : forced === '3' ? 3 : 1;
  }
  if (env.NO_COLOR || stream.isTTY !== true || env.TERM === 'dumb') return 0;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 3;
  return platform === 'win32' || /256/.test(env.TERM ?? '') ? 2 : 1;
}

function showsUnicode({ env, platform }: TerminalSource): boolean {
  if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
  if (platform !== 'win32') return true;
  return (
    env.WT_SESSION !== undefined ||
    env.TERM_PROGRAM === 'vscode' ||
    env.ConEmuTask !== undefined ||
    /^xterm/.test(env.TERM ?? '')
  );
}

/** The theme for a terminal; chalk is loaded only where there are colors. */
export async function createTheme(terminal: Terminal): Promise<Theme> {
  const symbols = terminal.unicode ? UNICODE_SYMBOLS : ASCII_SYMBOLS;
  if (terminal.colors === 0) {
    const same: Paint = (text) => text;
    return { ...terminal, symbols, bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
  }
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: terminal.colors });
  return {
    ...terminal,
    symbols,
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    red: (text) => chalk.red(text),
    green: (text) => chalk.green(text),
    yellow: (text) => chalk.yellow(text),
    cyan: (text) => chalk.cyan(text),
  };
}
