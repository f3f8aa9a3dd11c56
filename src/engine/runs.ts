import { randomUUID } from 'node:crypto';
import type { Enough, ProgramInput, RunningServer, RunOutcome, StepsOutcome } from '../model/context.ts';
import type { WorkContents } from '../model/files.ts';
import type { Printed } from '../model/job.ts';
import type { LaunchSpec, Outcome, PreparedRun, RunningProgram, Sandbox } from '../model/run.ts';
import { stepMark, type WireStep } from '../model/steps.ts';
import { type Certificate, certificateFiles } from './certificate.ts';
import { startsApart } from './launch-spec.ts';
import { type LaunchedServer, Servers } from './servers.ts';

/** How many runs are prepared beside the one that goes on: a start takes longer than most programs run. */
const AHEAD = 2;
/** How many characters of what was printed are told of each stream. */
const PRINTED = 65_536;

/** The runs of one submission: programs one after the other, each prepared while the one before it runs, or one server. */
export class Runs {
  /** The file that every run starts. */
  readonly entry: string;
  readonly #sandbox: Sandbox;
  readonly #spec: LaunchSpec;
  readonly #ports: readonly number[];
  readonly #env: Readonly<Record<string, string>>;
  readonly #certificate: Certificate | undefined;
  readonly #database: RunDatabase | undefined;
  readonly #ahead: Promise<PreparedRun>[] = [];
  readonly #servers: Servers;
  #expected: number;
  #printed: Printed = { stdout: '', stderr: '' };
  /** Processes that outlived their run, over all runs. */
  leftovers = 0;
  /** A program had done all that was asked of it, and stayed alive. */
  stayed = false;

