import { withoutCommands } from '../model/escape.ts';
import { cutPainted } from '../ui/layout.ts';
import type { Io } from './context.ts';

/** The real process as the commands see it. */
export interface ProcessIo extends Io {
  /** Waits until everything printed has left; says what went wrong with it. */
  flush(): Promise<Error | undefined>;
}

const REST_OF_LINE = '\u001b[K';
const WIPE = `\r${REST_OF_LINE}`;

/** A reader that goes away (`| head`) is no error: what it does not read is dropped. */
export function processIo(): ProcessIo {
  const { env, stdout } = process;
  const harmless = (text: string) => (env.GITHUB_ACTIONS === 'true' ? withoutCommands(text) : text);
  let fault: NodeJS.ErrnoException | undefined;
  let remarked = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    fault ??= error;
  });
  let talk: NodeJS.WriteStream | undefined;
  /** Set up when it is first needed; nobody who listens anymore is no error either. */
  const stderr = () => {
    talk ??= process.stderr.on('error', () => {});
    return talk;
  };
  const wipe = () => {
    if (remarked) stderr().write(WIPE);
    remarked = false;
  };
  const report = (text: string) => {
    wipe();
    if (text !== '' && fault === undefined) stdout.write(text);
  };
  return {
    env,
    cwd: process.cwd(),
    get interactive() {
      return process.stdin.isTTY === true && stdout.isTTY === true && !env.CI && env.TERM !== 'dumb';
    },
    print: (text) => report(harmless(text)),
    report,
    tell(text) {
      wipe();
      stderr().write(`${harmless(text)}\n`);
    },
    remark(text) {
      const { isTTY, columns } = stderr();
      if (isTTY !== true || env.CI || env.TERM === 'dumb') return;
      // Written over what was there, so that nothing blinks; a color that is cut off ends with the line.
      stderr().write(`\r${cutPainted(text, Math.max(0, (columns || 80) - 1))}${REST_OF_LINE}`);
      remarked = text !== '';
    },
    async flush() {
      wipe();
      if (fault === undefined && stdout.writableLength > 0) {
        await new Promise<void>((resolve) => stdout.write('', () => resolve()));
      }
      await new Promise((resolve) => setImmediate(resolve));
      return fault === undefined || fault.code === 'EPIPE' ? undefined : fault;
    },
  };
}
