const ERROR_LINE = /^\s*(?:Uncaught )?\[?(?:[A-Z]\w*)?(?:Error|Exception|Rejection)(?: \[\w+\])?(?::|$)/;
const FRAME = /^\s+at /;
const FOREIGN_FRAME = /node:|[/\\]node_modules[/\\]/;

/** The part of an error output that tells something: from the error's own line on, with the learner's frames only. Other text stays. */
export function distill(text: string): string {
  const lines = text.trimEnd().split('\n');
  const start = lines.findIndex((line) => ERROR_LINE.test(line));
  if (start === -1) return lines.join('\n');
  const told = lines.slice(start);
  const end = told.findIndex((line, index) => index > 0 && !FRAME.test(line) && FRAME.test(told[index - 1] ?? ''));
  return told
    .slice(0, end === -1 ? undefined : end)
    .filter((line) => !(FRAME.test(line) && FOREIGN_FRAME.test(line)))
    .filter((line) => line.trim() !== '' && !/^Node\.js v\d/.test(line))
    .map((line) => (FRAME.test(line) ? line.replace(/ \{$/, '') : line))
    .join('\n');
}
