import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { cacheFolder } from '../../model/cache-folder.ts';
import type { Job, JobEvent } from '../../model/job.ts';
import type { Isolation } from '../../model/verdict.ts';
import { hasPrivateNetwork, inPrivateNetwork } from '../../sandbox/nest.ts';
import { messages } from '../messages.ts';
import { tutorPaths } from '../paths.ts';
import { eventQueue } from '../queue.ts';
import { lineSplitter, type WorkerInput } from './protocol.ts';

/** A grader in a process of its own; it grades one job at a time. */
export interface Worker {
  /** The events of one job, `verdict` or `error` last. */
  grade(job: Job, signal?: AbortSignal): AsyncGenerator<JobEvent>;
  /** Resolves when the process and all that it started are gone. */
  close(): Promise<void>;
}

/** Starts a worker; under bubblewrap inside a private network, which its runs then share. */
export function startWorker(isolation: Isolation): Worker {
  const child = spawnWorker(isolation);
  /** Its end, told when all that it said has been read. */
  const silent = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const gone = Promise.race([silent, new Promise((resolve) => child.on('exit', resolve))]);
  let isIdle = true;
  let holdsRuns = false;
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-4_096);
  });
  child.stdin?.on('error', () => undefined);
  const send = (input: WorkerInput) => child.stdin?.write(`${JSON.stringify(input)}\n`);

  return {
    async *grade(job, signal) {
      const { emit, end, events } = eventQueue<JobEvent>();
      const onLine = lineSplitter((line) => emit(JSON.parse(line)));
      const cancel = () => send({ type: 'cancel' });
      child.stdout?.setEncoding('utf8').on('data', onLine);
      signal?.addEventListener('abort', cancel, { once: true });
      void silent.then((how) => {
        emit(died(job, how, stderr));
        end();
      });
      isIdle = false;
      holdsRuns ||= job.stands === true;
      send({ type: 'grade', job });
      try {
        for await (const event of events()) {
          isIdle = event.type !== 'result';
          yield event;
          if (isIdle) return;
        }
      } finally {
        child.stdout?.off('data', onLine);
        signal?.removeEventListener('abort', cancel);
      }
    },
    async close() {
      // Between jobs it holds nothing that would need its own end, unless something stands ready.
      if (isIdle && !holdsRuns) child.kill('SIGKILL');
      else child.stdin?.end();
      await gone;
    },
  };
}

function died({ language }: Job, how: string, stack: string): JobEvent {
  const say = messages(language);
  return { type: 'error', message: say('worker.died', { how }), next: say('worker.died.next'), exitCode: 3, stack };
}

function spawnWorker(isolation: Isolation): ChildProcess {
  const isPrivate = hasPrivateNetwork(isolation.layer);
  const plain = {
    file: process.execPath,
    args: [path.join(tutorPaths().dist, 'worker.cjs'), ...(isPrivate ? ['--private-network'] : [])],
    cwd: process.cwd(),
    env: workerEnvironment(),
    inherit: [],
  };
  const { file, args, cwd, env } = isPrivate ? inPrivateNetwork(plain, isolation) : plain;
  return spawn(file, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
}

/** With the place for compiled code. Without the certificates that Node.js reads at each start where they are named: a worker opens no TLS connection. */
function workerEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'NODE_EXTRA_CA_CERTS',
  );
  return { ...Object.fromEntries(entries), NODE_COMPILE_CACHE: path.join(cacheFolder(), 'compiled') };
}
