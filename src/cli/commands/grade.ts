import { existsSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gradeFolder } from '../../engine/folder.ts';
import { describeError, EXIT, type ExitCode, TutorError } from '../../model/error.ts';
import type { Isolation } from '../../model/verdict.ts';
import { countEvent, emptyTally, type Reporter, type Tally } from '../../report/reporter.ts';
import { progressBar } from '../../ui/bar.ts';
import type { Command, CommandContext, Options } from '../context.ts';
import { chooseDatabase } from '../database.ts';
import { chooseIsolation, requestedIsolation } from '../isolation.ts';
import { needPackages } from '../needed-packages.ts';

/** `grade <folder>`: every submission in it, or with `--exercise` the one that it is. */
export const run: Command = async (context) => {
  const { options, io, signal } = context;
  const folder = path.resolve(io.cwd, context.arguments[0] ?? '');
  const [course, isolation, database] = await Promise.all([
    context.course(),
    chooseIsolation(context),
    chooseDatabase(context),
  ]);
  tellFallback(context, isolation);
  const { exercise, seed, jobs } = options;
  const all = course.index.exercises.map(({ id }) => id);
  const ids = exercise === undefined ? all.filter((id) => existsSync(path.join(folder, id))) : [exercise];
  await needPackages(context, course, ids);
  const request = {
    ...{ course, folder, isolation, database, signal, language: context.language },
    ...(exercise !== undefined && { exercise }),
    ...(seed !== undefined && { seed }),
    ...(jobs !== undefined && { jobs }),
  };
  const { reporter, finish } = await makeReporter(context, folder);
  const write = await opener(context);
  const theme = await context.theme();
  let tally = emptyTally();
  let done = 0;
  for await (const event of gradeFolder(request)) {
    tally = countEvent(tally, event);
    await write(reporter.event(event));
    if (event.event.type !== 'result') done += 1;
    io.remark(`${progressBar(done, ids.length, { theme })} ${event.exercise}`);
  }
  io.remark('');
  if (signal.aborted) return EXIT.tutorFailed;
  await write(reporter.end());
  await finish();
  return exitCode(tally, context);
};

/** Who grades others is told when the machine does not let the tutor isolate them better, and what to do about it. */
function tellFallback(context: CommandContext, { layer, reason }: Isolation): void {
  if (layer === 'none' || reason === undefined || requestedIsolation(context) !== 'auto') return;
  context.io.tell(context.say('isolationFallback', { layer, reason }));
}

interface ChosenReporter {
  reporter: Reporter;
  /** What is to be done when the report is whole. */
  finish(): Promise<void>;
}

async function makeReporter(context: CommandContext, folder: string): Promise<ChosenReporter> {
  const { options, io, language, typed } = context;
  const nothing = async () => {};
  switch (reporterName(options)) {
    case 'json':
      return { reporter: (await import('../../report/json.ts')).jsonReporter(), finish: nothing };
    case 'junit':
      return { reporter: (await import('../../report/junit.ts')).junitReporter(), finish: nothing };
    case 'github': {
      const { githubReporter } = await import('../../report/github.ts');
      const reporter = githubReporter(path.relative(io.env.GITHUB_WORKSPACE ?? io.cwd, folder));
      const page = io.env.GITHUB_STEP_SUMMARY;
      return { reporter, finish: async () => (page ? appendFile(page, reporter.summary()) : undefined) };
    }
    case 'terminal': {
      const [{ terminalReporter }, { reportMessages }] = await Promise.all([
        import('../../report/folder.ts'),
        import('../../report/messages.ts'),
      ]);
      const links = options.output === undefined ? { folder } : {};
      const look = { theme: await context.theme(), say: reportMessages(language, typed), ...links };
      return { reporter: terminalReporter(look, path.relative(io.cwd, folder)), finish: nothing };
    }
  }
}

function reporterName({ reporter, json }: Options): NonNullable<Options['reporter']> {
  return reporter ?? (json ? 'json' : 'terminal');
}

/** Writes pieces of the report to stdout, or to `--output`. */
async function opener({ options, io }: CommandContext): Promise<(text: string) => Promise<void>> {
  if (options.output === undefined)
    return async (text) => (reporterName(options) === 'terminal' ? io.print(text) : io.report(text));
  const file = path.resolve(io.cwd, options.output);
  const attempt = async (work: Promise<void>) =>
    work.catch((error: unknown) => {
      throw new TutorError(`The report cannot be written to ${file}: ${describeError(error)}`, {
        next: 'Name a file that you may write with --output.',
        cause: error,
      });
    });
  await attempt(writeFile(file, ''));
  return (text) => attempt(appendFile(file, text));
}

function exitCode(tally: Tally, { options }: CommandContext): ExitCode {
  if (tally.broken > 0) return EXIT.tutorFailed;
  if (options.exitZero) return EXIT.passed;
  const failed = tally.failed > 0 || (options.strictSkips === true && tally.skippedChecks > 0);
  return failed ? EXIT.failed : EXIT.passed;
}
