import path from 'node:path';

/** A file that is to be opened, absolute, and a line of it from 1. */
export interface Place {
  file: string;
  line?: number;
}

/** How editors are told a line. */
type Style = 'goto' | 'colon' | 'plus' | 'line' | 'n';

interface Kind {
  names: readonly string[];
  /** Takes over the terminal until it is left. */
  terminal: boolean;
  /** None: it opens the file alone. */
  style?: Style;
}

/** From the editors' own documentation of their command lines. */
const KINDS: readonly Kind[] = [
  {
    names: ['code', 'code-insiders', 'codium', 'vscodium', 'cursor', 'windsurf', 'trae', 'positron'],
    terminal: false,
    style: 'goto',
  },
  {
    names: ['subl', 'sublime_text', 'zed', 'zeditor', 'zed-editor', 'pulsar', 'atom'],
    terminal: false,
    style: 'colon',
  },
  { names: ['gedit', 'gnome-text-editor', 'xed', 'pluma', 'gvim', 'mvim'], terminal: false, style: 'plus' },
  {
    names: ['kate', 'kwrite', 'mate', 'idea', 'webstorm', 'phpstorm', 'pycharm', 'fleet', 'mousepad', 'geany'],
    terminal: false,
    style: 'line',
  },
  { names: ['notepad++'], terminal: false, style: 'n' },
  { names: ['notepad', 'textedit', 'open', 'xdg-open', 'bbedit', 'leafpad', 'nova'], terminal: false },
  {
    names: ['vi', 'vim', 'nvim', 'nano', 'pico', 'emacs', 'emacsclient', 'micro', 'kak', 'joe', 'ne', 'mg'],
    terminal: true,
    style: 'plus',
  },
  { names: ['hx', 'helix'], terminal: true, style: 'colon' },
];

/** Commands that are looked for when nobody has named one, the likeliest first. */
export const LOOKED_FOR = ['code', 'cursor', 'codium', 'windsurf', 'zed', 'subl', 'nano', 'vim', 'vi'] as const;

/** `code` of `/usr/bin/code` and of `C:\…\bin\code.cmd`. */
export function editorName(command: string): string {
  return path.win32
    .basename(command)
    .toLowerCase()
    .replace(/\.(?:cmd|exe|bat|com|app|sh)$/, '');
}

/** Whether an editor takes over the terminal; one that nobody knows does, so that at least nothing is typed past it. */
export function takesTerminal(command: string): boolean {
  return kindOf(command)?.terminal ?? true;
}

/** What an editor is given to open a file, at its line where the editor can be told. */
export function placeArguments(command: string, { file, line }: Place): string[] {
  const style = kindOf(command)?.style;
  if (line === undefined || style === undefined) return [file];
  switch (style) {
    case 'goto':
      return ['--goto', `${file}:${line}`];
    case 'colon':
      return [`${file}:${line}`];
    case 'plus':
      return [`+${line}`, file];
    case 'line':
      return ['--line', String(line), file];
    case 'n':
      return [`-n${line}`, file];
  }
}

function kindOf(command: string): Kind | undefined {
  const name = editorName(command);
  return KINDS.find(({ names }) => names.includes(name));
}
