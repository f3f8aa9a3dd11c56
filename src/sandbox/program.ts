import fs from 'node:fs';
import type { Limits } from '../model/course.ts';
import { EXIT, TutorError } from '../model/error.ts';
import type { Ended, Go, Outcome, Report, RunningProgram } from '../model/run.ts';
import { capture } from './capture.ts';
import { readReports } from './channel.ts';
import { startClock } from './clock.ts';
import { watchDisk } from './disk.ts';
import { type Exit, endedByItself, unwrapExit } from './ending.ts';
import { countMembers, killMember } from './members.ts';
import { watchMemory } from './memory.ts';
import type { Child } from './spawn.ts';
import { endSurvivors, killGroup, type Tree } from './tree.ts';
import { ASK, type GoLine } from './wire.ts';

/** How long an output that something out of reach still holds open is waited for, in milliseconds. */
const CLOSE_LIMIT = 250;

/** How long a program may take to finish the turn of its event loop that it is in, in milliseconds. */
const TURN_LIMIT = 5_000;

/** How long a program that ran out of time may take to say what keeps it alive, in milliseconds. */
const ANSWER_LIMIT = 200;

/** Node.js reads the package.json beside the entry before any code runs; the learner's may not be JSON. */
const OWN_PACKAGE_FAULT = /(?:Invalid package config|Error parsing) \S*[/\\]work[/\\]\S*package\.json/;
/** How much is told of the reason why a child could not start. */
const MOST_TOLD_LINES = 6;
const LONGEST_TOLD_LINE = 300;

/** A blocked child, before it is told to go on. */
export interface Launched {
  /** Whether it came so far as to block; false when it ended before. */
  readonly ready: Promise<boolean>;
  /** Whether it still runs. */
  alive(): boolean;
  go(go: Go): RunningProgram;
  /** Ends it; resolves when it and all that it started are gone. */
  end(): Promise<void>;
}

interface Gone {
  exit: Exit;
  leftovers: number;
  milliseconds: number;
}

/** Follows a child from its start to its end. */
export function followChild(child: Child, tree: Tree, limits: Limits): Launched {
  const reports: Report[] = [];
  let ended: Ended | undefined;
  let alive = true;
  let isGoing = false;
  let stepsToken: string | undefined;
  const end = (why: Ended): void => {
    if (!alive) return;
    ended ??= why;
    killGroup(tree.pid);
  };
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', wake).on('close', wake);
  const stdout = capture(child.stdout, limits.output, () => end('output'));
  const stderr = capture(child.stderr, limits.output, () => end('output'));
  const memory = watchMemory(child.pid, limits, end);
  const disk = watchDisk(child.folder, limits, () => end('disk'));
  const inquiry = inquire(child, () => killGroup(tree.pid));
  const turns = awaitTurns(child);
  const clock = startClock(limits.time, {
    onTime() {
      if (!alive) return;
      // What writes without end takes too much of both; the disk says more.
      ended ??= disk.isBeyond() ? 'disk' : 'time';
      inquiry.begin();
    },
    onForgotten: () => end('left'),
  });
  let tellReady: (isReady: boolean) => void = () => {};
  const ready = new Promise<boolean>((resolve) => {
    tellReady = resolve;
  });
  const listening = new Promise<{ port: number; requested: string }>((resolve) => {
    readReports(child.channel, (report) => {
      if (report.type === 'settled') return turns.answered(report.serves);
      reports.push(report);
      if (report.type === 'ready') {
        clock.ready();
        tellReady(true);
      }
      if (report.type === 'done' && report.token === stepsToken) end('left');
      if (report.type === 'alive') inquiry.answered();
      if (report.type === 'listening') resolve({ port: report.port, requested: report.requested });
    });
  });
  const gone = new Promise<Gone>((resolve) => {
    child.process.once('exit', (code, signal) => {
      alive = false;
      tellReady(false);
      memory.stop();
      disk.stop();
      const milliseconds = clock.stop();
      inquiry.stop();
      turns.answered(false);
      const leftovers = endSurvivors(tree, { groupIsKilled: ended !== undefined });
      // A program may be done before the next look.
      if (isGoing && ended === undefined && disk.isBeyond()) ended = 'disk';
      whenClosed(child, () => resolve({ exit: { code, signal }, leftovers, milliseconds }));
    });
  });
  const finish = ({ exit, leftovers, milliseconds }: Gone): Outcome => {
    const isReady = reports.some((report) => report.type === 'ready');
    if (ended !== 'left' && !isReady && !OWN_PACKAGE_FAULT.test(stderr.text())) throw startFailure(stderr.text());
    const errors = stderr.finish();
    const { code, signal } = unwrapExit(exit, reports);
    return {
      ended: ended ?? endedByItself(exit, errors.text),
      exitCode: code,
      signal,
      stdout: stdout.finish(),
      stderr: errors,
      milliseconds,
      peakMemory: Math.max(memory.peak(), ownPeak(reports)),
      reports,
      leftovers,
    };
  };
  return {
    ready,
    alive: () => alive,
    go(go) {
      stepsToken = go.module?.token;
      isGoing = true;
      if (alive) memory.watch(go.watchesMemory === true);
      if (alive) disk.watch();
      tellToGo(child, go);
      clock.go();
      const outcome = gone.then(finish);
      const first = Promise.race([listening, outcome]);
      outcome.catch(() => {});
      first.catch(() => {});
      return {
        outcome,
        listening: first,
        listeners: () => reports.filter((report) => report.type === 'listening'),
        output: () => ({ stdout: stdout.text(), stderr: stderr.text() }),
        settled: () => (alive ? turns.ask() : Promise.resolve(false)),
        more: () => new Promise((resolve) => waiting.push(resolve)),
        started: () => (alive ? countMembers(tree.pid) : 0),
        kill: (id) => (alive ? killMember(tree.pid, id) : Promise.resolve('foreign')),
        stop() {
          end('left');
          return outcome;
        },
      };
    },
    async end() {
      end('left');
      await gone;
    },
  };
}

