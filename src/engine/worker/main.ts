import type { Job } from '../../model/job.ts';
import { errorEvent } from '../error-event.ts';
import { gradeJob } from '../grade-job.ts';
import { openStanding, type Standing } from '../standing.ts';
import { lineSplitter, type WorkerInput, type WorkerOutput } from './protocol.ts';

/** `--private-network` says that this process was started inside a network of its own. */
const networkIsPrivate = process.argv.includes('--private-network');

// Without a handler, the signal would open this process's inspector to code that can send it.
process.on('SIGUSR1', () => undefined);

let current: AbortController | undefined;

process.stdin.setEncoding('utf8');
process.stdin.on(
  'data',
  lineSplitter((line) => receive(JSON.parse(line))),
);
process.stdin.on('end', () => void leave());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave());

/** Made at the first job that leaves something standing. */
let standing: Standing | undefined;
let grading: Promise<void> = Promise.resolve();

function receive(input: WorkerInput): void {
  if (input.type === 'cancel') current?.abort();
  else grading = grade(input.job);
}

async function grade(job: Job): Promise<void> {
  current = new AbortController();
  const { signal } = current;
  if (job.stands) standing ??= openStanding();
  const used = job.stands ? standing : undefined;
  await gradeJob(job, { emit: send, signal, networkIsPrivate, standing: used }).catch((error: unknown) =>
    send(errorEvent(error)),
  );
  used?.stock.refill();
}

async function leave(): Promise<void> {
  current?.abort();
  await grading;
  await standing?.close();
  process.exit();
}

function send(event: WorkerOutput): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
