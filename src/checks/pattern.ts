import vm from 'node:vm';
import { TutorError } from '../model/error.ts';

const MILLISECONDS = 1_000;
/** A pattern without repetition and without a choice: there is nothing to go back to. A limit of time is a thread for each match. */
const STRAIGHT = /^[^*+?{|]*$/;

/**
 * Tests a course's regular expression against a learner's text, in `u` mode, ended after a second:
 * a pattern that backtracks for ever must not hang the grader.
 * @throws TutorError when time runs out: the course is at fault, not the learner
 */
export function matchesWithin(pattern: string, text: string): boolean {
  return firstMatch(pattern, text) !== undefined;
}

/** What the first group of a pattern catches, or the whole match where it has none; undefined when nothing matches. Limits and errors as above. */
export function firstMatch(pattern: string, text: string): string | undefined {
  try {
    return STRAIGHT.test(pattern) ? caught(new RegExp(pattern, 'u').exec(text)) : withinTime(pattern, text);
  } catch (error) {
    throw new TutorError(
      `The pattern /${pattern}/ of this check did not come to an end within ${MILLISECONDS / 1000} s.`,
      {
        exitCode: 3,
        next: 'Write it without nested repetition, in the exercise.yaml of this exercise.',
        cause: error,
      },
    );
  }
}

function caught(match: RegExpExecArray | null): string | undefined {
  return match === null ? undefined : String(match[1] ?? match[0]);
}

function withinTime(pattern: string, text: string): string | undefined {
  // A context of its own would cost more than most of the runs that are looked at.
  const [source, subject] = [pattern, text].map((each) => JSON.stringify(each));
  const code = `(() => { const m = new RegExp(${source}, "u").exec(${subject}); return m === null ? null : String(m[1] ?? m[0]); })()`;
  const first: unknown = vm.runInThisContext(code, { timeout: MILLISECONDS });
  return typeof first === 'string' ? first : undefined;
}
