import type { Answer, StepRun } from '../../../model/steps.ts';
import { stepMark } from '../../../model/steps.ts';
import { makeBench } from './bench.ts';
import { encode } from './encode.ts';

/** An answer longer than this is not sent. */
const LONGEST_ANSWER = 200_000;

const { stringify } = JSON;

/** Where answers and marks go. */
interface Out {
  /** One line to the grader. */
  tell(line: string): void;
  /** To stdout, without waiting. */
  print(text: string): void;
}

/** Goes through the steps one after the other and tells what came of each. Keeps the process alive only for what it waits for. */
export async function runSteps({ token, steps }: StepRun, out: Out, work: string): Promise<void> {
  const perform = makeBench(work);
  for (const [index, step] of steps.entries()) {
    const answer = await perform(step).catch((error: unknown): Answer => ({ is: 'threw', value: encode(error) }));
    out.print(stepMark(token));
    out.tell(`{"type":"step","token":"${token}","index":${index},"answer":${answerText(answer)}}`);
  }
  out.tell(`{"type":"done","token":"${token}"}`);
}

/** An answer as JSON; its making may run the learner's code, where that has added a `toJSON`. */
function answerText(answer: Answer): string {
  try {
    const text = stringify(answer);
    if (text.length <= LONGEST_ANSWER) return text;
  } catch {}
  return '{"is":"value","value":{"t":"cut"}}';
}
