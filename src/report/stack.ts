const ERROR_LINE = /^\s*(?:Uncaught )?[A-Z]\w*(?:Error|Exception)(?: \[\w+\])?(?::|$)/;
const FRAME = /^\s+at /;
const FOREIGN_FRAME = /node:|[/\\]node_modules[/\\]/;

/** Where a run's copy of the submission lies: it is gone by the time that one reads this. */
const WORK_FOLDER = /(?:file:\/\/)?[^\s()'"`]*[/\\]node-tutor-[^\s/\\]+[/\\]work[/\\]/g;

/** The part of an error output that tells something: from the error's own line on, with the learner's frames only, and paths as in the learner's folder. Other text stays. */
export function distill(text: string): string {
  const lines = text.replace(WORK_FOLDER, '').trimEnd().split('\n');
  const start = lines.findIndex((line) => ERROR_LINE.test(line));
  if (start === -1) return lines.join('\n');
  const told = lines.slice(start);
  const end = told.findIndex((line, index) => index > 0 && !FRAME.test(line) && FRAME.test(told[index - 1] ?? ''));
  return told
    .slice(0, end === -1 ? undefined : end)
    .filter((line) => !(FRAME.test(line) && FOREIGN_FRAME.test(line)))
    .filter((line) => line.trim() !== '' && !/^Node\.js v\d/.test(line))
    .join('\n');
}
