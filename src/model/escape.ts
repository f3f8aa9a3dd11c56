// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Untrusted text made safe for one line of a terminal: tabs and newlines become spaces, too. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\s+/g, ' '));
}

/** Untrusted text made safe for a terminal: control and bidirectional characters become visible escapes; tab and newline stay. */
export function visible(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    if (code === 0x0d) return '\\r';
    if (code === 0x1b) return '\\e';
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/**
 * Text in which GitHub Actions finds no workflow command, so that a program's output cannot make annotations, mask
 * lines or end groups. JSON keeps its meaning.
 */
export function withoutCommands(text: string): string {
  const isJson = /^\s*[{[]/.test(text);
  return replaceCommands(text, { colon: ': ', hashes: isJson ? '##\\u005b' : '# #[' });
}

/**
 * What GitHub Actions begins a workflow command at, written otherwise: the first `:` of a `::` behind blanks at the
 * start of a line, and `##[` anywhere.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function replaceCommands(text: string, { colon = ':', hashes }: { colon?: string; hashes: string }): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, (_, blanks) => blanks + colon).replaceAll('##[', hashes);
}
