import path from 'node:path';
import { drawGivens } from '../course/givens.ts';
import { createRenderer } from '../course/templates.ts';
import type { OpenDatabase } from '../database/session.ts';
import type { CheckContext } from '../model/context.ts';
import type { Exercise } from '../model/course.ts';
import { EXIT, TutorError } from '../model/error.ts';
import type { WorkContents } from '../model/files.ts';
import type { Job, Printed } from '../model/job.ts';
import type { Sandbox } from '../model/run.ts';
import type { Failure } from '../model/verdict.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import { noWatchdog, openWatchdog } from '../sandbox/watchdog.ts';
import { findEntry } from './entry.ts';
import { type ExpectedRuns, expectedReferenceRuns, expectedRuns } from './expected-runs.ts';
import { DATABASE_VARIABLE, launchSpec } from './launch-spec.ts';
import { messages } from './messages.ts';
import { closesConnection } from './open-connection.ts';
import { changedFiles, type OwnFiles, ownFiles } from './own-files.ts';
import { tutorPaths } from './paths.ts';
import { type RunDatabase, Runs } from './runs.ts';
import type { Services } from './services.ts';
import type { Standing } from './standing.ts';
import { openCommands } from './tools/commands.ts';
import { npmScript, startTool } from './tools/run.ts';

/** All that is held while one submission is graded. */
export interface Session {
  /** Starts the first children, then makes ready what the checks need while those come up. */
  begin(): Promise<{ context: CheckContext } | { failure: Failure }>;
  /**
   * To be called before each check.
   * @param plan what its server, and those of the checks after it, find in the work folder besides the submission's files
   */
  beginCheck(plan: readonly (WorkContents | undefined)[]): void;
  /** What the submission's runs have printed since then, a server since its start. */
  printed(): Printed;
  /** Ends everything; tells what did not fail the submission, but is worth knowing. */
  close(): Promise<string[]>;
}

/** What every run of a session is given. */
type RunGivens = Pick<ConstructorParameters<typeof Runs>[0], 'env' | 'certificate' | 'database'>;

/** Where a session takes place. */
interface Surroundings {
  /** True in a worker that sits in a private network with its runs. */
  networkIsPrivate: boolean;
  /** Stays up for the next one. */
  standing?: Standing | undefined;
}

/** A session for a job; nothing is started before `begin`. */
export function openSession(job: Job, { networkIsPrivate, standing }: Surroundings): Session {
  const { exercise } = job;
  const options = {
    ...sandboxOptions(job),
    watchdog: endsWithWorker(job, networkIsPrivate) ? noWatchdog() : openWatchdog(),
  };
  const closing: (() => Promise<void>)[] = [];
  const runs: Runs[] = [];
  let judged: Runs | undefined;
  let own: OwnFiles | undefined;
  let services: Services | undefined;
  let closed: Promise<string[]> | undefined;

  /** Opens a folder of files and starts its first child. */
  async function start(folder: string, given: RunGivens, runsToCome: ExpectedRuns): Promise<Runs> {
    const entry = findEntry(exercise, { folder, own: own?.files ?? [] });
    if (entry.kind !== 'found') {
      const { entryFailure, SubmissionFault } = await import('./setup-failure.ts');
      throw new SubmissionFault(entryFailure(entry, job.language));
    }
    const sandbox = await openSandbox({
      ...options,
      submission: folder,
      networkIsPrivate,
      ...(own ? { fixed: own } : {}),
      stock: standing?.stock,
    });
    closing.push(() => sandbox.close());
    if (closed !== undefined) {
      await sandbox.close();
      throw new Error('The session was closed before it began.');
    }
    const started = new Runs({
      sandbox,
      spec: launchSpec(exercise, entry.file),
      ports: services?.ports ?? [],
      ...given,
      ...runsToCome,
    });
    runs.push(started);
    return started;
  }

  /** A sandbox for tools of the system, which its runs may read. */
  async function tools(read: readonly string[] = npmFolders()): Promise<Sandbox> {
    const sandbox = await openSandbox({
      ...options,
      submission: job.submission,
      networkIsPrivate,
      ...(own ? { fixed: own } : {}),
      read,
    });
    closing.push(() => sandbox.close());
    return sandbox;
  }

  /** Opens the exercise's database, where it has one. */
  async function openDatabase(): Promise<OpenDatabase | undefined> {
    const { database } = exercise;
    if (database === undefined) return undefined;
    if (standing !== undefined) return standing.openDatabase(job, database);
    const { openSessionDatabase } = await import('./database.ts');
    const opened = await openSessionDatabase(job, database);
    closing.push(() => opened.close());
    if (closed !== undefined) await opened.close();
    return opened;
  }

  /** Starts the exercise's services, where it has any. */
  async function openServices(): Promise<Services | undefined> {
    if (Object.keys(exercise.services).length === 0) return undefined;
    const { startServices } = await import('./services.ts');
    const started = await startServices(exercise.services);
    closing.push(() => started.close());
    if (closed !== undefined) await started.close();
    return started;
  }

  async function drawValues() {
    const drawn = await drawGivens(exercise.given, job.seed);
    const givens = services === undefined ? drawn : { ...drawn, services: services.values };
    return { drawn, givens, render: await createRenderer(givens) };
  }

  async function begin(): Promise<CheckContext> {
    own = ownFiles(exercise, job.course.folder);
    services = await openServices();
    const database = await openDatabase();
    const needsValues = Object.keys(exercise.run.env).length > 0 || database !== undefined;
    const early = needsValues ? await drawValues() : undefined;
    const given = {
      env: {
        ...(database && { [DATABASE_VARIABLE]: database.uri }),
        ...(early && renderEnvironment(exercise, early.render)),
      },
      database: database && early && runDatabase(database, { exercise, render: early.render }),
      certificate: exercise.run.certificate ? await (await import('./certificate.ts')).makeCertificate() : undefined,
    };
    const learner = await start(job.submission, given, expectedRuns(exercise));
    judged = learner;
    const compared = expectedReferenceRuns(exercise);
    const reference = compared && start(path.join(exerciseFolder(job), 'solution'), given, compared);
    reference?.catch(() => undefined);
    // A child boots while the values are drawn, where it does not need them.
    const { drawn, givens, render } = early ?? (await drawValues());
    services?.renderWith(render);
    const originOf = (file: string) => (own?.files.includes(file) ? own.folder : job.submission);
    const commands = openCommands({
      sandbox: (folders) => tools([...npmFolders(), ...folders]),
      database,
      reset: () => given.database?.reset(),
      limits: exercise.run.limits,
    });
    return {
      exercise,
      language: job.language,
      submission: job.submission,
      entry: learner.entry,
      render,
      renderWith: (values) => createRenderer({ ...givens, ...values }),
      ...(database && { database }),
      run: (input, enough) => {
        commands.forget();
        return learner.program(input, enough);
      },
      runSteps: (input, steps) => learner.steps(input, steps),
      runSolution: async (input) => {
        if (reference === undefined) throw noReference(job);
        return (await reference).program(input);
      },
      startTool: async (input) => startTool(await tools(), input, exercise.run.limits),
      nginx: async (input) => {
        const { startNginx } = await import('./nginx/start.ts');
        return startNginx(input, { server: () => learner.server(), tools, originOf, limits: exercise.run.limits });
      },
      runTools: (input) => commands.run(input),
      server: (contents) => learner.server(contents),
      services: () => services?.records() ?? [],
      runScript: async (script) => {
        const { runScript } = await import('./script.ts');
        const onOpen = (sandbox: Sandbox) => void closing.push(() => sandbox.close());
        return runScript(script, { job, givens: drawn, options: { ...options, networkIsPrivate }, onOpen });
      },
      originOf,
    };
  }

  async function end(): Promise<string[]> {
    await Promise.all(runs.map((run) => run.close()));
    await Promise.all(closing.map((close) => close()));
    const leftovers = runs.reduce((sum, run) => sum + run.leftovers, 0);
    return advice(job, { own, leftovers, stayed: runs.some((run) => run.stayed) });
  }

  return {
    begin: async () => {
      try {
        return { context: await begin() };
      } catch (error) {
        const { toFailure } = await import('./setup-failure.ts');
        const failure = toFailure(error, job);
        if (failure === undefined) throw error;
        return { failure };
      }
    },
    beginCheck: (plan) => {
      services?.reset();
      judged?.beginCheck(plan);
    },
    printed: () => judged?.printed() ?? { stdout: '', stderr: '' },
    close: () => {
      closed ??= end();
      return closed;
    },
  };
}

