import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectDatabase } from './client.ts';
import { didNotStart, endOf, spawnEmbedded } from './processes.ts';

const HOST = '127.0.0.1';
/** In the data folder: which process serves it. */
const SERVED_BY = 'served-by.json';
const ANSWER_TIMEOUT = 1_000;

/** A learner's own server. */
export interface OwnDatabase {
  port: number;
  /** It was running already, and somebody else ends it. */
  shared: boolean;
  /** Files that were damaged, under the names that they have now. */
  damaged: readonly string[];
  /** Resolves when it has ended by itself. */
  ended: Promise<string>;
  /** Ends it in order: what it holds is on disk then. */
  close(): Promise<void>;
}

/**
 * The embedded server for a learner, which keeps its data in `folder` and ends in order when this process ends. A
 * folder is served by one process: if another node-tutor serves it already, that one is used.
 *
 * @throws Error with the system's code, such as EADDRINUSE, when it does not come up
 */
export async function startOwnDatabase(
  dist: string,
  { port: wanted, folder }: { port: number; folder: string | undefined },
): Promise<OwnDatabase> {
  const running = folder === undefined ? undefined : await servedAlready(folder);
  if (running !== undefined) {
    return { port: running, shared: true, damaged: [], ended: new Promise(() => {}), close: async () => {} };
  }
  const { child, hello } = spawnEmbedded(dist, { port: wanted, folder, host: HOST });
  const ended = endOf(child);
  const { port, damaged } = await Promise.race([hello, ended.then(didNotStart)]);
  const note = folder === undefined ? undefined : path.join(folder, SERVED_BY);
  if (folder !== undefined && note !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(note, JSON.stringify({ port, pid: child.pid }));
  }
  const close = async () => {
    child.stdin?.end();
    await ended;
    if (note !== undefined) rmSync(note, { force: true });
  };
  return { port, shared: false, damaged, ended, close };
}

/** The port of the process that serves a folder, when it still does: a note of a killed one may be left. */
async function servedAlready(folder: string): Promise<number | undefined> {
  try {
    const { port, pid } = JSON.parse(readFileSync(path.join(folder, SERVED_BY), 'utf8'));
    const client = await connectDatabase({ host: HOST, port }, ANSWER_TIMEOUT);
    const status = await client.command('admin', { serverStatus: 1 }).finally(() => client.close());
    return Number(status.pid) === pid ? Number(port) : undefined;
  } catch {
    return undefined;
  }
}
