/** What cmd.exe reads as more than a letter, within quotes too. */
const META = /([()\][%!^"`<>&|;, *?])/g;

/**
 * A batch file as cmd.exe has to be told it, because Node.js starts none by itself. Every letter that means something to
 * cmd.exe is escaped twice: once for it, once for the batch file's own `%*`.
 * @returns arguments to pass verbatim
 */
export function batchCommand(file: string, args: readonly string[]): { shell: string; args: string[] } {
  const line = [caret(file), ...args.map((arg) => caret(caret(quoted(arg))))].join(' ');
  return { shell: process.env.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`] };
}

/** As Microsoft's C runtime takes an argument apart: backslashes count only before a quote. */
function quoted(arg: string): string {
  return `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, '$1$1')}"`;
}

function caret(text: string): string {
  return text.replace(META, '^$1');
}
