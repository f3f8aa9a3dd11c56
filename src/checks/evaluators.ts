import type { CheckContext, PartOutcome } from '../model/context.ts';
import type { Part } from '../model/course.ts';
import { EXIT, TutorError } from '../model/error.ts';

/** Evaluates one part of a check. A further kind is a type in `model/course.ts`, a schema in `course/`, and a case here. */
export async function evaluatePart(part: Part, context: CheckContext): Promise<PartOutcome> {
  switch (part.kind) {
    case 'program':
      return (await import('./program.ts')).evaluateProgram(part.spec, context);
    case 'http':
      return (await import('./http.ts')).evaluateHttp(part.spec, context);
    case 'module':
    case 'files':
      throw new TutorError(`The check kind ${part.kind} is not built yet.`, { exitCode: EXIT.tutorFailed });
  }
}
