import type { CheckContext } from '../../model/context.ts';
import { isInteractive } from '../../model/run.ts';
import { containsPiece, normalize, valueText } from '../match-text.ts';
import { type CheckSay, messages } from '../messages.ts';
import { type FailedProgram, PEAK_MEMORY, stays } from '../program.ts';
import { findArgvText } from './argv-text.ts';
import { printedOutside } from './early-read.ts';
import { exitCodeLost, exitTooEarly, stillAlive } from './ending-causes.ts';
import { isNodeReport, readPrintedError, wasThrown } from './error-output.ts';
import { type Found, found } from './found.ts';
import { findErrorCause } from './load-causes.ts';
import { memoryCause } from './memory-causes.ts';
import { findDriverCause } from './mongo/driver.ts';
import { noConnection, updatedAnyway } from './mongo/program.ts';
import { maxBuffer, processCause } from './process-causes.ts';
import { awaitMissing, unhandledRejection } from './promise-causes.ts';
import { replCause } from './repl-causes.ts';
import { cutCharacter } from './stream-causes.ts';
import { findTextCause } from './text-causes.ts';

/** The likeliest cause of a failed `program` check, or undefined when none is known by name. */
export async function findProgramCause(failed: FailedProgram, context: CheckContext): Promise<Found | undefined> {
  const say = messages(context.language);
  const { ended } = failed.outcome;
  if (failed.spec.peakMemory !== undefined && needsTooMuch(failed)) {
    const cause = await memoryCause(context, say);
    return cause ?? found('memory', say('cause.memory'), { next: say('cause.memory.peak.next') });
  }
  const ofDriver = await findDriverCause(failed, context, say);
  if (ofDriver !== undefined) return ofDriver;
  if (ended === 'time' && !stays(failed.outcome, context))
    return (await processCause(failed, context, say)) ?? stillAlive(failed, context, say);
  if (ended !== 'exit' && ended !== 'left' && ended !== 'time') {
    return found(ended, say(`cause.${ended}`), { next: say(`cause.${ended}.next`) });
  }
  const { nodeArgs = [] } = failed.input;
  if (isInteractive(nodeArgs)) return replCause(failed, say);
  return (
    (await maxBuffer(failed, context, say)) ??
    (await uncaughtError(failed, context, say)) ??
    (await updatedAnyway(failed, context, say)) ??
    wrongStream(failed, context, say) ??
    (await exitCodeLost(failed, context, say)) ??
    (await processCause(failed, context, say)) ??
    (await noConnection(failed, context, say)) ??
    (await findArgvText(failed, context, say)) ??
    (await awaitMissing(failed, context, say)) ??
    (await printedOutside(failed, context, say)) ??
    (await exitTooEarly(failed, context, say)) ??
    nothingPrinted(failed, say) ??
    (await cutCharacter(failed, context, say)) ??
    textCause(failed, say)
  );
}

/** Whether too much memory is all that is wrong, as far as is known: what takes too much often takes too long as well. */
function needsTooMuch({ outcome, differences }: FailedProgram): boolean {
  const isTooMuch = differences.some(({ what }) => what === PEAK_MEMORY);
  return outcome.ended === 'memory' || (isTooMuch && (differences.length === 1 || outcome.ended === 'time'));
}

async function uncaughtError(
  { outcome }: FailedProgram,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  if (outcome.exitCode === 0) return undefined;
  const stderr = outcome.stderr.text;
  const error = await readPrintedError(stderr, context.submission);
  const cause =
    error && wasThrown(error)
      ? await findErrorCause(error, { stderr, context, say })
      : await unhandledRejection(undefined, { stderr, context, say });
  if (cause?.cause.name === 'crashed' && !isNodeReport(stderr)) return undefined;
  return cause && { ...cause, isError: true };
}

function wrongStream(failed: FailedProgram, { render }: CheckContext, say: CheckSay): Found | undefined {
  const { spec, outcome, differences } = failed;
  if (differences.some(({ what }) => what === 'exit code')) return undefined;
  for (const [what, other] of [
    ['stdout', 'stderr'],
    ['stderr', 'stdout'],
  ] as const) {
    const wanted = spec[what];
    const template = wanted?.equals ?? wanted?.contains?.[0];
    if (template === undefined || normalize(outcome[what].text) !== '') continue;
    const expected = valueText(render(template));
    if (expected !== '' && containsPiece(normalize(outcome[other].text), expected)) {
      return found('wrong-stream', say(`cause.wrong-stream.${what}`), { next: say(`cause.wrong-stream.${what}.next`) });
    }
  }
  return undefined;
}

function nothingPrinted({ outcome, differences }: FailedProgram, say: CheckSay): Found | undefined {
  const wantsOutput = differences.some(({ what, relation }) => what === 'stdout' && relation !== 'lacks');
  if (!wantsOutput || outcome.stdout.text.trim() !== '' || outcome.stderr.text.trim() !== '') return undefined;
  return found('nothing-printed', say('cause.nothing-printed'), { next: say('cause.nothing-printed.next') });
}

function textCause({ differences }: FailedProgram, say: CheckSay): Found | undefined {
  const text = differences.find(({ what }) => what === 'stdout' || what === 'stderr');
  return text && findTextCause(text, say);
}
