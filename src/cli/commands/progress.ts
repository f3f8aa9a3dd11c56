import { EXIT, TutorError } from '../../model/error.ts';
import { emptyProgress } from '../../progress/format.ts';
import type { Command } from '../context.ts';
import { progressOf } from '../progress.ts';
import { makeStanding, standingText } from '../standing.ts';
import { workspaceOf } from '../workspace.ts';

/** `progress`: what is done, by track, and what comes next; `export`, `import` and `recheck` of it. */
export const run: Command = async (context) => {
  const { say } = context;
  const [what] = context.arguments;
  switch (what) {
    case undefined:
      return show(context);
    case 'export':
    case 'import': {
      const { exportProgress, importProgress } = await import('../progress-transfer.ts');
      return what === 'export' ? exportProgress(context) : importProgress(context);
    }
    case 'recheck':
      return (await import('../progress-recheck.ts')).recheckPassed(context);
    default:
      throw new TutorError(say('progressWhat', { what }), { next: say('progressWhatNext') });
  }
};

const show: Command = async (context) => {
  const { io, options, language } = context;
  const course = await context.course();
  const workspace = workspaceOf(context, course);
  const progress =
    workspace === undefined ? emptyProgress(course.index.id) : await progressOf(context, workspace).read();
  const standing = makeStanding(course, progress, { language, now: new Date() });
  if (options.json) {
    const answer = { schemaVersion: 1, workspace: workspace?.folder ?? null, ...standing };
    io.print(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else {
    io.print(await standingText(context, standing));
    if (workspace === undefined) io.tell(context.say('progressNone'));
  }
  return EXIT.passed;
};
