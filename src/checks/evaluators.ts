import type { CheckContext, PartOutcome, Ran } from '../model/context.ts';
import type { Part } from '../model/course.ts';

/**
 * Evaluates one part of a check. A further kind is a type in `model/course.ts`, a schema in `course/`, and a case here.
 * @param ran what the parts before it have run
 */
export async function evaluatePart(part: Part, context: CheckContext, ran?: Ran): Promise<PartOutcome> {
  switch (part.kind) {
    case 'program':
      return (await import('./program.ts')).evaluateProgram(part.spec, context);
    case 'module':
      return (await import('./module/evaluate.ts')).evaluateModule(part.spec, context);
    case 'html':
      return (await import('./html/evaluate.ts')).evaluateHtml(part.spec, context);
    case 'watch':
      return (await import('./npm/watch.ts')).evaluateWatch(part.spec, context);
    case 'npm':
      return (await import('./npm/evaluate.ts')).evaluateNpm(part.spec, context);
    case 'http':
      return (await import('./http/evaluate.ts')).evaluateHttp(part.spec, context);
    case 'nginx':
      return (await import('./nginx/evaluate.ts')).evaluateNginx(part.spec, context);
    case 'files':
      return (await import('./files/evaluate.ts')).evaluateFiles(part.spec, context, ran);
    case 'mongo':
      return (await import('./mongo/evaluate.ts')).evaluateMongo(part.spec, context, ran);
    case 'requests':
      return (await import('./requests/evaluate.ts')).evaluateRequests(part.spec, context, ran);
    case 'script':
      return (await import('./script/evaluate.ts')).evaluateScript(part.spec, context, ran);
  }
}
