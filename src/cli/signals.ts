/** The signals that end the tutor, and the exit code that says so: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** How long what runs may take to end before the tutor goes without it. */
const PATIENCE = 5_000;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Set once a signal came. */
  exitCode(): number | undefined;
}

/** Turns the first signal into an abort; whoever runs children ends them, and then the program ends. */
export function listenForSignals(): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  for (const [name, code] of Object.entries(EXIT_CODES)) {
    process.on(name, () => {
      if (exitCode !== undefined) return;
      exitCode = code;
      setTimeout(() => process.exit(code), PATIENCE).unref();
      controller.abort();
    });
  }
  return { signal: controller.signal, exitCode: () => exitCode };
}

/**
 * Ctrl-C means something else for a while: it does not end the tutor.
 * @returns what makes it mean what it meant before
 */
export function takeInterrupt(onInterrupt: () => void): () => void {
  const listeners = process.listeners('SIGINT');
  process.on('SIGINT', onInterrupt);
  for (const listener of listeners) process.off('SIGINT', listener);
  return () => {
    for (const listener of listeners) process.on('SIGINT', listener);
    process.off('SIGINT', onInterrupt);
  };
}
