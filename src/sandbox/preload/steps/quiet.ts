/** How long a callback is waited for in a program that always has something left to do, in milliseconds. */
const QUIET_LIMIT = 2_000;

const { setImmediate: later, setTimeout: after } = globalThis;

export interface Quiet {
  /** Resolves when the event loop has nothing left to do. */
  drained(): Promise<undefined>;
  /** Resolves after a while in any case, and keeps nothing alive. */
  longEnough(): Promise<undefined>;
}

/** Tells when the event loop has nothing left to do. */
export function makeQuiet(): Quiet {
  let waiting: ((nothing: undefined) => void)[] = [];
  process.on('beforeExit', () => {
    const woken = waiting;
    waiting = [];
    // One more turn of the loop, so that it can run dry again while the next step waits.
    if (woken.length > 0) later(() => wakeAll(woken));
  });
  return {
    drained: () => new Promise((resolve) => waiting.push(resolve)),
    longEnough: () =>
      new Promise((resolve) => {
        after(() => resolve(undefined), QUIET_LIMIT).unref();
      }),
  };
}

function wakeAll(sleepers: readonly ((nothing: undefined) => void)[]): void {
  for (const wake of sleepers) wake(undefined);
}