/**
 * The peak of a program in its own words, which can only raise what was seen from outside.
 * A process begins with the peak of the one that it was forked from, so what it had at its start says nothing where it has not grown.
 */
function ownPeak(reports: readonly Report[]): number {
  const first = reports.find((report) => report.type === 'ready')?.maxRss ?? 0;
  const last = Math.max(0, ...reports.map((report) => (report.type === 'exit' ? report.maxRss : 0)));
  return last > first ? last : 0;
}

function tellToGo(child: Child, { stdin, contents, watchesMemory: _, ...rest }: Go): void {
  if (stdin !== undefined && stdin !== '') fs.writeFileSync(child.input, stdin);
  const line = contents?.cwd === undefined ? rest : { ...rest, cwd: contents.cwd };
  child.channel.write(`${JSON.stringify(line satisfies GoLine)}\n`);
}

/** Asks a program that is to be ended what keeps it alive, and ends it when it has answered, or not in time: its loop is busy then. */
function inquire({ channel }: Child, end: () => void): { begin(): void; answered(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin() {
      timer = setTimeout(end, ANSWER_LIMIT);
      channel.write(`${ASK.alive}\n`);
    },
    answered() {
      if (timer !== undefined) end();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Asks a program to finish the turn of its event loop; one that takes too long has nothing more to print soon. */
function awaitTurns({ channel }: Child): { ask(): Promise<boolean>; answered(serves: boolean): void } {
  const waiting = new Set<(serves: boolean) => void>();
  return {
    ask: () =>
      new Promise((resolve) => {
        const answer = (serves: boolean) => {
          clearTimeout(timer);
          waiting.delete(answer);
          // What it printed before may lie in another pipe.
          setImmediate(() => setImmediate(() => resolve(serves)));
        };
        const timer = setTimeout(answer, TURN_LIMIT, true);
        waiting.add(answer);
        channel.write(`${ASK.settle}\n`);
      }),
    answered(serves) {
      for (const answer of waiting) answer(serves);
    },
  };
}

/** Calls back when nobody holds the outputs open anymore, or has had its time to let go. */
function whenClosed(child: Child, callback: () => void): void {
  const timer = setTimeout(() => {
    for (const stream of [child.stdout, child.stderr, child.channel]) stream.destroy();
  }, CLOSE_LIMIT);
  child.process.once('close', () => {
    clearTimeout(timer);
    callback();
  });
}

function startFailure(stderr: string): TutorError {
  const said = stderr.split('\n').filter((line) => line.trim() !== '' && line.length < LONGEST_TOLD_LINE);
  const told = said.length === 0 ? '' : ` It said: ${said.slice(0, MOST_TOLD_LINES).join('\n')}`;
  return new TutorError(`The sandbox could not start Node.${told}`, {
    exitCode: EXIT.tutorFailed,
    next: 'Run: node-tutor doctor',
  });
}
