import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { lineSplitter } from '../../src/engine/worker/protocol.ts';
import type { Exercise } from '../../src/model/course.ts';
import type { Job, JobEvent } from '../../src/model/job.ts';
import { ROOT } from './cli.ts';

export type Files = Readonly<Record<string, string>>;

/** What one grading came to: what the program printed, and how its checks ended. */
export interface Graded {
  printed: string;
  statuses: readonly string[];
  /** What is said of each check that failed. */
  failures: readonly string[];
}

/** A grader's worker in a temporary folder of its own, and a submission. */
export interface Bench {
  /** Grades these files, as after a save where `warm`. */
  grade(files: Files, options: { warm: boolean; signal?: AbortSignal; packages?: readonly string[] }): Promise<Graded>;
  /** Ids of the children that wait, once there are so many. */
  waiting(least?: number): Promise<readonly number[]>;
  processes(): readonly number[];
  /** Resolves when no child is left. */
  gone(): Promise<void>;
  /** What the runs have left in the folder for temporary files. */
  left(): readonly string[];
  child: ChildProcess;
  close(): Promise<void>;
}

export function openBench(exercise: Partial<Exercise> = {}): Bench {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'warm-test-')));
  const [temp, submission] = ['tmp', 'submission'].map((name) => path.join(folder, name)) as [string, string];
  chmodSync(folder, 0o755);
  mkdirSync(temp);
  const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'worker.cjs')], {
    env: { ...process.env, TMPDIR: temp },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let onEvent: (event: JobEvent) => void = () => {};
  child.stdout.setEncoding('utf8').on(
    'data',
    lineSplitter((line) => onEvent(JSON.parse(line))),
  );
  const close = async () => {
    child.stdin.end();
    await exited;
  };
  onTestFinished(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  const processes = () =>
    readdirSync('/proc')
      .map(Number)
      .filter(
        (pid) =>
          pid > 0 && commandOf(pid).includes(path.join('preload', 'main.cjs')) && commandOf(pid).includes(`${temp}/`),
      );
  return {
    child,
    close,
    processes,
    async gone() {
      while (processes().length > 0) await pause(5);
    },
    left: () => readdirSync(temp),
    async waiting(least = 1) {
      for (;;) {
        const found = processes();
        if (found.length >= least) return found;
        await pause(5);
      }
    },
    async grade(files, { warm, signal, packages = ['express'] }) {
      rmSync(submission, { recursive: true, force: true });
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(submission, name)), { recursive: true });
        writeFileSync(path.join(submission, name), text);
      }
      const job: Job = {
        course: { id: 'x', version: '1', folder },
        exercise: { ...EXERCISE, ...exercise, packages },
        submission,
        seed: '1',
        isolation: { layer: 'guard' },
        language: 'en',
        database: { provider: 'embedded' },
        tellsOutput: true,
        ...(warm && { stands: true }),
      };
      const statuses: string[] = [];
      const failures: string[] = [];
      let printed = '';
      const ended = new Promise<JobEvent>((resolve) => {
        onEvent = (event) => {
          if (event.type !== 'result') return resolve(event);
          statuses.push(`${event.result.check} ${event.result.status} ${event.result.failure?.cause?.name ?? ''}`);
          if (event.result.failure !== undefined) failures.push(event.result.failure.summary);
          printed += `${event.printed?.stdout ?? ''}${event.printed?.stderr ?? ''}`;
        };
      });
      child.stdin.write(`${JSON.stringify({ type: 'grade', job })}\n`);
      signal?.addEventListener('abort', () => child.stdin.write('{"type":"cancel"}\n'), { once: true });
      await ended;
      return { printed: printed.replaceAll(/node-tutor-\w+/g, 'RUN').replaceAll(temp, ''), statuses, failures };
    },
  };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

export const EXERCISE: Exercise = {
  id: 'warm',
  title: 'Warm',
  entry: ['index.js', 'app.js', 'main.mjs'],
  files: [],
  packages: ['express'],
  run: { kind: 'program', nodeArgs: [], env: {}, certificate: false, limits: {}, grants: [] },
  given: {},
  services: {},
  checks: [
    {
      id: 'runs',
      title: 'runs',
      points: 1,
      hints: [],
      parts: [{ kind: 'program', spec: { args: ['one', 'two'], stdout: { contains: ['pid '] }, exitCode: 0 } }],
    },
  ],
  wrong: {},
};

/** Prints which process it is, after all else. */
export const PID = '\nconsole.log("pid", process.pid);\n';
export const pidOf = ({ printed }: Graded) => Number(/^pid (\d+)$/m.exec(printed)?.[1]);
export const withoutPid = ({ printed, statuses }: Graded) => ({ printed: printed.replace(/^pid \d+$/m, ''), statuses });

/** The program graded cold and then warm, after something else was saved before it. */
export async function both(
  bench: Bench,
  { before, files, packages }: { before: Files; files: Files; packages?: readonly string[] },
) {
  const more = packages === undefined ? {} : { packages };
  const cold = await bench.grade(files, { warm: false, ...more });
  await bench.grade(before, { warm: true, ...more });
  const waiting = await bench.waiting(2);
  const warm = await bench.grade(files, { warm: true, ...more });
  return { cold: withoutPid(cold), warm: withoutPid(warm), hadWaited: waiting.includes(pidOf(warm)) };
}

export const plain = { 'index.js': `const express = require('express');${PID}` };