  /** @param options.expected how many runs are likely to come, so that the last one prepares none in vain
   *  @param options.serves starts the server at once
   *  @param options.startsAhead whether a server may run beside the one of the check before it
   *  @param options.ports of the services, which every run may reach
   *  @param options.env variables that every run finds
   *  @param options.database made ready before each run
   *  @param options.certificate whose files every run finds, and which its server must show */
  constructor(options: {
    sandbox: Sandbox;
    spec: LaunchSpec;
    expected: number;
    serves: boolean;
    startsAhead: boolean;
    ports: readonly number[];
    env: Readonly<Record<string, string>>;
    certificate: Certificate | undefined;
    database: RunDatabase | undefined;
  }) {
    this.#sandbox = options.sandbox;
    this.#spec = options.spec;
    this.#ports = options.ports;
    this.#env = options.env;
    this.#certificate = options.certificate;
    this.#database = options.database;
    this.entry = options.spec.entry;
    this.#expected = options.expected;
    this.#servers = new Servers({
      launch: (contents) => this.#launchServer(contents),
      ca: options.certificate?.cert,
      startsAhead: options.startsAhead,
      count: (outcome) => void this.#count(outcome),
    });
    this.#prepareAhead(1);
    if (options.serves) this.#servers.begin();
  }

  /** Runs the entry to its end. */
  async program(input: ProgramInput, enough?: Enough): Promise<RunOutcome> {
    const { nodeArgs: _, ...go } = input;
    const prepared = await this.#take(input);
    await this.#database?.reset();
    const running = prepared.go({ ...go, ...this.#common(go) });
    this.#prepareAhead(AHEAD);
    if (enough) await endWhenEnough(running, enough);
    const outcome = this.#count(await running.outcome);
    this.stayed ||= enough !== undefined && outcome.ended === 'left';
    this.#keep(outcome.stdout.text, outcome);
    return { ...outcome, work: prepared.work };
  }

  /** Goes through steps with the submission's modules; ends the program when they are done. */
  async steps(input: ProgramInput, steps: readonly WireStep[]): Promise<StepsOutcome> {
    const prepared = await this.#take(input);
    await this.#database?.reset();
    const token = randomUUID();
    const running = prepared.go({
      ...input,
      ...this.#common(input),
      module: { token, steps },
    });
    this.#prepareAhead(AHEAD);
    const outcome = this.#count(await running.outcome);
    const answers: unknown[] = steps.map(() => undefined);
    for (const report of outcome.reports) {
      if (report.type === 'step' && report.token === token) answers[report.index] ??= report.answer;
    }
    const prints = outcome.stdout.text.split(stepMark(token));
    const stdout = { ...outcome.stdout, text: prints.join('') };
    this.#keep(stdout.text, outcome);
    return { ...outcome, stdout, work: prepared.work, answers, prints };
  }

  /**
   * What is printed from now on belongs to another check.
   * @param plan what its server, and those of the checks after it, find in the work folder besides the submission's files
   */
  beginCheck(plan: readonly (WorkContents | undefined)[]): void {
    this.#servers.expect(plan);
    this.#printed = { stdout: '', stderr: '' };
  }

  /** What the runs of this check have printed, a server since its start; of much only the end. */
  printed(): Printed {
    const { stdout, stderr } = this.#servers.output() ?? this.#printed;
    return { stdout: stdout.slice(-PRINTED), stderr: stderr.slice(-PRINTED) };
  }

  /** The server with these contents, started if it is not up. */
  server(contents?: WorkContents): Promise<RunningServer> {
    return this.#servers.get(contents);
  }

  /** Ends what is left. */
  async close(): Promise<void> {
    this.#expected = 0;
    const discard = (ahead: Promise<PreparedRun>) =>
      ahead.then(
        (prepared) => prepared.discard(),
        () => undefined,
      );
    await Promise.all(this.#ahead.splice(0).map(discard));
    await this.#servers.close();
  }

  async #launchServer(contents: WorkContents | undefined): Promise<LaunchedServer> {
    const input = { args: [], env: {}, ...(contents && { contents }) };
    const prepared = await this.#take(input);
    await this.#database?.reset();
    const program = prepared.go({ ...input, ...this.#common(input) });
    this.#prepareAhead(1);
    return { program, work: prepared.work };
  }

  /** What every run is given. */
  #common({ env, contents }: { env: Readonly<Record<string, string>>; contents?: WorkContents | undefined }) {
    const own = this.#certificate && certificateFiles(this.#certificate);
    const all =
      own === undefined
        ? contents
        : { ...contents, folders: contents?.folders ?? [], files: { ...own.files, ...contents?.files } };
    return {
      env: { ...this.#env, ...env },
      ports: this.#database ? [...this.#ports, this.#database.port()] : this.#ports,
      ...(this.#database && { databasePort: this.#database.port() }),
      ...(all && { contents: all }),
    };
  }

  /** A run that waits already; one that starts apart is started now. */
  #take(input: ProgramInput): Promise<PreparedRun> {
    const { mayBeWarm, ...spec } = this.#spec;
    const loadsAhead = mayBeWarm === true && this.#sandbox.loadsAhead;
    if (startsApart(input, loadsAhead)) {
      return this.#sandbox.prepare({ ...spec, nodeArgs: [...spec.nodeArgs, ...(input.nodeArgs ?? [])] });
    }
    const warmIn = input.contents?.cwd;
    if (loadsAhead && warmIn !== undefined) return this.#sandbox.prepare({ ...this.#spec, warmIn });
    return this.#ahead.shift() ?? this.#sandbox.prepare(this.#spec);
  }

  #prepareAhead(count: number): void {
    while (this.#ahead.length < count && this.#expected > 0) {
      this.#expected -= 1;
      const prepared = this.#sandbox.prepare(this.#spec);
      prepared.catch(() => undefined);
      this.#ahead.push(prepared);
    }
  }

  #keep(stdout: string, { stderr }: Outcome): void {
    this.#printed = { stdout: this.#printed.stdout + stdout, stderr: this.#printed.stderr + stderr.text };
  }

  #count(outcome: Outcome): Outcome {
    this.leftovers += outcome.leftovers;
    return outcome;
  }
}

/** The database of a session as its runs see it. */
export interface RunDatabase {
  /** It changes when the server had to be started anew. */
  port(): number;
  /** Empties it and puts the seed in. */
  reset(): Promise<void>;
}

/** How long what is enough must stay so, and how often it is looked at, in milliseconds. */
const SETTLED_MILLISECONDS = 400;
const LOOK_MILLISECONDS = 100;

/** Ends a program that stays alive once it has done all that is asked of it. */
async function endWhenEnough(running: RunningProgram, enough: Enough): Promise<void> {
  let isOver = false;
  const over = running.outcome.then(() => {
    isOver = true;
  });
  let since: number | undefined;
  while (!isOver) {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      over,
      new Promise((resolve) => {
        timer = setTimeout(resolve, LOOK_MILLISECONDS);
      }),
    ]);
    clearTimeout(timer);
    if (isOver) return;
    const now = performance.now();
    since = (await enough(running.output())) ? (since ?? now) : undefined;
    if (since !== undefined && now - since >= SETTLED_MILLISECONDS) await running.stop();
  }
}
