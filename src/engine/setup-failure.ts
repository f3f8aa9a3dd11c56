import type { Exercise } from '../model/course.ts';
import { EXIT, TutorError } from '../model/error.ts';
import type { Job } from '../model/job.ts';
import type { Failure } from '../model/verdict.ts';
import type { Entry } from './entry.ts';
import { messages } from './messages.ts';

/** Why a submission cannot be run at all, in the form of a failed check. */
export function entryFailure(entry: Exclude<Entry, { kind: 'found' }>, language: string): Failure {
  const say = messages(language);
  const tried = { kind: 'command', line: `node ${entry.kind === 'missing' ? entry.wanted : entry.file}` } as const;
  const base = { tried, differences: [], observed: [] };
  if (entry.kind === 'missing') {
    const { wanted, near = '' } = entry;
    const key = entry.near === undefined ? 'setup.missing' : 'setup.missing.near';
    const text = say(entry.near === undefined ? 'setup.missing.cause' : 'setup.missing.near', { wanted, near });
    return {
      ...base,
      summary: say('setup.missing'),
      cause: { name: 'no-entry', text },
      next: say(`${key}.next`, { wanted, near }),
    };
  }
  const { file, kind } = entry;
  return {
    ...base,
    summary: say(`setup.${kind}`),
    cause: {
      name: kind === 'typescript' ? 'unfit-submission' : `${kind}-entry`,
      text: say(`setup.${kind}.cause`, { file, version: process.version }),
    },
    next: say(`setup.${kind}.next`, { file }),
  };
}

/** A submission that the sandbox refuses to copy (a link out of it, too many files). */
function unfitFailure(error: TutorError, exercise: Exercise, language: string): Failure {
  const say = messages(language);
  return {
    summary: say('setup.unfit'),
    tried: { kind: 'command', line: `node ${exercise.entry[0] ?? 'index.js'}` },
    differences: [],
    observed: [],
    cause: { name: 'unfit-submission', text: error.message },
    next: error.next ?? say('setup.unfit.next'),
  };
}

/** A submission that cannot be run at all. */
export class SubmissionFault extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.summary);
    this.failure = failure;
  }
}

/** The failure that an error stands for when the submission is at fault; undefined when the tutor or its caller is. */
export function toFailure(error: unknown, { exercise, language }: Job): Failure | undefined {
  if (error instanceof SubmissionFault) return error.failure;
  const isUnfit = error instanceof TutorError && error.exitCode === EXIT.failed;
  return isUnfit ? unfitFailure(error, exercise, language) : undefined;
}
