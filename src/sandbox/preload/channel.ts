import type { Report } from '../../model/run.ts';
import { ASK } from '../wire.ts';
import { fs, net } from './builtins.ts';
import { outputPipe } from './output.ts';

const { apply } = Reflect;
const { setImmediate } = globalThis;

/** The descriptor of the report channel; `go` comes on it, too. */
export const CHANNEL = 3;
/** Holds the id of the process whose descriptor 3 is the channel: its threads share it, its children do not. */
const CHANNEL_OWNER = 'NODE_TUTOR_CHANNEL';

/** A pipe that sends no handles beside its bytes. */
const PIPE_FOR_BYTES = 0;
/** Handles that every program has: its standard streams and the channel. */
const STANDARD = new Set(['PipeWrap', 'TTYWrap']);

export interface Channel {
  /** Tells the grader, without waiting for the event loop. */
  report(report: Report): void;
  /** Tells one line that is JSON already. */
  tell(line: string): void;
  /**
   * Reports the end of the process, and ends it with its group when the grader is gone. Keeps nothing alive.
   * @param serves whether a server listens in this process
   */
  follow(serves: () => boolean): void;
}

/** @param owns true in the process that was started with the channel at descriptor 3 */
export function openChannel(owns: boolean): Channel {
  if (owns) process.env[CHANNEL_OWNER] = String(process.pid);
  const usable = process.env[CHANNEL_OWNER] === String(process.pid);
  const { writevSync } = fs;
  const { from } = Buffer;
  const kill = process.kill.bind(process);
  const tell = (line: string): void => {
    if (!usable) return;
    try {
      writevSync(CHANNEL, [apply(from, Buffer, [`${line}\n`])]);
    } catch {
      // The grader is gone or does not listen anymore: nothing to tell.
    }
  };
  const report = (data: Report): void => tell(JSON.stringify(data));
  return { report, tell, follow: (serves) => follow({ report, serves, kill }) };
}

interface Following extends Pick<Channel, 'report'> {
  serves: () => boolean;
  kill: typeof process.kill;
}

function follow({ report, serves, kill }: Following): void {
  const { resourceUsage, getActiveResourcesInfo } = process;
  const servesAlone = () => serves() && !getActiveResourcesInfo().includes('ProcessWrap');
  // What the turn has put off to its end comes first, then what that has put off.
  const afterTurn = (callback: () => void) => setImmediate(() => setImmediate(callback));
  const handles = () => getActiveResourcesInfo().filter((name) => !STANDARD.has(name));
  process.on('exit', (code) => {
    report({ type: 'exit', code, maxRss: resourceUsage().maxRSS * 1024, handles: handles() });
  });
  listen((text) => {
    if (text === undefined) {
      if (process.platform !== 'win32') kill(-process.pid, 'SIGKILL');
      kill(process.pid, 'SIGKILL');
      return;
    }
    if (text.includes(ASK.alive)) report({ type: 'alive', handles: handles() });
    if (text.includes(ASK.settle)) afterTurn(() => report({ type: 'settled', serves: servesAlone() }));
    if (text.includes(ASK.interrupt)) kill(process.pid, 'SIGINT');
  });
}

/** A native handle of a pipe, as `net` uses it; it reads into buffers, and ends or fails with none. */
interface Pipe {
  open(descriptor: number): number;
  readStart(): number;
  unref(): void;
  onread: (bytes: ArrayBuffer | undefined) => void;
}

/**
 * Hears what comes on the channel, and undefined when the grader is gone. Keeps nothing alive.
 * Where stdout is a pipe, its handle shows how one is made: a socket for the channel costs each start 1 ms.
 */
function listen(hear: (text: string | undefined) => void): void {
  const stdout = outputPipe();
  if (stdout !== undefined) {
    const pipe: Pipe = Reflect.construct(stdout.constructor, [PIPE_FOR_BYTES]);
    if (pipe.open(CHANNEL) === 0) {
      const { from } = Buffer;
      const { latin1Slice } = Buffer.prototype;
      pipe.onread = (bytes) => hear(bytes && apply(latin1Slice, apply(from, Buffer, [bytes]), []));
      pipe.readStart();
      pipe.unref();
      return;
    }
  }
  const socket = new net.Socket({ fd: CHANNEL, readable: true, writable: false });
  socket.on('error', () => {});
  socket.on('close', () => hear(undefined));
  socket.on('data', (bytes: Buffer) => hear(bytes.toString()));
  socket.unref();
}
