import { isAtRest, outcomeWithin } from '../checks/http/request.ts';
import type { RunningServer } from '../model/context.ts';
import type { WorkContents } from '../model/files.ts';
import type { Outcome, RunningProgram } from '../model/run.ts';

/** How long a server may take to listen, in milliseconds. */
const LISTEN_MILLISECONDS = 5_000;
/** How long a program that answers nobody may take to be gone, in milliseconds. */
const ENDING_MILLISECONDS = 500;
/** How old a server that was started ahead may be when its check begins, in milliseconds: what it does with time has hardly begun. */
const FRESH_MILLISECONDS = 1_000;
/** Of several servers in one program, the one on this port is asked. */
const USUAL_PORT = '3000';

/** A program that was told to go, and its work folder. */
export interface LaunchedServer {
  program: RunningProgram;
  work: string;
}

interface Options {
  /** Tells a program to go, with these contents in its work folder. */
  launch: (contents: WorkContents | undefined) => Promise<LaunchedServer>;
  /** The certificate that each must show. */
  ca: string | undefined;
  /** A server and the next one may run side by side: they share nothing. */
  startsAhead: boolean;
  /** Sees how each server ended that was up until it was no longer needed. */
  count: (outcome: Outcome) => void;
}

interface Serving {
  contents: WorkContents | undefined;
  launched: Promise<LaunchedServer>;
  running: Promise<RunningServer>;
  program?: RunningProgram;
}

/** The servers of one submission, one after the other: each for all checks in a row that find the same files. */
export class Servers {
  readonly #options: Options;
  #plan: readonly (WorkContents | undefined)[] = [];
  #current: Serving | undefined;
  #ahead: { serving: Serving; since: number } | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  readonly #ending: Promise<unknown>[] = [];

  constructor(options: Options) {
    this.#options = options;
  }

  /** Starts one with the submission's files alone, before a check asks for it. */
  begin(): void {
    this.#current = this.#start(undefined);
  }

  /** @param plan what the servers of this check and of those after it find in the work folder besides the submission's files */
  expect(plan: readonly (WorkContents | undefined)[]): void {
    this.#plan = plan;
  }

  /** What the server that was asked for last has printed. */
  output(): { stdout: string; stderr: string } | undefined {
    return this.#current?.program?.output();
  }

  /** The server with these contents, started if it is not up. The next one of the plan is started then. */
  get(contents: WorkContents | undefined): Promise<RunningServer> {
    const server = this.#turn.then(() => this.#get(contents));
    this.#turn = server.then(
      // The request that it was asked for goes out first.
      () => void setImmediate(() => this.#startAhead()),
      () => undefined,
    );
    return server;
  }

  /** Ends what is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#ahead) this.#giveUp(this.#ahead.serving);
    const outcome = await this.#current?.program?.stop().catch(() => undefined);
    if (outcome) this.#options.count(outcome);
    await Promise.all(this.#ending);
  }

  async #get(contents: WorkContents | undefined): Promise<RunningServer> {
    const current = this.#current;
    const server = await current?.running;
    if (server && current?.contents === contents && (await isAsItWas(server))) return server;
    const ahead = await this.#takeAhead(contents);
    if (server?.up && current?.contents !== contents) {
      const stopped = server.program.stop().then(this.#options.count);
      if (ahead === undefined) await stopped;
      else this.#ending.push(stopped);
    }
    this.#current = ahead ?? this.#start(contents);
    return this.#current.running;
  }

  #start(contents: WorkContents | undefined): Serving {
    const launched = this.#options.launch(contents);
    const running = launched.then((server) => {
      serving.program = server.program;
      return untilUp(server, this.#options.ca);
    });
    running.catch(() => undefined);
    const serving: Serving = { contents, launched, running };
    return serving;
  }

  #startAhead(): void {
    if (!this.#options.startsAhead || this.#isClosed || this.#ahead !== undefined) return;
    const current = this.#current?.contents;
    const next = this.#plan.findIndex((contents) => contents !== current);
    if (next === -1) return;
    this.#ahead = { serving: this.#start(this.#plan[next]), since: performance.now() };
  }

  /** The one that was started ahead, if these are its contents and it is as good as a new one. */
  async #takeAhead(contents: WorkContents | undefined): Promise<Serving | undefined> {
    const ahead = this.#ahead;
    if (ahead === undefined) return undefined;
    this.#ahead = undefined;
    const { serving, since } = ahead;
    const isFresh = performance.now() - since < FRESH_MILLISECONDS;
    if (serving.contents === contents && isFresh && (await isAsItWas(await serving.running))) return serving;
    this.#giveUp(serving);
    return undefined;
  }

  #giveUp({ launched }: Serving): void {
    this.#ending.push(launched.then(({ program }) => program.stop()).catch(() => undefined));
  }
}

/** Waits until a server listens, or has not done so in time. */
async function untilUp({ program, work }: LaunchedServer, ca: string | undefined): Promise<RunningServer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve(program.stop()), LISTEN_MILLISECONDS);
  });
  const first = await Promise.race([program.listening, late]);
  clearTimeout(timer);
  if (!('port' in first)) return { up: false, outcome: await program.outcome };
  const gone = await goneAtOnce(first.port, program);
  if (gone) return { up: false, outcome: gone };
  const { port, requested } = program.listeners().find((one) => one.requested === USUAL_PORT) ?? first;
  return { up: true, port, requested, program, work, ...(ca !== undefined && { ca }) };
}

/** The outcome of a program that went down in the turn of its event loop in which it began to listen. */
async function goneAtOnce(port: number, program: RunningProgram): Promise<Outcome | undefined> {
  if (await isAtRest({ port, program })) return undefined;
  return outcomeWithin(program, ENDING_MILLISECONDS);
}

/** Whether one that was up still is; one that never was stays so. */
async function isAsItWas(server: RunningServer): Promise<boolean> {
  if (!server.up) return true;
  const turn = new Promise<true>((resolve) => setImmediate(() => resolve(true)));
  return Promise.race([server.program.outcome.then(() => false), turn]);
}