/** A database that every run finds with the exercise's seed in it. */
function runDatabase(
  opened: OpenDatabase,
  { exercise, render }: { exercise: Exercise; render: CheckContext['render'] },
): RunDatabase {
  const seed = Object.entries(exercise.database?.seed ?? {});
  return {
    port: () => opened.port,
    reset: () => opened.reset(Object.fromEntries(seed.map(([name, template]) => [name, render(template)]))),
  };
}

function npmFolders(): string[] {
  const npm = npmScript();
  return npm === undefined ? [] : [path.dirname(path.dirname(npm))];
}

/** The variables that every run of an exercise finds. */
export function renderEnvironment({ run }: Exercise, render: CheckContext['render']): Record<string, string> {
  return Object.fromEntries(Object.entries(run.env).map(([name, value]) => [name, String(render(value))]));
}

function exerciseFolder({ course, exercise }: Job): string {
  return path.join(course.folder, 'exercises', exercise.id);
}

/** Where a job's runs find their packages, and what they may not see. */
export function sandboxOptions({
  exercise,
  isolation,
  course,
}: Pick<Job, 'exercise' | 'isolation'> & { course: { folder: string } }) {
  const { dist, root } = tutorPaths();
  return {
    packages: exercise.packages,
    isolation,
    distFolder: dist,
    packagesFrom: root,
    hide: [path.join(course.folder, 'exercises'), path.join(root, 'exercises'), path.join(dist, 'course')],
  };
}

/** Strict runs lie in a file system in memory that is their worker's alone, and die with it. */
function endsWithWorker({ isolation }: Job, networkIsPrivate: boolean): boolean {
  return isolation.strict === true && isolation.layer === 'bubblewrap' && networkIsPrivate;
}

function noReference({ exercise }: Job): TutorError {
  return new TutorError(`The exercise ${exercise.id} has no check that compares with its solution.`, {
    exitCode: EXIT.tutorFailed,
  });
}

async function advice(
  job: Job,
  { own, leftovers, stayed }: { own: OwnFiles | undefined; leftovers: number; stayed: boolean },
): Promise<string[]> {
  const say = messages(job.language);
  const lines: string[] = [];
  if (stayed && !(await closesConnection(job.submission))) lines.push(say('advice.connection'));
  if (leftovers > 0) lines.push(say('advice.leftovers', { count: leftovers }));
  if (own !== undefined) {
    const files = changedFiles(own, job.submission);
    if (files.length > 0) lines.push(say('advice.changed', { files: files.join(', ') }));
  }
  return lines;
}
