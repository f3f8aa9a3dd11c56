import { catalogue } from '../model/text.ts';

/** What the reporters say, by key. */
export const reportMessages = catalogue({
  tally: '{passed} of {total} passed',
  seconds: '{seconds} s',
  expected: 'expected',
  contains: 'expected in it',
  lacks: 'must not be in it',
  matches: 'must match',
  got: 'got',
  nothing: '(nothing)',
  endsHere: '(nothing: it ends here)',
  shouldEnd: '(nothing: it should end here)',
  moreLines: '{mark} {count} more lines',
  cutValue: '(cut: {count} characters in all)',
  invisible: '{space} is a space, {tab} a tab',
  stdin: 'stdin',
  needsAbove: '(needs the one above)',
  needs: '(needs: {title})',
  absent: '(skipped: {message})',
  broken: 'This is our fault, not yours: {message}',
  brokenNext: 'Your work is unchanged. Please report it with the line at the end.',
  next: 'Next: {text}',
  again: 'Again: {command}',
  hint: 'hint: node-tutor hint',
  advice: 'Note: {text}',
  done: 'Passed: {earned} of {possible} points.',
  nextExercise: 'next: node-tutor start {exercise}',
  isolationNone: 'Note: it ran without isolation{reason}.',
  because: ' ({reason})',
  summary: '{submissions} graded: {passed} passed, {failed} failed, {broken} broken.',
});
export type SayReport = ReturnType<typeof reportMessages>;
