import { statSync } from 'node:fs';
import path from 'node:path';

/**
 * The words of a command as people write it in `EDITOR`: `code --wait`, `"C:\Program Files\x\x.exe" -n`, and a path with
 * spaces although nobody quoted it.
 */
export function commandWords(command: string, platform: string = process.platform): string[] {
  const whole = command.trim();
  const parts = whole.split(' ');
  for (let count = parts.length; count > 1; count--) {
    const file = parts.slice(0, count).join(' ');
    if (path.isAbsolute(file) && isFile(file)) return [file, ...splitWords(parts.slice(count).join(' '), platform)];
  }
  return splitWords(whole, platform);
}

/** Words with white space between them; quotes keep one together, and so does a backslash where it is not a separator of paths. */
function splitWords(text: string, platform: string): string[] {
  const piece = platform === 'win32' ? /"([^"]*)"|'([^']*)'|([^\s"']+)/g : /"([^"]*)"|'([^']*)'|((?:\\.|[^\s"'\\])+)/g;
  const words: string[] = [];
  let end = -1;
  for (const match of text.matchAll(piece)) {
    const [all, double, single, bare = ''] = match;
    const word = double ?? single ?? (platform === 'win32' ? bare : bare.replace(/\\(.)/g, '$1'));
    if (match.index === end) words.push((words.pop() ?? '') + word);
    else words.push(word);
    end = match.index + all.length;
  }
  return words;
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
